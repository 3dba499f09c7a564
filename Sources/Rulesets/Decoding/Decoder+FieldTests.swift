internal import CEL
internal import Diagnostics
internal import YAMLTree

extension Decoder {
  /// The tests on one path, all of which must hold.
  mutating func fieldTests(_ node: YAMLNode, of path: String) -> [FieldTest] {
    switch node.kind {
    case .scalar(let scalar):
      if scalar.style == .plain, node.tag == nil {
        switch scalar.text {
        case "present": return [.present]
        case "absent": return [.absent]
        case "empty": return [.empty]
        case "null", "~":
          report(.nullTest(at: location(node.range)))
          return []
        default: warnOfWord(scalar.text, node.range)
        }
      }
      return operand(node, "the value of `\(path)`").map { [.equals($0)] } ?? []
    case .sequence:
      report(.listTest(written(node.range), at: location(node.range)))
      return []
    case .mapping:
      var tests: [FieldTest] = []
      let entries = freeEntries(node, "the test of `\(path)`", .test) ?? []
      if entries.isEmpty {
        report(.nothingInside("the test of `\(path)`", at: location(node.range)))
      }
      for (key, value) in entries {
        guard let test = fieldTest(key, value, of: path) else { continue }
        tests.append(test)
      }
      return tests
    }
  }

  /// `exists` and its like are texts here, which nobody means.
  private mutating func warnOfWord(_ text: String, _ range: SourceRange) {
    guard MeantWord.neverTexts.contains(text), let word = MeantWord.bareTests[text] else { return }
    report(.wordAsText(text, word, at: location(range)))
  }

  private mutating func fieldTest(
    _ key: TextSyntax, _ node: YAMLNode, of path: String
  )
    -> FieldTest?
  {
    let what = "`\(key.text)`"
    if let order = FieldTest.Order(rawValue: key.text) {
      return ordered(node, what).map { .order(order, $0) }
    }
    if let test = FieldTest.TextTest(rawValue: key.text) {
      return textOperand(node, what).map { .text(test, $0) }
    }
    switch key.text {
    case "in": return choices(node, what).map { .oneOf($0) }
    case "not_in": return choices(node, what).map { .notOneOf($0) }
    case "is_not": return operand(node, what).map { .isNot($0) }
    case "contains": return operand(node, what).map { .contains($0) }
    case "between": return between(node)
    case "before": return time(node, what).map { .before($0) }
    case "after": return time(node, what).map { .after($0) }
    case "within": return span(node, what).map { .within($0) }
    case "any_item":
      let tests = fieldTests(node, of: "an item of \(path)")
      return tests.isEmpty ? nil : .anyItem(tests)
    case "all_items":
      let tests = fieldTests(node, of: "an item of \(path)")
      return tests.isEmpty ? nil : .allItems(tests)
    default:
      if let word = MeantWord.bareTests[key.text.lowercased()] {
        report(.bareTest(key.text, word, of: path, at: location(key.range)))
      } else {
        report(.unknownTest(key.text, at: location(key.range), words: FieldTestWord.words))
      }
      return nil
    }
  }

  /// A constant, or the expression of a value that is one hole.
  private mutating func operand(
    _ node: YAMLNode, _ what: @autoclosure () -> String
  ) -> FieldTest.Operand? {
    guard let scalar = scalar(node, what()) else { return nil }
    guard scalar.text.utf8.contains(UInt8(ascii: "{")),
      scalar.text.contains("${") || scalar.text.contains("{{")
    else {
      if scalar.style == .plain, let path = pathLook(scalar.text) {
        report(.pathAsText(path, at: location(node.range)))
      }
      return literal(node, what()).map { .init($0.literal, at: $0.range.start..<$0.range.end) }
    }
    let value = template(scalar, range: node.range)
    if value.isBroken { return nil }
    if let text = value.constant {
      return .init(.string(text), at: node.range.start..<node.range.end)
    }
    guard value.parts.count == 1, case .hole(let hole) = value.parts[0] else {
      report(
        .badTestValue(
          "\(what()) takes a constant or one hole", at: location(node.range),
          label: "text and holes together",
          help: "put the text into the hole: `${\"a\" + event.b}`"))
      return nil
    }
    return .init(hole.expression)
  }

