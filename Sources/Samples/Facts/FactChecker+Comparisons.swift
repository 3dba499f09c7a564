internal import CEL
internal import Diagnostics
internal import Rulesets

extension FactChecker {
  /// What a path is held against, beside what stands there in samples.
  mutating func checkComparison(_ comparison: Comparison) {
    let node = catalogue.node(of: comparison.context.types)
    guard let facts = node.node(at: comparison.path.steps)?.facts, facts.count > 0 else { return }
    guard comparison.kind != .arithmetic else { return checkArithmetic(comparison, facts) }
    if let type = comparison.otherType { return checkType(type, comparison, facts) }
    let misfits = comparison.operands.filter { !fits($0.literal, comparison, facts) }
    let isFatal = misfits.count == comparison.operands.count && comparison.context.isNeeded
    for (literal, range) in misfits {
      report(
        .typeNeverFits(
          comparison.path.steps.text, facts, written: literal,
          rate: rateWords(
            facts.count == facts.lists ? facts.lists : facts.events, comparison.context.types),
          kind: comparison.kind, isFatal: isFatal,
          at: location(range, in: comparison.context.file)),
        explaining: comparison.context.lines)
    }
    guard misfits.isEmpty else { return }
    if checkTimes(comparison, facts) { return }
    checkValues(comparison, facts)
  }

  /// Whether a constant is of a type that stands there.
  private func fits(_ literal: Literal, _ comparison: Comparison, _ facts: PathFacts) -> Bool {
    switch comparison.kind {
    case .matchCase: return facts.texts + facts.numbers + facts.bools > 0
    case .part: return facts.lists > 0 || facts.texts > 0 && literal.isText
    case .start, .end: return facts.texts > 0
    case .equality, .order, .membership, .arithmetic: break
    }
    switch literal {
    case .string: return facts.texts > 0
    case .int, .uint, .double: return facts.numbers > 0
    case .bool: return facts.bools > 0
    case .list: return facts.lists > 0
    case .timestamp: return false
    case .null, .bytes, .map, .duration, .type, .optional: return true
    }
  }

  /// A side that is no constant, but whose type is known.
  private mutating func checkType(
    _ type: CEL.`Type`, _ comparison: Comparison, _ facts: PathFacts
  ) {
    let example: Literal
    switch type {
    case .timestamp: example = .timestamp(seconds: 0, nanoseconds: 0)
    case .string: example = .string("")
    case .int, .uint, .double: example = .int(0)
    case .bool: example = .bool(true)
    default: return
    }
    guard comparison.kind == .equality || comparison.kind == .order,
      !fits(example, comparison, facts)
    else { return }
    report(
      .typeNeverFits(
        comparison.path.steps.text, facts, written: example,
        rate: rateWords(facts.events, comparison.context.types), kind: comparison.kind,
        isFatal: comparison.context.isNeeded,
        at: location(comparison.range, in: comparison.context.file)),
      explaining: comparison.context.lines)
  }

  private mutating func checkArithmetic(_ comparison: Comparison, _ facts: PathFacts) {
    guard facts.numbers == 0, facts.texts > 0 else { return }
    // A difference of times is no arithmetic with numbers.
    let isOfNumber = comparison.operands.contains { $0.literal.isNumber }
    guard isOfNumber || facts.count(.number) > 0 else { return }
    report(
      .typeNeverFits(
        comparison.path.steps.text, facts, written: .int(0),
        rate: rateWords(facts.events, comparison.context.types), kind: .arithmetic,
        isFatal: comparison.context.isNeeded,
        at: location(comparison.path.range, in: comparison.context.file)),
      explaining: comparison.context.lines)
  }

