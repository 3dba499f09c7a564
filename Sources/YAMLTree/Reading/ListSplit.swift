/// A line in the middle of a long file where most likely an item of its longest list begins.
///
/// The text from there on, under a key of its own, is read as it would be behind the text before, if that
/// ends where it seems to: between two items of a list that is a value of the file's mapping. Whoever reads
/// the first part finds out (``TreeBuilder/isBetweenItems(at:)``).
struct ListSplit: Sendable {
  /// Where the line begins.
  let start: Int
  /// Where its dash stands.
  let dash: Int

  /// How far behind the middle the least indented item is looked for.
  private static let windowLength = 4_096

  /// Nothing where no item begins behind the middle.
  init?(_ bytes: [UInt8]) {
    let middle = bytes.count / 2
    let limit = min(bytes.count - 2, middle + Self.windowLength)
    var best: (start: Int, dash: Int)?
    var start = lineBreakEnd(in: bytes, from: lineEnd(in: bytes, from: middle))
    while start < limit {
      var dash = start
      while dash < limit, bytes[dash] == space { dash += 1 }
      if bytes[dash] == UInt8(ascii: "-"), bytes[dash + 1] == space,
        best.map({ dash - start < $0.dash - $0.start }) ?? true
      {
        best = (start, dash)
      }
      start = lineBreakEnd(in: bytes, from: lineEnd(in: bytes, from: dash))
    }
    guard let best else { return nil }
    (start: self.start, dash: self.dash) = best
  }
}

/// The items of a list from a split on, and what follows the list.
struct SecondPart: Sendable {
  /// What built the items, with the list still open.
  private(set) var builder: TreeBuilder
  /// What libyaml says from the end of the list on.
  private(set) var rest: [ParserEvent] = []

  private static let key = "x:\n"

  /// Nothing where the part cannot be read without what stands before: behind a mistake, and with an alias in
  /// the list.
  init?(of bytes: [UInt8], from split: ListSplit, _ builder: TreeBuilder) {
    self.builder = builder
    let part = Array(Self.key.utf8) + bytes[split.start...]
    var offsets = ScalarOffsets(part, shift: split.start - Self.key.utf8.count)
    let isRead = part.withUnsafeBufferPointer { buffer in
      var reader = EventReader(bytes: buffer)
      do throws(ParserFailure) {
        return try read(&reader, &offsets, from: split)
      } catch {
        return false
      }
    }
    guard isRead else { return nil }
  }

  private mutating func read(
    _ reader: inout EventReader, _ offsets: inout ScalarOffsets, from split: ListSplit
  ) throws(ParserFailure) -> Bool {
    while true {
      let event = try reader.next(&offsets)
      if case .sequenceStart = event.kind { break }
      if case .streamEnd = event.kind { return false }
    }
    builder.openList(at: split)
    while true {
      let event = try reader.next(&offsets)
      if case .sequenceEnd = event.kind, builder.isInList { break }
      if case .alias = event.kind { return false }
      guard builder.take(event) == .next else { return false }
    }
    rest = [ParserEvent(kind: .sequenceEnd, range: split.start..<split.start)]
    while true {
      let event = try reader.next(&offsets)
      rest.append(event)
      if case .streamEnd = event.kind { return true }
    }
  }
}

extension TreeBuilder {
  /// Opens a mapping and in it a list, as they are open at a split.
  fileprivate mutating func openList(at split: ListSplit) {
    let place = split.dash..<split.dash
    _ = take(ParserEvent(kind: .mappingStart(.block), range: place))
    _ = take(ParserEvent(kind: .sequenceStart(.block), range: place))
  }
}
