internal import CEL
package import Diagnostics
package import YAMLTree

/// Reads the YAML tree of one file by the schema, collecting every problem on the way.
///
/// What returns an optional has said what is wrong when it returns nothing.
package struct Decoder: Sendable {
  package let source: SourceText
  let comments: [YAMLComment]
  package var diagnostics: [Diagnostic] = []
  /// Lists of constants, in the order they were read.
  var constantLists: [ConstantList] = []
  /// Trees of expressions without mistakes, by their text: many rules ask the same of an event.
  ///
  /// Texts that only look alike are one key.
  var parsed: [String: (text: String, expression: Expression)] = [:]
  /// Lines under `if` by what stands in the file.
  var knownLines: [String: KnownLine] = [:]
  /// The number of the first of them.
  var firstLineNumber = 0
  /// What reads many rules in two parts.
  var work = ForkJoin.inOrder

  package init(source: SourceText, comments: [YAMLComment]) {
    self.source = source
    self.comments = comments
  }

  package mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  package func location(_ range: SourceRange) -> SourceLocation {
    SourceLocation(path: source.path, range: range)
  }

  /// The bytes of a range as they stand in the file.
  package func written(_ range: SourceRange) -> String {
    String(decoding: source.utf8[range.start..<range.end], as: UTF8.self)
  }
}

/// The entries of a mapping whose keys are known words.
package struct Fields {
  /// The known ones, as written and in that order.
  package var entries: [(key: TextSyntax, value: YAMLNode)]
  /// Where the mapping stands.
  package var range: SourceRange
  /// Keys that an unknown one was most likely meant to be: they are not missed as well.
  var meant: Set<String> = []

  /// Whether the mapping holds nothing, not even a key that was meant to be a known one.
  package var isEmpty: Bool { entries.isEmpty && meant.isEmpty }

  /// Whether a key stands there in no spelling.
  package func lacks(_ key: String) -> Bool { self[key] == nil && !meant.contains(key) }

  package subscript(_ key: String) -> YAMLNode? { entries.first { $0.key.text == key }?.value }
}

extension Decoder {
  /// The scalar of a node without a tag; `what` names the place, as in "`when` must be …".
  package mutating func scalar(
    _ node: YAMLNode, _ what: @autoclosure () -> String, _ expected: Shape = .text
  ) -> YAMLScalar? {
    guard isUntagged(node, what()) else { return nil }
    guard case .scalar(let scalar) = node.kind else {
      report(wrongShape(node, what(), expected))
      return nil
    }
    return scalar
  }

  /// A text that says something.
  package mutating func text(
    _ node: YAMLNode, _ what: @autoclosure () -> String, _ expected: Shape = .text
  ) -> TextSyntax? {
    guard let scalar = scalar(node, what(), expected) else { return nil }
    guard !scalar.text.isEmpty else {
      report(emptyText(what(), node.range))
      return nil
    }
    return TextSyntax(text: scalar.text, range: node.range)
  }

  /// Nothing where a value belongs; perhaps it was meant to begin with `#`.
  package func emptyText(_ what: String, _ range: SourceRange) -> Diagnostic {
    .emptyText(what, at: location(range), help: helpForHash(after: range))
  }

  func helpForHash(after range: SourceRange) -> String? {
    let line = source.line(of: range.end)
    let isHash = comments.contains { comment in
      comment.range.start >= range.end
        && source.line(of: comment.range.start) == line
        && !comment.text.hasPrefix("# ")
    }
    return isHash ? "YAML reads `#` as the start of a comment: quote the value" : nil
  }

  /// The items of a list that has some.
  package mutating func items(
    _ node: YAMLNode, _ what: @autoclosure () -> String, _ expected: Shape = .list
  ) -> [YAMLNode]? {
    guard isUntagged(node, what()) else { return nil }
    guard case .sequence(let items) = node.kind else {
      report(wrongShape(node, what(), expected))
      return nil
    }
    if items.isEmpty { report(.nothingInside(what(), at: location(node.range))) }
    return items
  }

  /// The items of a list, or a single value as the only item.
  package mutating func itemsOrOne(
    _ node: YAMLNode, _ what: @autoclosure () -> String
  ) -> [YAMLNode]? {
    if case .sequence = node.kind { return items(node, what()) }
    return [node]
  }

  /// The entries of a mapping with keys that the author chooses.
  package mutating func freeEntries(
    _ node: YAMLNode, _ what: @autoclosure () -> String, _ expected: Shape = .mapping
  ) -> [(key: TextSyntax, value: YAMLNode)]? {
    guard isUntagged(node, what()) else { return nil }
    guard case .mapping(let entries) = node.kind else {
      report(wrongShape(node, what(), expected))
      return nil
    }
    return entries.compactMap { entry in key(entry.key).map { ($0, entry.value) } }
  }

