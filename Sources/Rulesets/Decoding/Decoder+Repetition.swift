internal import CEL
internal import Diagnostics
internal import YAMLTree

/// A line under `if` that was read without a word about it: many rules ask the same of an event.
struct KnownLine: Sendable {
  var kind: PredicateSyntax.Kind
  var form: LineForm
  /// Where the line begins that was read.
  var start: Int
  /// Its lists of constants, in ``Decoder/constantLists``.
  var lists: Range<Int>
  var number: Int
}

/// What the same bytes of one line might be taken for, depending on what stands around them.
struct LineForm: Equatable, Sendable {
  private enum Value: Equatable { case none, list, mapping, text(YAMLScalar.Style) }

  private let key: YAMLScalar.Style
  private let value: Value
  private let distance: Int

  /// A line that is an expression.
  init(of expression: YAMLScalar) {
    key = expression.style
    value = .none
    distance = 0
  }

  /// A path and what it is held against, `start` being where the line begins; nothing where an alias
  /// stands for the value, which stands elsewhere.
  init?(of path: YAMLScalar, before node: YAMLNode, from start: Int) {
    guard node.range.start > start else { return nil }
    key = path.style
    distance = node.range.start - start
    value =
      switch node.kind {
      case .scalar(let scalar): .text(scalar.style)
      case .sequence: .list
      case .mapping: .mapping
      }
  }
}

extension Decoder {
  /// A line under `if`: as an earlier one where its bytes are the same, else as `read` has it.
  mutating func line(
    _ range: SourceRange, _ form: LineForm?,
    _ read: (inout Decoder) -> PredicateSyntax.Kind?
  ) -> PredicateSyntax? {
    let bytes = source.utf8[range.start..<range.end]
    let isPlain = isPlainLine(bytes)
    let text = isPlain ? written(range) : folded(range)
    if isPlain, let form, let known = knownLines[text], known.form == form {
      let distance = range.start - known.start
      for list in known.lists {
        constantLists.append(constantLists[list].moved(by: distance))
      }
      return PredicateSyntax(
        known.kind, range: range, text: text, number: known.number, distance: distance)
    }
    let count = diagnostics.count
    let firstList = constantLists.count
    guard let kind = read(&self) else { return nil }
    guard isPlain, let form, kind.isSingle, diagnostics.count == count, knownLines[text] == nil
    else {
      return PredicateSyntax(kind, range: range, text: text)
    }
    let number = firstLineNumber + knownLines.count
    knownLines[text] = KnownLine(
      kind: kind, form: form, start: range.start, lists: firstList..<constantLists.count,
      number: number)
    return PredicateSyntax(kind, range: range, text: text, number: number)
  }

  /// What stands in a range, with one blank between words.
  func folded(_ range: SourceRange) -> String {
    let words = written(range).split { $0 == " " || $0.isNewline }
    return words.joined(separator: " ")
  }

  /// Whether the bytes are words of one line with one blank between them, and no alias: letters of Latin-1
  /// are seen through, others are left to those who know them.
  private func isPlainLine(_ bytes: ArraySlice<UInt8>) -> Bool {
    let space = UInt8(ascii: " ")
    guard bytes.first != space, bytes.last != space else { return false }
    var before = space
    for byte in bytes {
      let isLatin = byte < 0x80 ? byte >= space : byte == 0xC3 || before == 0xC3
      guard isLatin, byte != space || before != space else { return false }
      if byte == UInt8(ascii: "*"), Self.mayStandBeforeAlias(before) { return false }
      before = byte
    }
    return true
  }

  private static func mayStandBeforeAlias(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["),
      UInt8(ascii: "{"):
      true
    default: false
    }
  }
}
