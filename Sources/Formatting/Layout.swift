package import Diagnostics
internal import YAMLTree

/// The one layout of a YAML file: it differs from what was written in blanks and line breaks alone.
package enum Layout {
  package enum Refusal: Error {
    /// The file is no YAML that rules are written in.
    case unreadable([Diagnostic])
    /// What came out would not be read as what went in: a mistake of this program.
    case unsafe
  }

  /// The text of a file as it is laid out here, comments and all.
  package static func canonical(_ source: SourceText) throws(Refusal) -> [UInt8] {
    let plain = SourceText(path: source.path, utf8: withPlainBreaks(source.utf8))
    let document = YAMLDocument.parse(plain)
    guard isReadable(document) else {
      throw .unreadable(YAMLDocument.parse(source).diagnostics)
    }
    var reader = LineReader(plain.utf8, Scalars(document.root))
    let bytes = LineWriter(reader.lines()).bytes
    if isSame(document, bytes) { return bytes }
    // A block of text at the end of a file has a line break only if there is one.
    let unended = Array(bytes.dropLast())
    guard plain.utf8.last != UInt8(ascii: "\n"), isSame(document, unended) else { throw .unsafe }
    return unended
  }

  /// Whether a text is read as a document was, with the same comments.
  private static func isSame(_ document: YAMLDocument, _ bytes: [UInt8]) -> Bool {
    let other = YAMLDocument.parse(SourceText(path: "", utf8: bytes))
    return isReadable(other) && isSame(document.root, other.root)
      && words(of: document.comments) == words(of: other.comments)
  }

  private static func words(of comments: [YAMLComment]) -> [Substring] {
    comments.map { comment in
      let end = comment.text.lastIndex { $0 != " " && $0 != "\t" }
      return comment.text[...(end ?? comment.text.startIndex)]
    }
  }

  private static func isReadable(_ document: YAMLDocument) -> Bool {
    !document.diagnostics.contains { $0.severity == .error }
  }

  /// Without a byte order mark, and with line feeds alone: YAML reads both as nothing.
  private static func withPlainBreaks(_ bytes: [UInt8]) -> [UInt8] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let rest = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    guard rest.contains(UInt8(ascii: "\r")) else { return Array(rest) }
    return rest.indices.filter { place in
      rest[place] != UInt8(ascii: "\r") || place + 1 == rest.endIndex
        || rest[place + 1] != UInt8(ascii: "\n")
    }.map { rest[$0] }
  }

  /// Whether two values are read alike, each written in the same style.
  private static func isSame(_ one: YAMLNode?, _ other: YAMLNode?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    guard one.tag?.text == other.tag?.text else { return false }
    switch (one.kind, other.kind) {
    case (.scalar(let one), .scalar(let other)):
      return one.text == other.text && one.style == other.style
    case (.sequence(let one), .sequence(let other)):
      return one.count == other.count && zip(one, other).allSatisfy { isSame($0, $1) }
    case (.mapping(let one), .mapping(let other)):
      return one.count == other.count
        && zip(one, other).allSatisfy { isSame($0.key, $1.key) && isSame($0.value, $1.value) }
    case (.scalar, _), (.sequence, _), (.mapping, _): return false
    }
  }
}
