import Testing

@Suite("Semantics 8: conversions")
struct ConversionTests {
  @Test(
    "`int` and `uint` of a double cut towards zero, strictly within range",
    arguments: [
      ("int(1.9)", "1"), ("int(-1.9)", "-1"), ("int(9223372036854774784.0)", "9223372036854774784"),
      ("int(9223372036854775807.0)", "unknown(overflow)"),
      ("int(-9223372036854775808.0)", "unknown(overflow)"), ("int(1e99)", "unknown(overflow)"),
      ("int(double('NaN'))", "unknown(overflow)"), ("int(double('Infinity'))", "unknown(overflow)"),
      ("uint(1.9)", "1u"), ("uint(-0.5)", "unknown(overflow)"),
      ("uint(18446744073709551615.0)", "unknown(overflow)"),
      ("uint(double('NaN'))", "unknown(overflow)"), ("int(5u)", "5"), ("uint(5)", "5u"),
      ("uint(-1)", "unknown(overflow)"), ("int(9223372036854775808u)", "unknown(overflow)"),
      ("double(9007199254740993)", "9007199254740992.0"), ("double(5u)", "5.0"),
    ] as Outcomes)
  func numbers(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "a whole number is spelled in decimal digits with an optional sign, and nothing else",
    arguments: [
      ("int('12')", "12"), ("int('-12')", "-12"), ("int('+12')", "12"), ("int('007')", "7"),
      ("int('-9223372036854775808')", "-9223372036854775808"),
      ("int('9223372036854775808')", "unknown(malformed)"), ("int('0x10')", "unknown(malformed)"),
      ("int('1_000')", "unknown(malformed)"), ("int('')", "unknown(malformed)"),
      ("int('-')", "unknown(malformed)"), ("int('1.0')", "unknown(malformed)"),
      ("int(' 1')", "unknown(malformed)"), ("int('1 ')", "unknown(malformed)"),
      ("int('٣')", "unknown(malformed)"), ("uint('5')", "5u"), ("uint('-1')", "unknown(malformed)"),
      ("uint('+1')", "unknown(malformed)"), ("uint('18446744073709551616')", "unknown(malformed)"),
    ] as Outcomes)
  func spelledIntegers(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "a double is spelled as a literal is, or `NaN`, `Infinity`, `-Infinity`",
    arguments: [
      ("double('1.5')", "1.5"), ("double('-1.5e3')", "-1500.0"), ("double('5')", "5.0"),
      ("double('.5')", "0.5"), ("double('NaN')", #"double("NaN")"#),
      ("double('Infinity')", #"double("Infinity")"#),
      ("double('-Infinity')", #"double("-Infinity")"#),
      ("double(' 1')", "unknown(malformed)"), ("double('1 ')", "unknown(malformed)"),
      ("double('1e400')", "unknown(malformed)"), ("double('1e-400')", "0.0"),
      ("double('1.')", "unknown(malformed)"), ("double('1e')", "unknown(malformed)"),
      ("double('inf')", "unknown(malformed)"), ("double('nan')", "unknown(malformed)"),
      ("double('0x1p3')", "unknown(malformed)"), ("double('1,5')", "unknown(malformed)"),
      ("double('')", "unknown(malformed)"), ("double('.')", "unknown(malformed)"),
    ] as Outcomes)
  func spelledDoubles(text: String, wanted: String) { expect(text, wanted) }

  @Test("a bool is spelled in ten ways")
  func bools() {
    for text in ["1", "t", "true", "TRUE", "True"] { expect("bool('\(text)')", "true") }
    for text in ["0", "f", "false", "FALSE", "False"] { expect("bool('\(text)')", "false") }
    for text in ["T", "F", "tRUE", "yes", "", " true", "01", "null"] {
      expect("bool('\(text)')", "unknown(malformed)")
    }
    for value in ["1", "0.0", "1u", "null", "[]"] { expect("bool(\(value))", "unknown(wrongType)") }
  }

  @Test(
    "`string` of bytes is strict UTF-8; null, lists, maps and types have no text",
    arguments: [
      (#"string(b'\xc3\xa9')"#, #""é""#), (#"string(b'\xff')"#, "unknown(malformed)"),
      (#"string(b'\xed\xa0\x80')"#, "unknown(malformed)"),
      (#"string(b'\xc0\x80')"#, "unknown(malformed)"),
      (#"string(b'a\xe2\x82')"#, "unknown(malformed)"),
      (#"string(b'\xf4\x90\x80\x80')"#, "unknown(malformed)"),
      ("string(null)", "unknown(wrongType)"), ("string([1])", "unknown(wrongType)"),
      ("string({})", "unknown(wrongType)"), ("string(int)", "unknown(wrongType)"),
      ("string(optional.of(1))", "unknown(wrongType)"), ("bytes('é')", #"b"\xc3\xa9""#),
      ("bytes(1)", "unknown(wrongType)"), ("string(true)", #""true""#),
    ] as Outcomes)
  func texts(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "a conversion takes its own type, and `dyn` anything, as it is",
    arguments: [
      ("bool(true)", "true"), ("bytes(b'a')", #"b"a""#), ("double(1.5)", "1.5"), ("int(5)", "5"),
      ("string('a')", #""a""#), ("uint(5u)", "5u"),
      ("timestamp(timestamp(5)) == timestamp(5)", "true"),
      ("duration(duration('5s')) == duration('5s')", "true"), ("dyn([1])", "[1]"),
      ("dyn(null)", "null"),
      ("int(true)", "unknown(wrongType)"), ("double(true)", "unknown(wrongType)"),
      ("timestamp('x') == timestamp(0) || true", "true"), ("duration(5)", "unknown(wrongType)"),
    ] as Outcomes)
  func identities(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "times become seconds",
    arguments: [
      ("int(timestamp('1970-01-01T00:01:00Z'))", "60"),
      ("int(timestamp('1969-12-31T23:59:59.5Z'))", "-1"),
      ("timestamp(60)", #"timestamp("1970-01-01T00:01:00Z")"#), ("int(duration('90.9s'))", "90"),
      ("int(duration('-90.9s'))", "-90"), ("double(timestamp(0))", "unknown(wrongType)"),
    ] as Outcomes)
  func times(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`type` gives a value without parameters, which has a type itself",
    arguments: [
      ("type(1) == int", "true"), ("type(type(1)) == type", "true"),
      ("type([1]) == type(['a'])", "true"),
      ("type(null) == null_type", "true"), ("type(1u)", "uint"), ("type(1.0)", "double"),
      ("type('')", "string"), ("type(b'')", "bytes"), ("type({})", "map"), ("type(true)", "bool"),
      ("type(timestamp(0))", "google.protobuf.Timestamp"),
      ("type(optional.none())", "optional_type"),
      ("type(duration('0s'))", "google.protobuf.Duration"), ("type(1) == type(1.0)", "false"),
    ] as Outcomes)
  func types(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "messages that wrap a plain value are that value, as narrow as the message",
    arguments: [
      ("google.protobuf.Int64Value{value: 5}", "5"), ("google.protobuf.BoolValue{}", "false"),
      ("google.protobuf.FloatValue{value: 3.1416} == 3.1416", "false"),
      ("google.protobuf.FloatValue{value: 0.5} == 0.5", "true"),
      ("google.protobuf.FloatValue{value: x} == x", "false"),
      ("google.protobuf.Int32Value{value: 2147483648}", "unknown(overflow)"),
      ("google.protobuf.Int32Value{value: -2147483648}", "-2147483648"),
      ("google.protobuf.UInt32Value{value: 4294967296u}", "unknown(overflow)"),
      ("google.protobuf.Int32Value{value: 'a'}", "unknown(wrongType)"),
      ("google.protobuf.Int32Value{vale: 1}", "unknown(missing)"),
      ("google.protobuf.Value{}", "null"),
      ("google.protobuf.Any{}", "unknown(malformed)"), ("some.Message{}", "unknown(unbound)"),
      ("google.protobuf.Struct{fields: {'a': 1.0}}.a", "1.0"),
      ("google.protobuf.ListValue{values: [1.0]}[0]", "1.0"),
    ] as Outcomes)
  func wrappers(text: String, wanted: String) { expect(text, wanted, with: ["x": "0.1"]) }
}