  /// The entries of a mapping whose keys are words of the language.
  package mutating func fields(
    _ node: YAMLNode, _ what: @autoclosure () -> String, known: [String], required: [String] = [],
    _ expected: Shape = .mapping
  ) -> Fields? {
    guard let entries = freeEntries(node, what(), expected) else { return nil }
    var fields = Fields(entries: entries, range: node.range)
    let isKnown = entries.allSatisfy { known.contains($0.key.text) }
    if !isKnown { fields.entries = [] }
    for entry in entries where !isKnown {
      if known.contains(entry.key.text) {
        fields.entries.append(entry)
      } else {
        let absent = known.filter { key in !entries.contains { $0.key.text == key } }
        let near = meantKey(entry.key.text, known: absent)
        if let near { fields.meant.insert(near) }
        report(
          .unknownKey(
            entry.key.text, at: location(entry.key.range), in: what(), known: known, near: near))
      }
    }
    for key in required where fields.lacks(key) {
      let first = entries.first?.key.range ?? node.range
      report(.missingKey(key, of: what(), at: location(first)))
    }
    return fields
  }

  /// A key as text; keys that are lists or mappings, and merge keys, are mistakes.
  private mutating func key(_ node: YAMLNode) -> TextSyntax? {
    guard isUntagged(node, "a key") else { return nil }
    guard case .scalar(let scalar) = node.kind else {
      report(wrongShape(node, "a key", .text))
      return nil
    }
    guard scalar.text != "<<" || scalar.style != .plain else {
      report(.mergeKey(at: location(node.range)))
      return nil
    }
    return TextSyntax(text: scalar.text, range: node.range)
  }

  private mutating func isUntagged(_ node: YAMLNode, _ what: @autoclosure () -> String) -> Bool {
    guard let tag = node.tag else { return true }
    let whole = SourceRange(tag.range.start..<max(tag.range.end, node.range.end))
    report(
      .unknownTag(
        tag.text, at: location(tag.range), value: written(whole), whole: location(whole), in: what()
      ))
    return false
  }

  private func wrongShape(_ node: YAMLNode, _ what: String, _ expected: Shape) -> Diagnostic {
    .wrongShape(
      what, is: Shape(node), not: expected, at: location(node.range),
      help: shapeHelp(node, what, expected))
  }
}

/// The form of a value, as people name it.
package enum Shape: String {
  case text = "a text"
  case list = "a list"
  case mapping = "a mapping"
  case textOrList = "a text or a list of texts"
  case actions = "a list of actions or a mapping of them"
  case textOrMapping = "a text or a mapping"
  case mappingOrList = "a mapping or a list of mappings"
  case condition = "an expression, a field test, or `any`, `all`, `none`"
  case test = "a value, a word such as `present`, or a mapping of tests"

  package init(_ node: YAMLNode) {
    self =
      switch node.kind {
      case .scalar: .text
      case .sequence: .list
      case .mapping: .mapping
      }
  }
}

extension Diagnostic {
  package static func wrongShape(
    _ what: String, is found: Shape, not expected: Shape, at location: SourceLocation,
    help: String? = nil
  ) -> Self {
    Diagnostic(
      .wrongShape, "\(what) must be \(expected.rawValue)", at: location,
      label: "this is \(found.rawValue)", help: help)
  }

  package static func emptyText(
    _ what: String, at location: SourceLocation, help: String? = nil
  ) -> Self {
    Diagnostic(
      .emptyText, "\(what) is empty", at: location,
      help: help ?? "write a value, or leave the key out")
  }

  package static func nothingInside(_ what: String, at location: SourceLocation) -> Self {
    Diagnostic(.nothingInside, "\(what) holds nothing", at: location, label: "no items")
  }

  static func missingKey(_ key: String, of what: String, at location: SourceLocation) -> Self {
    Diagnostic(.missingKey, "\(what) needs `\(key)`", at: location, label: "`\(key)` is missing")
  }

  static func mergeKey(at location: SourceLocation) -> Self {
    Diagnostic(
      .mergeKey, "merge keys are not used here", at: location, label: "would copy another mapping",
      help: "write the keys out")
  }

  static func unknownTag(
    _ tag: String, at location: SourceLocation, value: String, whole: SourceLocation,
    in what: String
  ) -> Self {
    let isExpression = value.contains { $0 == "(" || $0 == "." }
    let isCondition = what.hasPrefix("a line of") && value == tag
    let quoted =
      "'"
      + value.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''") + "'"
    let repair = isCondition ? "none: [\(value.dropFirst())]" : quoted
    return Diagnostic(
      .unknownTag, "YAML reads a `!` in front as a tag, not as part of the value", at: location,
      label: "read as a tag",
      help: isExpression ? "write `\(repair)`" : "leave the tag out: \(what) needs none",
      fix: isExpression ? Fix([Fix.Edit(at: whole, with: repair)]) : nil)
  }

  static func unknownKey(
    _ key: String, at location: SourceLocation, in what: String, known: [String], near: String?
  ) -> Self {
    let choices = known.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownKey, "unknown key `\(key)` in \(what)", at: location, label: "not a key here",
      help: near.map { "did you mean `\($0)`?" }
        ?? (known.count <= 8 ? "the keys are \(choices)" : nil),
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }
}

/// The key that a word of another tool, or a slip of the fingers, stands for.
private func meantKey(_ key: String, known: [String]) -> String? {
  if let word = MeantWord.keys[key.lowercased()], known.contains(word) { return word }
  return closestMatch(to: key, in: known)
}
