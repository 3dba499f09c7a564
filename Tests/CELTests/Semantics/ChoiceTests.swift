import Testing

/// Each line of `docs/decisions/0050-where-cel-engines-differ.md`.
@Suite("Semantics: where the official engines differ")
struct ChoiceTests {
  @Test(
    "an expression comes to what was chosen",
    arguments: [
      ("0.0 / 0.0 < 1.0", "false"), ("0.0 / 0.0 >= 1", "false"), ("1u > 0.0 / 0.0", "false"),
      ("'abc'.indexOf('a', 30)", "unknown(outOfRange)"),
      ("'abc'.lastIndexOf('a', 30)", "unknown(outOfRange)"), ("'%d'.format([1.5])", #""1.5""#),
      ("'%d'.format([1e20])", #""100000000000000000000""#),
      ("'%s'.format([1e20])", #""100000000000000000000""#), ("string(1.0 / 0.0)", #""Infinity""#),
      ("string(-1.0 / 0.0)", #""-Infinity""#), ("'%s'.format([-1.0 / 0.0])", #""-Infinity""#),
      ("double(string(1.0 / 0.0))", #"double("Infinity")"#), ("int(' 1')", "unknown(malformed)"),
      ("double(' 1')", "unknown(malformed)"), ("double('1e400')", "unknown(malformed)"),
      ("double('inf')", "unknown(malformed)"), ("double('nan')", "unknown(malformed)"),
      ("double('0x1p3')", "unknown(malformed)"), ("double('1.')", "unknown(malformed)"),
      ("int(true)", "unknown(wrongType)"), ("int(duration('90.9s'))", "90"),
      ("timestamp('2009-02-13t23:31:30z')", "unknown(malformed)"),
      ("timestamp('2009-02-13T23:31:60Z')", "unknown(malformed)"),
      ("string(timestamp('2009-02-13T23:31:30.120Z'))", #""2009-02-13T23:31:30.12Z""#),
      ("string(duration('1.50s'))", #""1.5s""#), ("duration('1.9ns') == duration('1ns')", "true"),
      ("timestamp(0).getHours('')", "unknown(malformed)"),
      ("timestamp(0).getHours('+25:00')", "unknown(malformed)"),
      ("timestamp(0).getHours('Local')", "unknown(malformed)"), ("''.split('')", "[]"),
      ("!!null", "unknown(wrongType)"), ("--'a'", "unknown(wrongType)"),
      ("{1: 1, 1u: 1}", "unknown(badKey)"), ("{1.5: 1}", "unknown(badKey)"),
      ("{null: 1}", "unknown(badKey)"), ("has({'a': optional.none()}.a.b)", "false"),
      ("duration('1.5s').getMilliseconds()", "500"), ("[1][?0.0]", "optional.of(1)"),
      (#"base64.decode('aG\nk=')"#, #"b"hi""#), ("'%.1s'.format(['abc'])", #""abc""#),
    ] as Outcomes)
  func choices(text: String, wanted: String) { expect(text, wanted) }
}
