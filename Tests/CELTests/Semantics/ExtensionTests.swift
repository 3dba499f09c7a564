import Testing

@Suite("Semantics 11: math and macros of two variables")
struct ExtensionTests {
  @Test(
    "rounding is half away from zero and takes doubles alone",
    arguments: [
      ("math.round(2.5)", "3.0"), ("math.round(-2.5)", "-3.0"),
      ("math.round(0.49999999999999994)", "0.0"),
      ("math.ceil(1.2)", "2.0"), ("math.floor(-1.2)", "-2.0"), ("math.trunc(-1.9)", "-1.0"),
      ("math.isNaN(0.0 / 0.0)", "true"), ("math.isInf(1.0 / 0.0)", "true"),
      ("math.isFinite(1.0)", "true"),
    ] as Outcomes)
  func rounding(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "these functions have no overload for whole numbers",
    arguments: ["ceil", "floor", "round", "trunc", "isNaN", "isInf", "isFinite"])
  func doublesOnly(name: String) {
    for number in ["1", "1u", "'1'", "null"] {
      expect("math.\(name)(\(number))", "unknown(wrongType)")
    }
  }

  @Test(
    "`greatest` and `least` take numbers of any mix or one list, and give the first of equals",
    arguments: [
      ("math.greatest(1, 2.5, 2u)", "2.5"), ("math.greatest(1, 1.0)", "1"),
      ("math.greatest(1.0, 1)", "1.0"),
      ("math.least([3, 2u, 2])", "2u"), ("math.least(-1, 0u)", "-1"), ("math.greatest(5)", "5"),
      ("math.greatest([])", "unknown(wrongType)"), ("math.greatest(['a'])", "unknown(wrongType)"),
      ("math.greatest(1, 'a')", "unknown(wrongType)"), ("math.least(null)", "unknown(wrongType)"),
      ("math.greatest([1], [2])", "unknown(wrongType)"), ("math.greatest()", "unknown(wrongType)"),
    ] as Outcomes)
  func extremes(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "signs and roots keep their types",
    arguments: [
      ("math.abs(-5)", "5"), ("math.abs(-1.5)", "1.5"), ("math.abs(5u)", "5u"),
      ("math.sign(-1.5)", "-1.0"),
      ("math.sign(0u)", "0u"), ("math.sign(-3)", "-1"), ("math.sqrt(9)", "3.0"),
      ("math.sqrt(2.25)", "1.5"),
      ("math.sqrt(-1.0)", #"double("NaN")"#),
      ("math.abs(-9223372036854775808)", "unknown(overflow)"),
      ("math.abs('a')", "unknown(wrongType)"),
    ] as Outcomes)
  func signs(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "shifts are logical, empty from 64 on, and never negative",
    arguments: [
      ("math.bitShiftRight(-1024, 3)", "2305843009213693824"),
      ("math.bitShiftRight(1u, 200)", "0u"),
      ("math.bitShiftLeft(1, 3)", "8"), ("math.bitShiftLeft(1, 63)", "-9223372036854775808"),
      ("math.bitShiftLeft(1, 64)", "0"), ("math.bitShiftLeft(1, 9223372036854775807)", "0"),
      ("math.bitShiftLeft(1, -1)", "unknown(outOfRange)"),
      ("math.bitShiftRight(1, -1)", "unknown(outOfRange)"),
      ("math.bitShiftLeft(1, 1u)", "unknown(wrongType)"), ("math.bitAnd(6, 3)", "2"),
      ("math.bitOr(6u, 3u)", "7u"),
      ("math.bitXor(6, 3)", "5"), ("math.bitNot(0)", "-1"),
      ("math.bitNot(0u)", "18446744073709551615u"),
      ("math.bitAnd(1, 1u)", "unknown(wrongType)"), ("math.bitOr(1.0, 1.0)", "unknown(wrongType)"),
    ] as Outcomes)
  func bits(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "macros of two variables bind index and value of a list, key and value of a map",
    arguments: [
      ("[5, 6].all(i, v, v == i + 5)", "true"), ("[5, 6].exists(i, v, i == 1 && v == 6)", "true"),
      ("[5, 6].existsOne(i, v, v > 5)", "true"),
      ("[5, 6].exists_one(i, v, v > 5)", "unknown(unbound)"),
      ("{'a': 1}.exists(k, v, k == 'a' && v == 1)", "true"),
      ("[5, 6].transformList(i, v, i * v)", "[0, 6]"),
      ("[5, 6].transformList(i, v, v > 5, i)", "[1]"),
      ("{'a': 1}.transformList(k, v, k)", #"["a"]"#),
      ("[5, 6].transformMap(i, v, v > 5, v + i)", "{1: 7}"),
      ("{'a': 1}.transformMap(k, v, v + 1)", #"{"a": 2}"#),
      ("[5, 6].transformMapEntry(i, v, {v: i})", "{5: 0, 6: 1}"),
      ("{'a': 1}.transformMapEntry(k, v, {v: k})", #"{1: "a"}"#),
      ("[5, 5].transformMapEntry(i, v, {v: i})", "unknown(badKey)"),
      ("[5].transformMapEntry(i, v, {})", "{}"),
      ("[5].transformMapEntry(i, v, {1: 2, 3: 4})", "unknown(wrongType)"),
      ("[5].transformMapEntry(i, v, 1)", "unknown(wrongType)"),
      ("[0, 1].all(i, v, 1 / v > 5)", "false"),
      ("[0].transformList(i, v, 1 / v)", "unknown(divisionByZero)"),
      ("[1].all(i, i, true)", "no CEL"), ("'ab'.all(i, c, true)", "unknown(wrongType)"),
    ] as Outcomes)
  func twoVariables(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "addresses and networks are values of their own",
    arguments: [
      ("ip('192.168.0.1').family()", "4"), ("isIP('::1')", "true"),
      ("isIP('::ffff:1.2.3.4')", "false"),
      ("cidr('192.168.0.0/24').containsIP('192.168.0.7')", "true"),
      ("string(ip('2001:DB8::1'))", #""2001:db8::1""#),
      ("cel.bind(x, ip('::1'), type(x))", "net.IP"),
      ("[[ip('::1')]].map(x, type(x[0]))", "[net.IP]"), ("type(ip('::1'))", "net.IP"),
      ("type(cidr('::/0'))", "net.CIDR"),
      ("ip('x')", "unknown(malformed)"),
      ("ip('1.2.3.4') == '1.2.3.4'", "false"),
      ("ip('1.2.3.4') < ip('1.2.3.5')", "unknown(wrongType)"),
      ("size(ip('1.2.3.4'))", "unknown(wrongType)"),
    ] as Outcomes)
  func addresses(text: String, wanted: String) { expect(text, wanted) }
}
