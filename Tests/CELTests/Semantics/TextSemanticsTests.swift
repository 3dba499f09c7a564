import Testing

@Suite("Semantics 7: texts, bytes, patterns")
struct TextSemanticsTests {
  @Test(
    "sizes and places count code points, in bytes octets",
    arguments: [
      ("size('😀é')", "2"), ("size(b'é')", "2"), ("'😀é'.size()", "2"), ("'a😀é'.charAt(1)", #""😀""#),
      ("'a😀é'.indexOf('é')", "2"), ("'a😀é'.lastIndexOf('é')", "2"),
      ("'a😀é'.substring(1, 2)", #""😀""#),
      ("'a😀é'.substring(2)", #""é""#), ("'😀é'.reverse()", #""é😀""#), ("size('')", "0"),
    ] as Outcomes)
  func counting(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`matches` searches, as RE2 does: ASCII classes, `.` without line ends, `^ $` at the ends",
    arguments: [
      ("'ab'.matches('b')", "true"), ("'ab'.matches('^b')", "false"),
      ("matches('ab', 'b$')", "true"),
      (#"'a\nb'.matches('a.b')"#, "false"), (#"'a\nb'.matches('(?s)a.b')"#, "true"),
      (#"'a\nb'.matches('^b')"#, "false"), (#"'a\nb'.matches('(?m)^b')"#, "true"),
      (#"'a\n'.matches('a$')"#, "false"), (#"'é'.matches('\\w')"#, "false"),
      (#"'٣'.matches('\\d')"#, "false"), (#"'\u00a0'.matches('\\s')"#, "false"),
      (#"'é'.matches('\\pL')"#, "true"), ("'é'.matches('^.$')", "true"),
      ("'😀'.matches('^.$')", "true"),
      (#"'e\u0301'.matches('^.$')"#, "false"), ("''.matches('')", "true"),
      ("'É'.matches('(?i)é')", "true"),
      (#"'ab'.matches('\\bb')"#, "false"), ("'a'.matches(b'a')", "unknown(wrongType)"),
    ] as Outcomes)
  func patterns(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "what RE2 refuses fails, as a constant and as a value alike",
    arguments: ["(?=a)", "(?!a)", "(?<=a)", #"(a)\\1"#, "a(", "[a", "*a", "(?P<x", "a{1001}"])
  func refusedPatterns(pattern: String) {
    expect("'a'.matches('\(pattern)')", "unknown(malformed)")
    expect("['\(pattern)'].map(p, 'a'.matches(p))", "unknown(malformed)")
    expect("'a'.matches('\(pattern)') || true", "true")
  }

  @Test("a pattern that backtracks elsewhere takes linear time here")
  func linearTime() {
    let text = String(repeating: "a", count: 50_000)
    expect(
      "t.matches('(a*)*b') || t.matches('(a|aa)+$') == false", "false", with: ["t": "'\(text)'"])
  }

  @Test(
    "a double's text has the shortest digits and an exponent where `%g` has one",
    arguments: [
      ("string(1.0)", #""1""#), ("string(123456789.125)", #""1.23456789125e+08""#),
      ("string(1e-7)", #""1e-07""#), ("string(-0.0)", #""-0""#), ("string(100000.0)", #""100000""#),
      ("string(1000000.0)", #""1e+06""#), ("string(0.0001)", #""0.0001""#),
      ("string(0.00001)", #""1e-05""#), ("string(1e300)", #""1e+300""#),
      ("string(0.1 + 0.2)", #""0.30000000000000004""#),
      ("string(2.5)", #""2.5""#), ("string(double('NaN'))", #""NaN""#), ("string(5u)", #""5""#),
      ("string(-5)", #""-5""#), ("string(-9223372036854775808)", #""-9223372036854775808""#),
    ] as Outcomes)
  func doubles(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`charAt`, `substring`, `indexOf` and `lastIndexOf` fail beyond the text",
    arguments: [
      ("'abc'.charAt(3)", #""""#), ("'abc'.charAt(4)", "unknown(outOfRange)"),
      ("'abc'.charAt(-1)", "unknown(outOfRange)"), ("'abc'.substring(3)", #""""#),
      ("'abc'.substring(4)", "unknown(outOfRange)"),
      ("'abc'.substring(1, 0)", "unknown(outOfRange)"),
      ("'abc'.substring(0, 4)", "unknown(outOfRange)"), ("'abc'.indexOf('a', 3)", "-1"),
      ("'abc'.indexOf('', 3)", "3"), ("'abc'.indexOf('a', 30)", "unknown(outOfRange)"),
      ("'abc'.indexOf('a', -1)", "unknown(outOfRange)"), ("'abca'.lastIndexOf('a', 2)", "0"),
      ("'abc'.lastIndexOf('')", "3"), ("'abc'.lastIndexOf('c', 30)", "unknown(outOfRange)"),
    ] as Outcomes)
  func places(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`split` and `replace` take a limit, below zero for none",
    arguments: [
      ("'a,b,c'.split(',')", #"["a", "b", "c"]"#), ("'a,b,c'.split(',', 0)", "[]"),
      ("'a,b,c'.split(',', 1)", #"["a,b,c"]"#), ("'a,b,c'.split(',', 2)", #"["a", "b,c"]"#),
      ("'a,b'.split(',', -1)", #"["a", "b"]"#), ("'é😀'.split('')", #"["é", "😀"]"#),
      ("''.split(',')", #"[""]"#),
      ("''.split('')", "[]"), ("'aaa'.replace('a', 'b')", #""bbb""#),
      ("'aaa'.replace('a', 'b', 2)", #""bba""#),
      ("'aaa'.replace('a', 'b', 0)", #""aaa""#), ("'aaa'.replace('a', 'b', -1)", #""bbb""#),
      ("'éb'.replace('', '-')", #""-é-b-""#), ("['a', 'b'].join('-')", #""a-b""#),
      ("[].join()", #""""#),
      ("[1].join()", "unknown(wrongType)"), (#"strings.quote('a"\n')"#, #""\"a\\\"\\n\"""#),
    ] as Outcomes)
  func pieces(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`lowerAscii` and `upperAscii` touch ASCII; `trim` takes Unicode's white space and no more",
    arguments: [
      ("'ÀB'.lowerAscii()", #""Àb""#), ("'àb'.upperAscii()", #""àB""#),
      (
        #"'\u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000 \t\n\v\f\rx '.trim()"#,
        #""x""#
      ),
      (#"size('\u200bx\u200b'.trim())"#, "3"), (#"size('\ufeffx'.trim())"#, "2"),
      (#"size('\u180ex'.trim())"#, "2"), ("'  '.trim()", #""""#),
    ] as Outcomes)
  func letters(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`format` knows its verbs, rounds half to even what the bits say, and sorts maps",
    arguments: [
      ("'%s|%d|%%'.format(['a', 1])", #""a|1|%""#),
      ("'%f %e'.format([1.5, 1.5])", #""1.500000 1.500000e+00""#),
      ("'%.2f'.format([2.675])", #""2.67""#), ("'%.0f %.0f'.format([0.5, 1.5])", #""0 2""#),
      ("'%.3e'.format([1234.5])", #""1.234e+03""#),
      ("'%x %X %x'.format([255, 255, -255])", #""ff FF -ff""#),
      ("'%x %X'.format(['az', b'\\xff'])", #""617a FF""#),
      ("'%o %b %b'.format([8, 5, true])", #""10 101 1""#),
      ("'%s'.format([{'b': 1, 'a': [2.5, null]}])", #""{a: [2.5, null], b: 1}""#),
      ("'%s'.format([timestamp(0)])", #""1970-01-01T00:00:00Z""#),
      ("'%s'.format([duration('1.5s')])", #""1.5s""#),
      ("'%s'.format([int])", #""int""#), ("'%s %s'.format(['a'])", "unknown(outOfRange)"),
      ("'a'.format(['surplus'])", #""a""#), ("'%z'.format([1])", "unknown(malformed)"),
      ("'%'.format([1])", "unknown(malformed)"), ("'%d'.format(['a'])", "unknown(wrongType)"),
      ("'%x'.format([1.5])", "unknown(wrongType)"), ("'%b'.format(['a'])", "unknown(wrongType)"),
      ("'%f'.format(['a'])", "unknown(wrongType)"),
      ("'%.2s'.format(['abc'])", #""abc""#),
    ] as Outcomes)
  func format(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "base64 has the standard alphabet, with and without padding",
    arguments: [
      ("base64.decode('aGk=')", #"b"hi""#), ("base64.decode('aGk')", #"b"hi""#),
      (#"base64.decode('aGVs\r\nbG8=')"#, #"b"hello""#), ("base64.encode(b'hi')", #""aGk=""#),
      ("base64.encode(b'')", #""""#), ("base64.decode('')", #"b"""#),
      ("base64.decode('aGk-')", "unknown(malformed)"),
      ("base64.decode('_w')", "unknown(malformed)"),
      ("base64.decode('a')", "unknown(malformed)"),
      ("base64.decode('aGk==')", "unknown(malformed)"),
      ("base64.decode('aG k')", "unknown(malformed)"),
    ] as Outcomes)
  func base64(text: String, wanted: String) { expect(text, wanted) }
}