  /// What `<` and its kin can be asked about: numbers, texts, times.
  private mutating func ordered(_ node: YAMLNode, _ what: String) -> FieldTest.Operand? {
    guard let operand = operand(node, what) else { return nil }
    switch operand.expression.kind {
    case .literal(.bool), .literal(.null):
      report(
        .badTestValue(
          "\(what) takes a number or a text", at: location(node.range),
          label: "this has no order", help: nil))
      return nil
    default: return operand
    }
  }

  private mutating func textOperand(_ node: YAMLNode, _ what: String) -> FieldTest.Operand? {
    guard let operand = operand(node, what) else { return nil }
    // `starts_with: 55` asks about text: what the schema expects wins over how it looks.
    guard case .literal = operand.expression.kind, case .scalar(let scalar) = node.kind else {
      return operand
    }
    return .init(.string(scalar.text), at: operand.expression.range)
  }

  private mutating func between(_ node: YAMLNode) -> FieldTest? {
    guard case .sequence = node.kind else {
      report(
        .badTestValue(
          "`between` takes two values", at: location(node.range), label: "no list",
          help: "write the lowest and the highest: `[1, 10]`"))
      return nil
    }
    guard let items = items(node, "`between`") else { return nil }
    guard items.count == 2 else {
      if !items.isEmpty {
        report(
          .badTestValue(
            "`between` takes two values", at: location(node.range),
            label: "\(items.count) here", help: "write the lowest and the highest: `[1, 10]`"))
      }
      return nil
    }
    guard let low = ordered(items[0], "`between`"), let high = ordered(items[1], "`between`")
    else { return nil }
    if let first = low.number, let second = high.number, first > second {
      report(
        .badTestValue(
          "`between` takes the lowest value first", at: location(node.range), label: "never holds",
          help: "write `[\(written(items[1].range)), \(written(items[0].range))]`"))
      return nil
    }
    return .between(low, high)
  }

  /// A YAML list of constants, or the name of a list.
  private mutating func choices(_ node: YAMLNode, _ what: String) -> FieldTest.Operand? {
    let range = node.range.start..<node.range.end
    guard case .sequence = node.kind else {
      guard let name = text(node, what, .textOrList) else { return nil }
      if name.text.hasPrefix("${") { return operand(node, what) }
      return .init(Expression(.identifier(name.text), range))
    }
    guard let items = items(node, what), !items.isEmpty else { return nil }
    let constants = items.compactMap { literal($0, "an item of \(what)") }
    guard constants.count == items.count else { return nil }
    note(constants, at: node.range)
    return .init(.list(constants.map(\.literal)), at: range)
  }
}

extension FieldTest.Operand {
  /// The value of a constant that is a number.
  fileprivate var number: Double? {
    switch expression.kind {
    case .literal(.int(let value)): Double(value)
    case .literal(.double(let value)): value
    default: nil
    }
  }
}

extension Diagnostic {
  static func bareTest(
    _ written: String, _ word: String, of path: String, at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .unknownTest,
      written == word ? "`\(word)` takes no value" : "unknown test `\(written)`", at: location,
      label: "not a field test with a value", help: "write `\(path): \(word)`")
  }

  static func wordAsText(_ text: String, _ word: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .pathAsText, "this compares with the text `\(text)`", at: location, label: "not a field test",
      help: "write `\(word)`; the text itself stands in quotes")
  }

  static func unknownTest(_ word: String, at location: SourceLocation, words: [String]) -> Self {
    let near = MeantWord.tests[word.lowercased()] ?? closestMatch(to: word, in: words)
    return Diagnostic(
      .unknownTest, "unknown test `\(word)`", at: location, label: "not a field test",
      help: near.map { "did you mean `\($0)`?" }
        ?? "for a value alone write `path: value`; fields of an object are paths of their own",
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func badTestValue(
    _ message: String, at location: SourceLocation, label: String, help: String?
  ) -> Self {
    Diagnostic(.badTestValue, message, at: location, label: label, help: help)
  }

  static func nullTest(at location: SourceLocation) -> Self {
    Diagnostic(
      .badTestValue, "a test for null never holds", at: location,
      label: "absent and null are the same here", help: "write `absent`",
      fix: Fix([Fix.Edit(at: location, with: "absent")]))
  }

  static func listTest(_ list: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .badTestValue, "a list is not a value to compare with", at: location,
      label: "one of these?",
      help: list.contains("\n")
        ? "write `{in: […]}` to allow any of them" : "write `{in: \(list)}`",
      fix: list.contains("\n")
        ? nil : Fix([Fix.Edit(at: location, with: "{in: \(list)}")]))
  }
}
