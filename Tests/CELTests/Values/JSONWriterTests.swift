import CEL
import Testing

/// What an expression over `event` is written as.
private func written(
  _ text: String, event: String = "null", as form: JSONWriter.Form = .json
) throws -> (text: String, unknown: Value.Reason?) {
  var environment = Environment(profile: .regra)
  environment.declare("event", as: .dynamic)
  let expression = try CompiledExpression(text, in: environment)
  var activation = Activation()
  try activation.bind("event", toJSON: event)
  var writer = JSONWriter()
  activation.write(activation.evaluate(expression), as: form, to: &writer)
  let reason = writer.firstUnknown.flatMap { Value.Reason(rawValue: $0.reason) }
  return (String(decoding: writer.bytes, as: UTF8.self), reason)
}

@Suite("Values as JSON")
struct JSONWriterTests {
  @Test(
    "each type has one form",
    arguments: [
      ("null", "null"), ("true", "true"), ("-7", "-7"),
      ("9223372036854775807", "9223372036854775807"),
      ("18446744073709551615u", "18446744073709551615"),
      ("b'ab\\x00'", #""YWIA""#), ("b''", #""""#), ("type(1.5)", #""double""#),
      ("timestamp('2026-03-02T09:00:00.250-03:00')", #""2026-03-02T12:00:00.25Z""#),
      ("duration('-1h30m')", #""-5400s""#), ("duration('500ms')", #""0.5s""#),
      ("optional.none()", "null"), ("optional.of('a')", #""a""#),
      ("ip('10.0.0.1')", #""10.0.0.1""#),
      ("[1, [2.5, 'x'], {}, []]", #"[1,[2.5,"x"],{},[]]"#),
      ("{'a': 1, 2: true, true: null, 3u: []}", #"{"a":1,"2":true,"true":null,"3":[]}"#),
    ])
  func types(text: String, json: String) throws {
    #expect(try written(text) == (json, nil))
  }

  @Test(
    "a double reads back as the same double",
    arguments: [
      ("3.0", "3.0"), ("-0.5", "-0.5"), ("0.1 + 0.2", "0.30000000000000004"),
      ("1e20", "100000000000000000000.0"), ("1e21", "1e+21"), ("1.5e300", "1.5e+300"),
      ("1e-7", "0.0000001"), ("2.5e-8", "2.5e-08"), ("double('NaN')", #""NaN""#),
      ("double('Infinity')", #""Infinity""#), ("double('-Infinity')", #""-Infinity""#),
    ])
  func doubles(text: String, json: String) throws {
    #expect(try written(text) == (json, nil))
    guard !json.hasPrefix("\"") else { return }
    #expect(try written("event == (\(text)) && type(event) == double", event: json).text == "true")
  }

  @Test("quotes, backslashes and control characters are escaped, wherever they stand")
  func escapes() throws {
    for length in 0..<40 {
      let plain = String(repeating: "é", count: length / 2) + String(repeating: "a", count: length)
      let json = "\"\(plain)" + #"\"\\\n\r\t\u0000\u001f"# + "\(plain)\""
      #expect(try written("event", event: json).text == json)
    }
    #expect(
      try written("event", event: #""\/\b\f\u00e9\ud83d\ude00""#).text == #""/\u0008\u000cé😀""#)
  }

  @Test("an event is written as it was read, without blanks")
  func identity() throws {
    let event = #"{ "b" : [ 1 , 2.50, {"c":null} ] , "a": {} , "é\n": false }"#
    #expect(
      try written("event", event: event).text == #"{"b":[1,2.5,{"c":null}],"a":{},"é\n":false}"#)
  }

  @Test("a raw text stands without quotes and escapes, everything else is as in JSON")
  func raw() throws {
    #expect(try written(#"'a"b\n'"#, as: .raw).text == "a\"b\n")
    #expect(try written("timestamp(0)", as: .raw).text == "1970-01-01T00:00:00Z")
    #expect(try written("optional.of('a')", as: .raw).text == "a")
    #expect(try written("['a']", as: .raw).text == #"["a"]"#)
    #expect(try written("1.0", as: .raw).text == "1.0")
  }

  @Test("an unknown is null, and the first one is remembered")
  func unknowns() throws {
    #expect(try written("event.a", event: "{}") == ("null", .missing))
    let large = #"{"a":[1,123456789012345678901234567890]}"#
    #expect(try written("event", event: large) == (#"{"a":[1,null]}"#, .unrepresentable))
  }

  @Test("a deep event is written whole")
  func depth() throws {
    let deep = String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)
    #expect(try written("event", event: deep).text == deep)
  }

  @Test(
    "what is written is what was read: any compact JSON, byte by byte",
    arguments: 0..<8 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<100 {
      let text = randomJSON(depth: 4, &generator)
      #expect(try written("event", event: text).text == text)
    }
  }
}

/// JSON without blanks, with only the escapes that must be.
private func randomJSON(depth: Int, _ generator: inout SeededGenerator) -> String {
  let kind = Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator)
  let count = Int.random(in: 0..<5, using: &generator)
  switch kind {
  case 0: return ["null", "true", "false"][count % 3]
  case 1: return String(Int64.random(in: .min ... .max, using: &generator) >> (count * 12))
  case 2: return "\(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 64)"
  case 3...5: return randomText(&generator)
  case 6:
    return "["
      + (0..<count).map { _ in randomJSON(depth: depth - 1, &generator) }
      .joined(separator: ",") + "]"
  default:
    return "{"
      + (0..<count).map { _ in
        randomText(&generator) + ":" + randomJSON(depth: depth - 1, &generator)
      }.joined(separator: ",") + "}"
  }
}

private func randomText(_ generator: inout SeededGenerator) -> String {
  let pieces = [
    "a", " ", "é", "😀", #"\""#, #"\\"#, #"\n"#, #"\u0000"#, #"\u001f"#, "\u{7F}", "0123456789",
  ]
  let count = Int.random(in: 0..<12, using: &generator)
  return "\""
    + (0..<count).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &generator)]
    }.joined() + "\""
}
