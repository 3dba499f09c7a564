import Testing

@Suite("Semantics 2: equality and order")
struct EqualityTests {
  @Test(
    "values of different types are unequal, which is no failure",
    arguments: [
      ("null == 1", "false"), ("1 == 'a'", "false"), ("1 != 'a'", "true"),
      ("timestamp(0) == '1970-01-01T00:00:00Z'", "false"), ("[1] == 1", "false"),
      ("b'a' == 'a'", "false"), ("true == 1", "false"), ("duration('1s') == 1", "false"),
      ("{} == []", "false"), ("null == null", "true"), ("type(1) == 'int'", "false"),
    ] as Outcomes)
  func mismatch(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "numbers are equal by what they count, also within lists, as values and as keys of maps",
    arguments: [
      ("1 == 1.0", "true"), ("1 == 1u", "true"), ("1u == 1.0", "true"), ("1 == 1.5", "false"),
      ("-1 == 18446744073709551615u", "false"), ("[1, [2.0]] == [1.0, [2u]]", "true"),
      ("{'a': 1} == {'a': 1.0}", "true"), ("{1: 'a'} == {1u: 'a'}", "true"),
      ("{1: 'a'}[1.0] == {1u: 'a'}[1]", "true"), ("1.0 in [1]", "true"),
    ] as Outcomes)
  func numbers(text: String, wanted: String) { expect(text, wanted) }

  @Test("`!=` is the opposite of `==`, of all pairs")
  func opposite() {
    let values = [
      "null", "true", "0", "1", "1u", "1.0", "0.0 / 0.0", "'a'", "b'a'", "[1]", "[1.0]", "{1: 1}",
      "timestamp(0)", "duration('0s')", "int", "optional.none()", "optional.of(1)",
    ]
    for left in values {
      for right in values { expect("(\(left) != \(right)) == !(\(left) == \(right))", "true") }
    }
  }

  @Test(
    "NaN equals nothing, and has no order",
    arguments: [
      ("0.0 / 0.0 == 0.0 / 0.0", "false"), ("0.0 / 0.0 != 0.0 / 0.0", "true"),
      ("0.0 / 0.0 in [0.0 / 0.0]", "false"), ("[0.0 / 0.0] == [0.0 / 0.0]", "false"),
      ("double('NaN') == 1", "false"), ("double('NaN') < 1.0", "false"),
      ("double('NaN') >= 1.0", "false"), ("1 > double('NaN')", "false"), ("-0.0 == 0.0", "true"),
    ] as Outcomes)
  func notANumber(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "bools, numbers in any mix, texts, bytes and times have an order",
    arguments: [
      ("false < true", "true"), ("true <= true", "true"), ("1 < 1.5", "true"), ("2u > 1", "true"),
      ("1.5 <= 2u", "true"), ("'a' < 'b'", "true"), ("'a' < 'aa'", "true"), ("'Z' < 'a'", "true"),
      ("b'a' < b'b'", "true"), (#"b'\xff' > b'a'"#, "true"),
      ("timestamp(1) > timestamp(0)", "true"), ("duration('1s') < duration('1001ms')", "true"),
      ("timestamp('1970-01-01T00:00:00.1Z') > timestamp(0)", "true"),
    ] as Outcomes)
  func order(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "nothing else has one, and no two types are ordered together",
    arguments: [
      "1 < 'a'", "null < 1", "null < null", "[1] < [2]", "{} < {}", "'a' < b'b'", "true < 1",
      "timestamp(0) < duration('1s')", "timestamp(0) > 0", "int < string",
      "optional.of(1) < optional.of(2)", "'1' < 2", "1.0 >= 'a'",
    ])
  func noOrder(text: String) { expect(text, "unknown(wrongType)") }

  @Test(
    "whole numbers of two types are compared exactly",
    arguments: [
      ("-1 < 0u", "true"), ("18446744073709551615u > 9223372036854775807", "true"),
      ("9223372036854775807 < 9223372036854775808u", "true"),
      ("9223372036854775807 == 9223372036854775807u", "true"), ("-1 >= 0u", "false"),
    ] as Outcomes)
  func wholeNumbers(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "a whole number meets a double as one, unless the double is out of its range",
    arguments: [
      ("9223372036854775807 < 9223372036854775808.0", "false"),
      ("9223372036854775807 == 9223372036854775808.0", "true"),
      ("9007199254740993 == 9007199254740992.0", "true"),
      ("18446744073709551615u == 18446744073709551616.0", "true"), ("1u > -1.0", "true"),
      ("9223372036854775807 < 1e19", "true"), ("-9223372036854775808 > -1e19", "true"),
      ("1 < double('Infinity')", "true"), ("0u > double('-Infinity')", "true"),
    ] as Outcomes)
  func lossy(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "lists are equal element by element, maps by their keys and values, whatever the order",
    arguments: [
      ("[1, 2] == [1, 2]", "true"), ("[1, 2] == [2, 1]", "false"), ("[1] == [1, 1]", "false"),
      ("[] == []", "true"), ("{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "true"),
      ("{'a': 1} == {'b': 1}", "false"), ("{'a': 1} == {'a': 1, 'b': 1}", "false"),
      ("{1: [2]} == {1u: [2.0]}", "true"), ("{'a': null} == {}", "false"),
    ] as Outcomes)
  func containers(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "texts are ordered by code point, and nothing is normalised",
    arguments: [
      (#"'é' == 'e\u0301'"#, "false"), (#"'e\u0301' < 'f'"#, "true"), ("'é' > 'f'", "true"),
      (#"'\uFFFD' < '\U0001F600'"#, "true"), ("'a' < 'B'", "false"), ("'ß' == 'ss'", "false"),
    ] as Outcomes)
  func texts(text: String, wanted: String) { expect(text, wanted) }
}