  /// A date written as a text, beside texts that say a time.
  private mutating func checkTimes(_ comparison: Comparison, _ facts: PathFacts) -> Bool {
    guard comparison.kind != .matchCase, comparison.kind != .part, facts.times > 0,
      facts.times * 2 > facts.texts
    else { return false }
    var isFound = false
    for (literal, range) in comparison.operands {
      guard case .string(let text) = literal else { continue }
      let shape = TextShape(of: text)
      guard shape.isTime || comparison.kind == .order else { continue }
      // Days that are written alike can be compared as texts.
      if shape == .date, facts.count(.date) == facts.times { continue }
      if comparison.kind == .equality || comparison.kind == .membership,
        facts.values.values.contains(where: { $0.value == .text(text) })
      {
        continue
      }
      isFound = true
      report(
        .timeAsText(
          comparison.path.steps.text, facts, written: text, kind: comparison.kind,
          at: location(range, in: comparison.context.file)),
        explaining: comparison.context.lines)
    }
    return isFound
  }
}

extension Literal {
  fileprivate var isText: Bool { if case .string = self { true } else { false } }

  var isNumber: Bool {
    switch self {
    case .int, .uint, .double: true
    case .null, .bool, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional: false
    }
  }

  /// How people call it.
  fileprivate var noun: String {
    switch self {
    case .string: "a text"
    case .int, .uint, .double: "a number"
    case .bool: "true or false"
    case .timestamp: "a time"
    case .list: "a list"
    case .null, .bytes, .map, .duration, .type, .optional: "a value"
    }
  }
}

extension TextShape {
  init(of text: String) {
    var text = text
    self = text.withUTF8 { TextShape(UnsafeRawBufferPointer($0)) }
  }
}

extension Diagnostic {
  static func typeNeverFits(
    _ path: String, _ facts: PathFacts, written: Literal, rate: String, kind: Comparison.Kind,
    isFatal: Bool, at location: SourceLocation
  ) -> Self {
    Diagnostic(
      isFatal ? .typeNeverFits : .otherTypeSeen, "`\(path)` is \(facts.noun) in \(rate)",
      at: location, label: kind == .arithmetic ? "no number" : "compared with \(written.noun)",
      help: help(path, facts, written: written, kind: kind))
  }

  private static func help(
    _ path: String, _ facts: PathFacts, written: Literal, kind: Comparison.Kind
  ) -> String? {
    if facts.lists > 0, kind != .order {
      return "to ask for one of its items write `{contains: …}`, or `any_item`"
    }
    if facts.maps > 0 { return "ask for one of its fields" }
    switch written {
    case .timestamp: return "make a time of it: `date(\(path))`, or write `{after: …}`"
    case .string(let text) where !text.isEmpty:
      if facts.bools > 0 {
        return text == "true" || text == "false"
          ? "write `\(text)` without quotes" : "write `true` or `false`, without quotes"
      }
      if TextShape(of: text).isTime {
        return "to compare times write `{after: …}` or `{before: …}`"
      }
      return TextShape(of: text) == .number || TextShape(of: text) == .phone
        ? "write `\(text)` without quotes" : nil
    case .int, .double, .uint:
      guard facts.texts > 0 else { return nil }
      if facts.times > 0 { return "make a time of it: `date(\(path))`" }
      if kind == .equality || kind == .membership { return "write the number in quotes" }
      return facts.count(.localNumber) > 0
        ? "make a number of it: `parse_number(\(path), \"pt-BR\")`"
        : "make a number of it: `double(\(path))`"
    case .bool(let value):
      return facts.texts > 0 ? "write a text, such as `\"\(value)\"`" : nil
    default: return nil
    }
  }

  static func timeAsText(
    _ path: String, _ facts: PathFacts, written: String, kind: Comparison.Kind,
    at location: SourceLocation
  ) -> Self {
    let shape = facts.commonShape?.name ?? "time"
    return Diagnostic(
      .timeAsText, "`\(path)` says a time, and is compared as a text", at: location,
      label: "\(shape) in the samples",
      help: kind == .order
        ? "write `{after: \(written)}` or `{before: \(written)}`, or `date(\(path))`"
        : "ask for a span with `{after: …}` and `{before: …}`, or compare `date(\(path))`")
  }
}
