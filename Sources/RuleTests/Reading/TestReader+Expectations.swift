internal import Diagnostics
internal import Rulesets
internal import YAMLTree

extension TestReader {
  mutating func expectation(_ node: YAMLNode) -> Expectation {
    var expectation = Expectation(range: node.range)
    guard let fields = decoder.fields(node, "`expect`", known: ExpectationKey.words) else {
      return expectation
    }
    if fields.isEmpty {
      report(.nothingExpected(at: location(node.range)))
    }
    for (key, value) in fields.entries {
      switch key.text {
      case "fired":
        expectation.fired = Placed(list(value, "`fired`"), at: value.range)
      case "not_fired": expectation.notFired = notFired(value)
      case "contacts": expectation.contacts = expectedContacts(value)
      case "calls": expectation.calls = calls(value).map { Placed($0, at: value.range) }
      case "set_aside":
        expectation.setAside = count(value, "`set_aside`").map { Placed($0, at: value.range) }
      case "problems": expectation.problems = problems(value).map { Placed($0, at: value.range) }
      case "snapshot": expectation.snapshot = decoder.text(value, "`snapshot`")
      default: preconditionFailure("`fields` lets known keys through only")
      }
    }
    contradictions(in: expectation)
    return expectation
  }

  /// `{order-paid: false, vip: unknown}`, or a list of rules that did not fire for any reason.
  private mutating func notFired(_ node: YAMLNode) -> [Expectation.NotFired] {
    guard case .mapping = node.kind else {
      return list(node, "`not_fired`").map { Expectation.NotFired(rule: $0, reason: nil) }
    }
    let words = Expectation.Reason.allCases.map(\.rawValue)
    return (decoder.freeEntries(node, "`not_fired`") ?? []).compactMap { rule, value in
      guard let word = word(value, "the reason of `\(rule.text)`", words),
        let reason = Expectation.Reason(rawValue: word.value)
      else { return nil }
      return Expectation.NotFired(rule: rule, reason: Placed(reason, at: word.range))
    }
  }

  private mutating func contradictions(in expectation: Expectation) {
    let fired = expectation.fired?.value ?? []
    for entry in expectation.notFired {
      guard let other = fired.first(where: { $0.text == entry.rule.text }) else { continue }
      report(
        .contradiction(
          entry.rule.text, at: location(entry.rule.range), other: location(other.range)))
    }
  }

  private mutating func expectedContacts(_ node: YAMLNode) -> [ExpectedContact] {
    (decoder.freeEntries(node, "`contacts`") ?? []).compactMap { name, value in
      if case .scalar = value.kind {
        guard let word = word(value, "the contact `\(name.text)`", ["absent"]) else { return nil }
        return ExpectedContact(name: name, parts: [], absent: word.range)
      }
      let what = "the contact `\(name.text)`"
      guard let fields = decoder.fields(value, what, known: PartKey.words) else { return nil }
      if fields.isEmpty {
        report(.nothingExpected(at: location(value.range)))
      }
      return ExpectedContact(name: name, parts: parts(fields), absent: nil)
    }
  }

  private mutating func parts(_ fields: Fields) -> [ExpectedContact.Part] {
    var parts: [ExpectedContact.Part] = []
    for (key, value) in fields.entries {
      switch key.text {
      case "name": if let text = expectedText(value, "`name`") { parts.append(.name(text)) }
      case "language":
        if let text = expectedText(value, "`language`") { parts.append(.language(text)) }
      case "status":
        if let word = word(value, "`status`", Self.statuses) { parts.append(.status(word)) }
      case "fields":
        for (key, value) in decoder.freeEntries(value, "`fields`") ?? [] {
          guard let text = expectedText(value, "`\(key.text)`") else { continue }
          parts.append(.field(key, text))
        }
      case "groups": if let list = expectedList(value, "`groups`") { parts.append(.groups(list)) }
      case "urns": if let list = expectedList(value, "`urns`") { parts.append(.urns(list)) }
      default: preconditionFailure("`fields` lets known keys through only")
      }
    }
    return parts
  }

  /// A text, or the plain word `absent` or `present`; `null` is `absent`.
  private mutating func expectedText(_ node: YAMLNode, _ what: String) -> ExpectedText? {
    guard let scalar = decoder.scalar(node, what) else { return nil }
    if scalar.style == .plain {
      switch scalar.text {
      case "absent", "null": return ExpectedText(kind: .absent, range: node.range)
      case "present": return ExpectedText(kind: .present, range: node.range)
      default: break
      }
    }
    return decoder.text(node, what).map { ExpectedText(kind: .value($0.text), range: $0.range) }
  }

