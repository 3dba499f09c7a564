import Testing

@Suite("Semantics 3: arithmetic")
struct ArithmeticTests {
  @Test(
    "nothing is converted",
    arguments: [
      "1 + 1.0", "1 + 1u", "1u * 2.0", "1.0 / 2", "'a' + 1", "'a' * 2", "'a' + b'b'", "1 + null",
      "[1] + 2", "{} + {}", "true + true", "'a' - 'a'", "[1] - [1]", "timestamp(0) + 1",
    ])
  func conversions(text: String) {
    expect(text, "unknown(wrongType)")
  }

  @Test(
    "`+` also joins texts, bytes and lists",
    arguments: [
      ("'a' + 'é'", #""aé""#), (#"b'a' + b'\xff'"#, #"b"a\xff""#),
      ("[1] + [2, 'a']", #"[1, 2, "a"]"#),
      ("'' + ''", #""""#), ("[] + []", "[]"),
    ] as Outcomes)
  func joining(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "whole numbers overflow as a failure",
    arguments: [
      "9223372036854775807 + 1", "-9223372036854775808 - 1", "5000000000 * 5000000000",
      "-9223372036854775808 / -1", "-9223372036854775808 % -1", "-(-9223372036854775808)",
      "0u - 1u", "18446744073709551615u + 1u", "5000000000u * 5000000000u",
    ])
  func overflow(text: String) {
    expect(text, "unknown(overflow)")
  }

  @Test("there is no negative of a uint", arguments: ["-1u", "-(1u)", "-size", "-true", "-'a'"])
  func negatives(text: String) {
    expect(text, "unknown(wrongType)", with: ["size": "2u"])
  }

  @Test(
    "division cuts towards zero, and the remainder has the sign of the dividend",
    arguments: [
      ("7 / 2", "3"), ("-7 / 2", "-3"), ("7 / -2", "-3"), ("7 % 3", "1"), ("-7 % 3", "-1"),
      ("7 % -3", "1"), ("7u / 2u", "3u"), ("7u % 2u", "1u"), ("7.0 / 2.0", "3.5"),
      ("7.5 % 2.0", "unknown(wrongType)"),
    ] as Outcomes)
  func division(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "division by zero fails for whole numbers and is IEEE's for doubles",
    arguments: [
      ("1 / 0", "unknown(divisionByZero)"), ("1 % 0", "unknown(divisionByZero)"),
      ("1u / 0u", "unknown(divisionByZero)"), ("1u % 0u", "unknown(divisionByZero)"),
      ("1.0 / 0.0", #"double("Infinity")"#), ("-1.0 / 0.0", #"double("-Infinity")"#),
      ("0.0 / 0.0", #"double("NaN")"#), ("1e308 * 10.0", #"double("Infinity")"#),
    ] as Outcomes)
  func zero(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "a minus belongs to the number behind it",
    arguments: [
      ("-9223372036854775808", "-9223372036854775808"),
      ("- 9223372036854775808", "-9223372036854775808"),
      ("9223372036854775808", "no CEL"), ("-(9223372036854775808)", "no CEL"),
      ("--9223372036854775808", "no CEL"), ("--1", "1"), ("1 - -1", "2"), ("1--1", "2"),
      ("-1.size()", "unknown(wrongType)"),
    ] as Outcomes)
  func minus(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "JSON's whole numbers are bound as int, as cel-go binds native maps; `int` and `double` convert",
    arguments: [
      ("event.n + 1", "11"), ("event.n == 10.0", "true"), ("event.n in [10.0]", "true"),
      ("[0, 1][event.one]", "1"), ("event.n * 2.0", "unknown(wrongType)"),
      ("double(event.n) * 2.0", "20.0"), ("event.d * 2.0", "21.0"), ("int(event.d) + 1", "11"),
      ("timestamp(event.time).getFullYear()", "2026"),
      ("event.time + duration('1s')", "unknown(wrongType)"),
    ] as Outcomes)
  func json(text: String, wanted: String) {
    let event = "{'n': 10, 'one': 1, 'd': 10.5, 'time': '2026-03-02T09:00:00Z'}"
    expect(text, wanted, with: ["event": event])
  }
}
