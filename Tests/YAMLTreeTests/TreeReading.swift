import Diagnostics

@testable import YAMLTree

/// What a text parses to, for comparison.
struct Reading {
  let source: SourceText
  let document: YAMLDocument

  init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  init(bytes: [UInt8]) {
    source = SourceText(path: "rules.yaml", utf8: bytes)
    document = YAMLDocument.parse(source)
  }

  var codes: [Code] { document.diagnostics.map(\.code) }

  /// The tree in one line: `{key: "value", list: [..]}`, tags in front.
  var outline: String { document.root.map(outline(of:)) ?? "nothing" }

  /// The scalar of a top-level key, `v` unless told.
  func scalar(_ key: String = "v") -> YAMLScalar? {
    guard let node = node(key), case .scalar(let scalar) = node.kind else { return nil }
    return scalar
  }

  func node(_ key: String = "v") -> YAMLNode? {
    guard case .mapping(let entries) = document.root?.kind else { return nil }
    return entries.first { entry in
      guard case .scalar(let scalar) = entry.key.kind else { return false }
      return scalar.text == key
    }?.value
  }

  func text(_ range: SourceRange) -> String {
    String(decoding: source.utf8[range.start..<range.end], as: UTF8.self)
  }

  private func outline(of node: YAMLNode) -> String {
    let tag = node.tag.map { $0.text + " " } ?? ""
    switch node.kind {
    case .scalar(let scalar): return tag + "\"\(scalar.text)\""
    case .sequence(let items):
      return tag + "[" + items.map(outline(of:)).joined(separator: ", ") + "]"
    case .mapping(let entries):
      let pairs = entries.map { "\(key($0.key)): \(outline(of: $0.value))" }
      return tag + "{" + pairs.joined(separator: ", ") + "}"
    }
  }

  private func key(_ node: YAMLNode) -> String {
    if case .scalar(let scalar) = node.kind { return scalar.text }
    return outline(of: node)
  }
}

/// A text without its «guillemets», and the byte ranges that they marked.
func marked(_ text: String) -> (text: String, ranges: [SourceRange]) {
  var bytes: [UInt8] = []
  var ranges: [SourceRange] = []
  var start = 0
  for character in text.unicodeScalars {
    switch character {
    case "«": start = bytes.count
    case "»": ranges.append(SourceRange(start..<bytes.count))
    default: bytes += Array(String(character).utf8)
    }
  }
  return (String(decoding: bytes, as: UTF8.self), ranges)
}
