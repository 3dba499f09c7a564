import CEL
import Testing

@Suite("Semantics 12: where Swift differs from CEL")
struct SwiftTrapTests {
  @Test(
    "texts are compared, found and counted by code point, not by grapheme",
    arguments: [
      (#"'é' == 'e\u0301'"#, "false"), (#"{'é': 1, 'e\u0301': 2}.size()"#, "2"),
      (#"{'é': 1, 'e\u0301': 2}['é']"#, "1"), (#"{'é': 1}['e\u0301']"#, "unknown(missing)"),
      (#"'e\u0301' < 'f'"#, "true"), (#"'e\u0301x'.startsWith('e')"#, "true"),
      (#"'xe\u0301'.endsWith('\u0301')"#, "true"),
      (#"'e\u0301'.contains('e')"#, "true"), (#"'e\u0301'.indexOf('\u0301')"#, "1"),
      (#"size('\r\n')"#, "2"),
      (#"size('👨‍👩‍👧')"#, "5"), (#"'é' in ['e\u0301']"#, "false"), (#"'🇧🇷'.charAt(0)"#, #""🇧""#),
      (#"'e\u0301' in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'é']"#, "false"),
      (#"'é'.replace('e', 'x')"#, #""é""#), (#"'a\r\nb'.split('\n')"#, #"["a\r", "b"]"#),
    ] as Outcomes)
  func graphemes(text: String, wanted: String) { expect(text, wanted) }

  @Test("bound texts with equal looks are different keys")
  func boundKeys() {
    let map = Literal.map([(.string("é"), .int(1)), (.string("e\u{301}"), .int(2))])
    let bindings = Bindings(["m": map, "k": .string("e\u{301}")])
    #expect(outcome(bindings.evaluate("m[k]", in: Environment()).outcome) == "2")
    #expect(outcome(bindings.evaluate("m['é']", in: Environment()).outcome) == "1")
  }

  @Test(
    "patterns are RE2's: no lookahead, no backreference, ASCII classes, code points",
    arguments: [
      ("'a'.matches('(?=a)')", "unknown(malformed)"),
      (#"'aa'.matches('(a)\\1')"#, "unknown(malformed)"),
      (#"'é'.matches('^\\w$')"#, "false"), (#"'e\u0301'.matches('^..$')"#, "true"),
    ] as Outcomes)
  func patterns(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "JSON's numbers and truth values are told apart, and large ones are not bent in silence",
    arguments: [
      ("type(event.one)", "int"), ("type(event.yes)", "bool"), ("event.yes == 1", "false"),
      ("type(event.point)", "double"), ("type(event.exponent)", "double"),
      ("event.odd", "9007199254740993"),
      ("event.large", "1.8446744073709552e+19"), ("event.max", "9223372036854775807"),
      ("event.min", "-9223372036854775808"), ("event.zero", "-0.0"),
    ] as Outcomes)
  func json(text: String, wanted: String) throws {
    let event = EventDocument(
      """
      {"one": 1, "yes": true, "point": 1.0, "exponent": 1e0, "odd": 9007199254740993, "zero": -0.0,
       "large": 18446744073709551615, "max": 9223372036854775807, "min": -9223372036854775808}
      """)
    var environment = Environment()
    environment.declare("event", as: .dynamic)
    var program = Program()
    var layout = SlotLayout()
    let tree = try #require(Expression.parse(text).expression)
    let entry = program.add(
      tree.check(in: environment).expression, in: environment, layout: &layout)
    #expect(event.evaluate(program, entry, layout) == wanted)
  }

  @Test("arithmetic at the edges of the types fails and does not trap")
  func edges() {
    let edges = ["-9223372036854775808", "9223372036854775807", "-1", "0", "1"]
    for left in edges {
      for right in edges {
        for operation in ["+", "-", "*", "/", "%"] {
          // The literal is folded, the variable computed.
          let folded = evaluate("\(left) \(operation) \(right)")
          #expect(evaluate("a \(operation) b", with: ["a": left, "b": right]) == folded)
        }
      }
    }
    for number in ["1e19", "-1e19", "1e300", "double('NaN')", "double('-Infinity')"] {
      expect("int(\(number))", "unknown(overflow)")
      expect("[1][\(number)]", "unknown(wrongType)")
    }
  }

  @Test(
    "spelling of doubles is CEL's in both directions",
    arguments: [
      ("double('1e400')", "unknown(malformed)"), ("double('nan')", "unknown(malformed)"),
      ("double('inf')", "unknown(malformed)"), ("double('0x1p3')", "unknown(malformed)"),
      ("double('1.')", "unknown(malformed)"), ("string(1.0)", #""1""#),
      ("string(123456789.125)", #""1.23456789125e+08""#),
    ] as Outcomes)
  func doubles(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "times keep their nanoseconds, and offsets are zones",
    arguments: [
      ("timestamp('2026-03-02T09:00:00.000000001Z') > timestamp('2026-03-02T09:00:00Z')", "true"),
      ("string(timestamp('2026-03-02T09:00:00.123456789Z'))", #""2026-03-02T09:00:00.123456789Z""#),
      ("timestamp('2026-03-02T09:00:00Z').getMinutes('+05:30')", "30"),
      ("base64.decode('aGk')", #"b"hi""#),
    ] as Outcomes)
  func times(text: String, wanted: String) { expect(text, wanted) }
}