  private mutating func expectedList(_ node: YAMLNode, _ what: String) -> ExpectedList? {
    guard case .mapping = node.kind else {
      return ExpectedList(kind: .whole(list(node, what)), range: node.range)
    }
    guard let fields = decoder.fields(node, what, known: ListPartKey.words) else { return nil }
    return ExpectedList(
      kind: .part(
        has: fields["has"].map { list($0, "`has`") } ?? [],
        hasNot: fields["has_not"].map { list($0, "`has_not`") } ?? []), range: node.range)
  }

  private mutating func calls(_ node: YAMLNode) -> ExpectedCalls? {
    switch node.kind {
    case .scalar: return count(node, "`calls`").map { .count($0) }
    case .sequence(let items):
      return .all(items.compactMap { call($0) })
    case .mapping(let entries):
      guard entries.contains(where: { $0.key.scalarText?.hasPrefix("has") ?? false }) else {
        return count(node, "`calls`").map { .count($0) }
      }
      guard let fields = decoder.fields(node, "`calls`", known: ListPartKey.words) else {
        return nil
      }
      return .some(
        has: calls(fields["has"], "`has`"), hasNot: calls(fields["has_not"], "`has_not`"))
    }
  }

  private mutating func calls(_ node: YAMLNode?, _ what: String) -> [ExpectedValue] {
    guard let node else { return [] }
    return (decoder.itemsOrOne(node, what) ?? []).compactMap { call($0) }
  }

  private mutating func call(_ node: YAMLNode) -> ExpectedValue? {
    guard decoder.fields(node, "a call", known: CallKey.words) != nil else { return nil }
    return expectedValue(node, "a part of a call")
  }

  private mutating func problems(_ node: YAMLNode) -> ExpectedProblems? {
    if case .sequence = node.kind { return .all(list(node, "`problems`")) }
    return count(node, "`problems`").map { .count($0) }
  }

  /// `none`, a number, or `{at_least: 1, at_most: 3}`.
  private mutating func count(_ node: YAMLNode, _ what: String) -> ExpectedCount? {
    guard case .mapping = node.kind else {
      guard let text = decoder.text(node, what, .textOrMapping) else { return nil }
      if text.text == "none" { return .exactly(0) }
      return number(text, what).map { .exactly($0) }
    }
    guard let fields = decoder.fields(node, what, known: BoundKey.words) else {
      return nil
    }
    if fields.isEmpty {
      report(.nothingInside(what, at: location(node.range)))
    }
    let low = bound(fields["at_least"], "`at_least`")
    let high = bound(fields["at_most"], "`at_most`")
    if let low, let high, low > high {
      report(
        .badExpectation(
          "`at_least` is more than `at_most`", at: location(node.range), label: "never holds",
          help: nil))
      return nil
    }
    return .between(low, high)
  }

  private mutating func bound(_ node: YAMLNode?, _ what: String) -> Int? {
    node.flatMap { decoder.text($0, what) }.flatMap { number($0, what) }
  }

  private mutating func number(_ text: TextSyntax, _ what: String) -> Int? {
    guard let number = Int(text.text), number >= 0 else {
      report(
        .badExpectation(
          "\(what) takes a number", at: location(text.range), label: "no number",
          help: "write `none`, a number, or `{at_least: 1, at_most: 3}`"))
      return nil
    }
    return number
  }
}

extension Diagnostic {
  static func nothingExpected(at location: SourceLocation) -> Self {
    Diagnostic(
      .nothingExpected, "nothing is expected here", at: location, label: "always passes",
      help: "say what must be true, such as `fired: [order-paid]`")
  }

  static func badExpectation(
    _ message: String, at location: SourceLocation, label: String, help: String?
  ) -> Self {
    Diagnostic(.badExpectation, message, at: location, label: label, help: help)
  }

  static func contradiction(
    _ rule: String, at location: SourceLocation, other: SourceLocation
  ) -> Self {
    Diagnostic(
      .contradiction, "`\(rule)` cannot both fire and not fire", at: location,
      label: "must not fire", notes: [Note("must fire, by this line", at: other)])
  }
}
