import CEL
import Rulesets
import Testing

/// What field tests answer, by the value that stands at their path.
@Suite("True, false, unknown")
struct TestMeaningTests {
  @Test("a test on an absent path is false; `absent` and `empty` are true", arguments: answers)
  func answer(_ row: Answer) throws {
    #expect(try evaluate(row.test, nil) == row.absent)
  }

  @Test("null is as good as absent", arguments: answers)
  func null(_ row: Answer) throws {
    #expect(try evaluate(row.test, .null) == row.absent)
  }

  @Test("a value of the right type is answered", arguments: values)
  func value(_ row: Row) throws {
    #expect(try evaluate(row.test, row.value) == row.answer)
  }
}

/// The three answers of a condition.
enum Answered: Sendable { case yes, no, unknown }

struct Answer: CustomTestStringConvertible {
  var test: String
  var absent: Answered

  var testDescription: String { test }
}

struct Row: CustomTestStringConvertible {
  var test: String
  var value: Literal
  var answer: Answered

  init(_ test: String, _ value: Literal, _ answer: Answered) {
    self.test = test
    self.value = value
    self.answer = answer
  }

  var testDescription: String { "\(test) of \(value)" }
}

private let answers: [Answer] =
  [
    "paid", "true", "5", "present", "{in: [a]}", "{at_least: 1}", "{at_most: 1}", "{above: 1}",
    "{below: 1}", "{between: [1, 2]}", "{starts_with: a}", "{ends_with: a}", "{matches: a}",
    "{contains: a}", "{contains: 1}", "{before: 2026-01-01}", "{after: now}", "{within: 1d}",
    "{any_item: a}", "{all_items: a}",
  ].map { Answer(test: $0, absent: .no) }
  + ["absent", "empty"].map { Answer(test: $0, absent: .yes) }
  + ["{is_not: a}", "{not_in: [a]}"].map { Answer(test: $0, absent: .unknown) }

private let values: [Row] = [
  Row("paid", .string("paid"), .yes), Row("paid", .string("Paid"), .no),
  Row("paid", .int(5), .no), Row("5", .double(5), .yes), Row("'5'", .int(5), .no),
  Row("present", .string(""), .yes), Row("absent", .string(""), .no),
  Row("empty", .string(""), .yes), Row("empty", .string(" \t"), .yes),
  Row("empty", .string("a"), .no), Row("empty", .list([]), .yes),
  Row("empty", .list([.null]), .no), Row("empty", .map([]), .yes), Row("empty", .int(0), .no),
  Row("empty", .bool(false), .no),
  Row("{in: [a, 5]}", .int(5), .yes), Row("{in: [a, 5]}", .string("b"), .no),
  Row("{not_in: [a, 5]}", .string("b"), .yes), Row("{not_in: [a]}", .string("a"), .no),
  Row("{is_not: a}", .string("b"), .yes), Row("{is_not: a}", .string("a"), .no),
  Row("{at_least: 5}", .int(5), .yes), Row("{above: 5}", .double(5), .no),
  Row("{above: 5}", .double(5.5), .yes), Row("{below: 5}", .int(4), .yes),
  Row("{at_least: 5}", .string("9"), .unknown), Row("{at_least: a}", .string("b"), .yes),
  Row("{between: [1, 2]}", .int(2), .yes), Row("{between: [1, 2]}", .int(3), .no),
  Row("{starts_with: ab}", .string("abc"), .yes), Row("{starts_with: ab}", .int(1), .unknown),
  Row("{ends_with: bc}", .string("abc"), .yes), Row("{matches: '^a.c$'}", .string("abc"), .yes),
  Row("{contains: b}", .string("abc"), .yes), Row("{contains: b}", .list([.string("b")]), .yes),
  Row("{contains: b}", .list([.string("abc")]), .no), Row("{contains: b}", .int(1), .unknown),
  Row("{contains: 5}", .list([.double(5)]), .yes), Row("{contains: 5}", .string("5"), .unknown),
  Row("{before: 2026-03-01}", .string("2026-02-28T23:59:59Z"), .yes),
  Row("{before: 2026-03-01}", .string("01/03/2026"), .no),
  Row("{after: 2026-03-01}", .string("2026-03-01 00:00:01"), .yes),
  Row("{after: 2026-03-01}", .string("amanhã"), .unknown),
  Row("{before: \"${'2026-03-01'}\"}", .string("2026-02-28"), .yes),
  Row("{before: \"${now - duration('24h')}\"}", .string("2026-05-31T11:00:00Z"), .yes),
  Row("{within: 1d}", .string("2026-05-31T12:00:01Z"), .yes),
  Row("{within: 1d}", .string("2026-05-31T11:59:59Z"), .no),
  Row("{within: 1d}", .string("2026-06-01T12:00:01Z"), .no),
  Row("{any_item: {starts_with: a}}", .list([.string("b"), .string("ab")]), .yes),
  Row("{any_item: a}", .list([]), .no), Row("{all_items: a}", .list([]), .yes),
  Row("{all_items: {above: 1}}", .list([.int(2), .int(1)]), .no),
]

/// Evaluates a test of `event.x` at noon of 2026-06-01.
private func evaluate(_ test: String, _ value: Literal?) throws -> Answered {
  let text = "version: 1\nrules:\n  - id: a\n    if:\n      - event.x: \(test)\n    do: {note: a}\n"
  let ruleset = try #require(check(text).ruleset, "\(check(text).diagnostics.map(\.summary))")
  guard case .expression(let expression) = ruleset.rules[0].predicates[0].kind else {
    return .unknown
  }
  var layout = SlotLayout()
  var program = Program()
  let entry = program.add(expression, in: ruleset.files[0].environment, layout: &layout)
  var scratch = Scratch()
  var slots = layout.paths.map { path -> Value in
    path == ["now"]
      ? .timestamp(seconds: 1_780_315_200, nanoseconds: 0)
      : value.map { scratch.makeValue($0) } ?? .missing
  }
  let answer = slots.withUnsafeMutableBufferPointer { buffer -> Value in
    guard let base = buffer.baseAddress else { return .missing }
    return program.evaluate(entry, slots: base, scratch: &scratch)
  }
  return answer.isTrue ? .yes : answer.isFalse ? .no : .unknown
}
