import CEL
import Testing

@Suite("Parsing")
struct ParsingTests {
  @Test(
    "printed source is the source, where it has no more than it needs",
    arguments: [
      "1 + 2 * 3", "(1 + 2) * 3", "1 - (2 - 3)", "1 - 2 - 3", "a.b[\"c-d\"].e(1, x)",
      "-(5)", "-5", "--x", "!(a && b)", "!a && b", "-x.y", "(-x).y", "1 == 2 == false",
      "a ? b : c ? d : e", "(a ? b : c) ? d : e", "a in [1, 2u, 2.5, null, true]",
      "{\"a\": 1, ?\"b\": c.?d}", "[?a, b[?0]]", "has(a.b)", "has(a.?b)", "m.`content-type`",
      "x.all(i, i > 0)", "x.exists_one(i, i > 0)", "x.existsOne(i, v, v > i)",
      "x.map(i, i > 0, i * 2)", "x.transformMap(k, v, v + 1)", "cel.bind(x, 1, x + x)",
      "cel.bind(cel.index(0), 1, cel.index(0) + 1)", "x.map(cel.iterVar(0, 0), cel.iterVar(0, 0))",
      "b\"\\x00a\\xff\"", "\"a\\\"b\\n\\\\\"", "google.protobuf.Int32Value{value: 1}",
      "size(x) > 0 || \"a\" + \"b\" != c", ".a.b", "1e+100", "x.f()", "[].map(x, x)[0].foo",
      "-(5)[i]", "-(5).f()", "-(-5).a", "-(2.5).map(x, x)[0]", "!-5[i]", "a - 5[i]", "a - -5",
    ])
  func identity(source: String) throws {
    let parsed = Expression.parse(source)
    #expect(parsed.issues.isEmpty)
    #expect(try #require(parsed.expression).description == source)
  }

  @Test("every node knows its place in the source")
  func ranges() throws {
    let tree = try #require(Expression.parse("a.b + f(\"x\") * 2").expression)
    func texts(_ node: Expression) -> [String] {
      let source = Array("a.b + f(\"x\") * 2".utf8)
      return [String(decoding: source[node.range], as: UTF8.self)]
        + node.children.flatMap(texts)
    }
    #expect(
      texts(tree) == ["a.b + f(\"x\") * 2", "a.b", "a", "f(\"x\") * 2", "f(\"x\")", "\"x\"", "2"])
    let moved = tree.mapRanges { $0.lowerBound + 10..<$0.upperBound + 10 }
    #expect(moved.range == 10..<26 && moved.children[0].children[0].range == 10..<11)
  }

  @Test(
    "a whole path is its steps",
    arguments: [
      ("event.order[\"order-id\"].x", ["event", "order", "order-id", "x"]),
      ("event", ["event"]), ("e.`a b`", ["e", "a b"]),
    ])
  func paths(source: String, path: [String]) {
    #expect(Expression.parse(source).expression?.path == path)
  }

  @Test(
    "anything else has no path",
    arguments: ["event.items[0]", "f(x).y", "event.?a", "1", "a + b", "a[b]"])
  func noPath(source: String) { #expect(Expression.parse(source).expression?.path == nil) }

  @Test(
    "what is no expression is refused where it goes wrong",
    arguments: [
      ("a + «»", "expected a value, found the end"), ("a «b»", "an operator or the end"),
      ("f(1«»", "expected `)` after the arguments"), ("[1 «2»]", "or `,` after the item"),
      ("{1«}»", "expected `:` after the key"), ("f(1,«)»", "expected a value"),
      ("a.«true»", "a field name after `.`"), ("«if» (a) b", "reserved word"),
      ("has(«a»)", "`has` takes one field"), ("has(«m[\"k\"]»)", "`has` takes one field"),
      ("x.all(«y.z», true)", "simple names"), ("x.all(k, «k», true)", "simple names"),
      ("a ? b«»", "between the two results"), ("in «(»a, b)", ""), ("x in «(»1, 2)", "`[` and `]`"),
      ("a «#» b", "no meaning"), ("--«9223372036854775808»", "64 bits"),
      ("«99999999999999999999»", "64 bits"), ("«18446744073709551616u»", "64 bits"),
    ].filter { !$0.1.isEmpty })
  func mistakes(source: String, message: String) throws {
    let (text, range) = marked(source)
    let issue = try #require(Expression.parse(text).issues.first)
    #expect(issue.message.contains(message), "\(issue.message)")
    #expect(issue.range == range)
  }

  @Test(
    "an escape that does not exist is refused",
    arguments: [
      "'«\\s»'", "'«\\4»00'", "'«\\u»12'", "'«\\U»0011000g'", "'«\\u»d83d'", "b'«\\u»0041'",
      "'«\\U»00110000'",
    ])
  func escapes(source: String) throws {
    let (text, range) = marked(source)
    let issue = try #require(Expression.parse(text).issues.first)
    #expect(issue.kind == .badEscape && issue.range == range)
  }

  @Test(
    "nesting beyond the limit is one issue, never a crash",
    arguments: [
      String(repeating: "(", count: 10_000), String(repeating: "[", count: 10_000),
      String(repeating: "!", count: 10_000) + "x", String(repeating: "-", count: 10_000) + "x",
      String(repeating: "f(", count: 10_000), "x" + String(repeating: ".a", count: 10_000),
      "x" + String(repeating: "[0]", count: 10_000), String(repeating: "{1:", count: 10_000),
      String(repeating: "a ? b : ", count: 10_000) + "c",
      "1" + String(repeating: " + 1", count: 10_000),
      String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
    ])
  func nesting(source: String) {
    let parsed = Expression.parse(source)
    #expect(parsed.expression == nil)
    #expect(parsed.issues.map(\.kind) == [.tooDeep])
  }

  @Test("chains that people write are far below the limit")
  func longChains() {
    let chain = Array(repeating: "x == 1", count: 300).joined(separator: " || ")
    #expect(Expression.parse(chain).issues.isEmpty)
    let nested = String(repeating: "(", count: 90) + "1" + String(repeating: ")", count: 90)
    #expect(Expression.parse(nested).issues.isEmpty)
  }
}
