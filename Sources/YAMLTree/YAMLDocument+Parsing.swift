package import Diagnostics

extension YAMLDocument {
  /// Reads one file through libyaml; never fails, what is wrong is in `diagnostics`.
  ///
  /// libyaml stops at its first problem. Where the mistake is confined to one value, that value is
  /// read as plain text and the file once more, so that one slip does not hide the others.
  ///
  /// With `both`, the second half of a list that takes most of the file is read beside the first; what comes of
  /// it is the same.
  package static func parse(_ source: SourceText, on both: Both? = nil) -> YAMLDocument {
    if let problem = EncodingCheck(source: source).problem {
      return YAMLDocument(root: nil, diagnostics: [problem])
    }
    var bytes = source.utf8
    var slipped: [Range<Int>] = []
    var diagnostics: [Diagnostic] = []
    while true {
      var builder = TreeBuilder(source: source, bytes: bytes, slipped: slipped)
      let failure = read(bytes, into: &builder, on: slipped.isEmpty ? both : nil)
      guard let failure else {
        return document(builder.root, builder, diagnostics)
      }
      let slip = SlipFinder(
        source: source, bytes: bytes, failure: failure, lastScalar: builder.lastScalar,
        collection: builder.collection
      ).slip
      diagnostics.append(slip.diagnostic)
      guard let value = slip.value, !value.isEmpty, !slipped.contains(where: value.overlaps),
        slipped.count < slipLimit
      else { return document(nil, builder, diagnostics) }
      for offset in value where !isBreak(bytes[offset]) { bytes[offset] = UInt8(ascii: "x") }
      slipped.append(value)
    }
  }

  /// Does both, and returns when both are done.
  package typealias Both =
    @Sendable (_ other: @escaping @Sendable () -> Void, _ own: () -> Void) -> Void

  private static let slipLimit = 20

  private static func document(
    _ root: YAMLNode?, _ builder: TreeBuilder, _ slips: [Diagnostic]
  ) -> YAMLDocument {
    YAMLDocument(
      root: root, comments: findComments(in: builder.source.utf8, outside: inOrder(builder.opaque)),
      diagnostics: (slips + builder.diagnostics).sorted {
        ($0.location.range.start, $0.location.range.end)
          < ($1.location.range.start, $1.location.range.end)
      })
  }

  /// Scalars come in order; what a slip was made of may come behind what stands in it.
  private static func inOrder(_ ranges: [Range<Int>]) -> [Range<Int>] {
    let isInOrder = ranges.indices.dropFirst().allSatisfy {
      ranges[$0 - 1].lowerBound <= ranges[$0].lowerBound
    }
    guard !isInOrder else { return ranges }
    return ranges.sorted { $0.lowerBound < $1.lowerBound }
  }

  private static func read(
    _ bytes: [UInt8], into builder: inout TreeBuilder, on both: Both?
  ) -> ParserFailure? {
    var offsets = ScalarOffsets(bytes)
    return bytes.withUnsafeBufferPointer { buffer in
      var reader = EventReader(bytes: buffer)
      do throws(ParserFailure) {
        if let both, let split = ListSplit(bytes) {
          try read(&reader, &offsets, of: bytes, to: split, into: &builder, on: both)
        } else {
          while builder.take(try reader.next(&offsets)) == .next {}
        }
        return nil
      } catch {
        return error
      }
    }
  }

  /// Reads to the split while what follows it is read elsewhere; where the two do not fit, goes on alone.
  private static func read(
    _ reader: inout EventReader, _ offsets: inout ScalarOffsets, of bytes: [UInt8],
    to split: ListSplit, into builder: inout TreeBuilder, on both: Both
  ) throws(ParserFailure) {
    let empty = builder
    // Safety: one thread writes it, and it is read when both are done.
    nonisolated(unsafe) var part: SecondPart?
    var first = Result<ParserEvent?, ParserFailure>.success(nil)
    both(
      { part = SecondPart(of: bytes, from: split, empty) },
      { first = read(&reader, &offsets, to: split, into: &builder) })
    guard let next = try first.get() else { return }
    if let part {
      builder.add(part.builder)
      for event in part.rest where builder.take(event) == .stop { return }
    } else if builder.take(next) == .next {
      while builder.take(try reader.next(&offsets)) == .next {}
    }
  }

  /// Takes what stands before the split and gives the first event behind it; all, and nothing, where no item
  /// of the list begins there.
  private static func read(
    _ reader: inout EventReader, _ offsets: inout ScalarOffsets, to split: ListSplit,
    into builder: inout TreeBuilder
  ) -> Result<ParserEvent?, ParserFailure> {
    do throws(ParserFailure) {
      var end = 0
      while true {
        let event = try reader.next(&offsets)
        if event.range.lowerBound > split.dash, end <= split.dash,
          builder.isBetweenItems(at: split)
        {
          return .success(event)
        }
        end = max(end, event.range.upperBound)
        if builder.take(event) == .stop { return .success(nil) }
      }
    } catch {
      return .failure(error)
    }
  }
}
