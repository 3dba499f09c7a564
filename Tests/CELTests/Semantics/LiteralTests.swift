import CEL
import Testing

@Suite("Semantics 4: literals and lexing")
struct LiteralTests {
  @Test(
    "texts stand between quotes of either kind, also triple ones; `r` keeps backslashes",
    arguments: [
      ("'a'", #""a""#), (#""a""#, #""a""#), (#"'a"b'"#, #""a\"b""#), ("'''a'b'''", #""a'b""#),
      (#""""a"b""""#, #""a\"b""#), (#"r'\n'"#, #""\\n""#), (#"R"\n""#, #""\\n""#),
      (#"r'''a\'''"#, #""a\\""#), ("b'é'", #"b"\xc3\xa9""#), ("B'a'", #"b"a""#),
      (#"br'\n'"#, #"b"\x5cn""#), (#"bR'\n'"#, #"b"\x5cn""#), (#"BR'\n'"#, #"b"\x5cn""#),
      ("rb'a'", "no CEL"), ("''", #""""#), ("b''", #"b"""#), ("''''''", #""""#),
    ] as Outcomes)
  func quotes(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "only triple quotes hold a raw line end",
    arguments: [
      ("'a\nb'", "no CEL"), ("\"a\nb\"", "no CEL"), ("'''a\nb'''", #""a\nb""#),
      ("\"\"\"a\r\nb\"\"\"", #""a\r\nb""#), ("r'a\nb'", "no CEL"), ("'a", "no CEL"),
      ("'''a''", "no CEL"),
    ] as Outcomes)
  func lineEnds(text: String, wanted: String) { expect(text, wanted) }

  @Test("all escapes of one letter are known")
  func simpleEscapes() {
    expect(
      #"bytes('\\\?\"\'\`\a\b\f\n\r\t\v') == b'\x5c\x3f\x22\x27\x60\x07\x08\x0c\x0a\x0d\x09\x0b'"#,
      "true")
  }

  @Test(
    "escapes by number have a fixed count of digits",
    arguments: [
      (#"'\x41\X42'"#, #""AB""#), (#"'\u00e9'"#, #""é""#), (#"'\U0001F600'"#, #""😀""#),
      (#"'\101'"#, #""A""#), (#"'\000' == '\x00'"#, "true"), (#"'\1012'"#, #""A2""#),
      (#"'\u00e9x'"#, #""éx""#),
    ] as Outcomes)
  func numericEscapes(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "anything else behind a backslash is no CEL",
    arguments: [
      #"'\s'"#, #"'\400'"#, #"'\8'"#, #"'\19'"#, #"'\1'"#, #"'\x4'"#, #"'\xg0'"#, #"'\u12'"#,
      #"'\ud83d'"#, #"'\ud83d\ude00'"#, #"'\udfff'"#, #"'\U00110000'"#, #"'\U0000d800'"#, #"'\z'"#,
      #"b'\u00e9'"#, #"b'\U000000e9'"#, "'\\", "'\\é'",
    ])
  func noEscapes(text: String) { expect(text, "no CEL") }

  @Test(
    "a number of two or three digits is a code point in a text and an octet in bytes",
    arguments: [
      (#"'\xFF' == '\u00FF' && '\377' == 'ÿ'"#, "true"), (#"size(bytes('\xFF'))"#, "2"),
      (#"size(b'\xFF')"#, "1"), (#"b'\377' == b'\xff'"#, "true"), (#"b'ÿ' == b'\303\277'"#, "true"),
    ] as Outcomes)
  func codePoints(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "whole numbers are decimal or `0x…`, with `u` for uint",
    arguments: [
      ("0x1F", "31"), ("0xff", "255"), ("-0x10", "-16"), ("0x10u", "16u"), ("5U", "5u"),
      ("007", "7"), ("0XFF", "no CEL"), ("0x", "no CEL"), ("5uu", "no CEL"), ("1_000", "no CEL"),
      ("0xFFFFFFFFFFFFFFFF", "no CEL"), ("0xFFFFFFFFFFFFFFFFu", "18446744073709551615u"),
      ("-0x8000000000000000", "-9223372036854775808"), ("18446744073709551616u", "no CEL"),
    ] as Outcomes)
  func wholeNumbers(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "doubles have digits behind their point",
    arguments: [
      ("1.0", "1.0"), (".5", "0.5"), ("1e3", "1000.0"), ("1E+3", "1000.0"), ("1.5e-3", "0.0015"),
      ("-.5", "-0.5"), ("1.", "no CEL"), ("1e", "no CEL"), ("1.e3", "unknown(wrongType)"),
      ("1.5u", "no CEL"), ("1e400", #"double("Infinity")"#),
    ] as Outcomes)
  func doubles(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "a comma may end a list or a map, but no arguments; texts do not join by standing together",
    arguments: [
      ("[1,]", "[1]"), ("{1: 2,}", "{1: 2}"), ("[,]", "[]"), ("{,}", "{}"),
      ("size([1],)", "no CEL"),
      ("[,1]", "no CEL"), ("[1,,]", "no CEL"), ("'a' 'b'", "no CEL"), ("1 // one", "1"),
      ("[1, // one\n2]", "[1, 2]"), ("// nothing", "no CEL"), ("'//'", #""//""#),
      ("google.protobuf.Int32Value{value: 1,}", "1"),
    ] as Outcomes)
  func commas(text: String, wanted: String) { expect(text, wanted) }

  @Test("the four keywords are no names at all", arguments: ["true", "false", "null", "in"])
  func keywords(word: String) {
    expect("{'\(word)': 1}.\(word)", "no CEL")
    expect("has({'\(word)': 1}.\(word))", "no CEL")
    expect("{'\(word)': 1}['\(word)']", "1")
  }

  @Test(
    "reserved words are fields and methods, but neither names nor functions",
    arguments: [
      "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
      "package", "namespace", "return", "var", "void", "while",
    ])
  func reservedWords(word: String) {
    expect("{'\(word)': 1}.\(word)", "1")
    expect("has({'\(word)': 1}.\(word))", "true")
    expect("1.\(word)()", "unknown(unbound)")
    expect(word, "no CEL")
    expect("\(word)(1)", "no CEL")
    expect("[1].map(\(word), 1)", "no CEL")
  }

  @Test(
    "a field's name may stand in back quotes",
    arguments: [
      ("m.`content-type`", "1"), ("has(m.`content-type`)", "true"), ("has(m.`gone`)", "false"),
      ("m.`a.b/c d`", "2"), ("m.?`content-type`", "optional.of(1)"), ("m.`in`", "3"),
      ("`m`", "no CEL"), ("m.``", "no CEL"), ("m.`a", "no CEL"), ("math.`abs`(1)", "no CEL"),
      ("m.`a-b`(1u, 1u)", "no CEL"),
      ("m.`a-b`{}", "no CEL"), ("m.`in`{}", "no CEL"),
    ] as Outcomes)
  func quotedNames(text: String, wanted: String) {
    expect(text, wanted, with: ["m": "{'content-type': 1, 'a.b/c d': 2, 'in': 3}"])
  }

  @Test(
    "operators bind as in C, and relations are one level from left to right",
    arguments: [
      ("1 == 2 == false", "true"), ("1 < 2 == true", "true"),
      ("true == 1 < 2", "unknown(wrongType)"),
      ("1 in [1] == true", "true"), ("1 + 2 * 3", "7"), ("10 - 3 - 4", "3"), ("8 / 4 / 2", "1"),
      ("7 % 4 * 2", "6"), ("!true == false", "true"), ("-1 * -2", "2"),
      ("--9223372036854775807", "9223372036854775807"), ("-!-1", "unknown(wrongType)"),
      ("true || false && false", "true"), ("false && true || true", "true"),
      ("false ? 1 : true ? 2 : 3", "2"), ("true ? false ? 1 : 2 : 3", "no CEL"),
      ("true ? (false ? 1 : 2) : 3", "2"), ("1 + 1 == 2 && !false", "true"),
    ] as Outcomes)
  func precedence(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "chains of 400, lists of 5,000 and nesting of 90 work; beyond the limit it is a clear mistake")
  func depth() {
    for (operation, one, wanted) in [
      ("&&", "true", "true"), ("||", "false", "false"), ("+", "1", "400"),
    ] {
      expect(Array(repeating: one, count: 400).joined(separator: " \(operation) "), wanted)
    }
    expect("size([\(Array(repeating: "1", count: 5_000).joined(separator: ", "))])", "5000")
    expect("math.greatest(\((1...60).map(String.init).joined(separator: ", ")))", "60")
    expect(String(repeating: "false ? 0 : ", count: 90) + "1", "1")
    expect(String(repeating: "(", count: 90) + "1" + String(repeating: ")", count: 90), "1")
    expect(
      String(repeating: "[", count: 90) + String(repeating: "]", count: 90) + " == []", "false")
    expect("{'a': 1}" + String(repeating: ".a", count: 60), "unknown(wrongType)")
    let deep = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
    #expect(Expression.parse(deep).issues.map(\.kind) == [.tooDeep])
  }
}
