import CEL
import Testing

@Suite("Depth and length")
struct DepthTests {
  @Test(
    "ten thousand levels are refused with one clear issue, whatever they are made of",
    arguments: [
      ("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("!", "true", ""), ("-", "x", ""),
      ("", "x", ".b"), ("", "x", "[0]"), ("", "x", ".?b"), ("", "x", "[?0]"), ("", "x", ".f()"),
      ("true ? 1 : ", "1", ""), ("true ? (", "1", ") : 1"), ("f(", "1", ")"), ("x.f(", "1", ")"),
      ("[1].map(x, ", "1", ")"), ("[1].exists(x, ", "true", ")"), ("cel.bind(x, 1, ", "1", ")"),
      ("cel.bind(x, ", "1", ", 1)"), ("1 + ", "1", ""), ("a && ", "a", ""), ("x[", "0", "]"),
      ("google.protobuf.Value{value: ", "1", "}"), ("(((((((((", "1", ")))))))))"),
    ])
  func levels(open: String, middle: String, close: String) {
    let text =
      String(repeating: open, count: 10_000) + middle + String(repeating: close, count: 10_000)
    // Longer ones would be refused for their length alone.
    let parsed = Expression.parse(String(text.prefix(100_000)))
    #expect(parsed.expression == nil)
    #expect(parsed.issues.map(\.kind) == [.tooDeep])
  }

  @Test(
    "ten megabytes of source are refused before they are read",
    arguments: [
      "(", "a", "1,", "'", "\"a\"", "a+", "\u{0}", "//", "é", "`a` ", "a.b", "[",
    ])
  func longSource(part: String) {
    let text = String(repeating: part, count: (10 << 20) / part.utf8.count)
    let parsed = Expression.parse(text)
    #expect(parsed.expression == nil && parsed.issues.map(\.kind) == [.tooDeep])
    #expect(parsed.issues.first?.message == "an expression has at most 100000 bytes")
  }

  @Test("a text of just the limit is read, and one byte more is not")
  func limit() {
    let text = "'" + String(repeating: "a", count: 99_998) + "'"
    #expect(Expression.parse(text).issues.isEmpty && !Expression.parse(text + " ").issues.isEmpty)
  }

  @Test(
    "the widest texts within the limit have an outcome, and no more issues than one reads",
    arguments: [
      ("[", "[],", "]"), ("[", "1.5,'a',", "]"), ("[", "unknown_name,", "]"),
      ("[", "f(x),", "]"), ("[", "x.mop(y),", "]"), ("[", "size([]),", "]"), ("[", "1+1,", "]"),
      ("[", "[1].map(x,x),", "]"), ("[", "true&&false,", "]"), ("[", "{},", "]"),
      ("math.greatest(1", ",2", ")"), ("[", "'a'.matches('a'),", "]"), ("size('", "é", "')"),
      ("", "@", ""),
    ])
  func wide(open: String, part: String, close: String) {
    let count = (99_900 - open.utf8.count - close.utf8.count) / part.utf8.count
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    let text = open + String(repeating: part, count: count) + close
    let evaluated = Bindings(["event": .map([])]).evaluate(text, in: environment)
    #expect(evaluated.outcome != nil || !evaluated.issues.isEmpty)
    #expect(evaluated.issues.count <= 400)
  }

  @Test("types of maps as keys of maps do not double with each level")
  func mapsAsKeys() {
    let source = BombTests.Doubling("{1: 1}", "{X: X}", "X == 1").source(times: 90)
    #expect(!Bindings().evaluate(source, in: Environment()).issues.isEmpty)
  }

  @Test("names that each stand on the two before are compiled once each")
  func names() throws {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    for number in 0..<60 {
      let source = number < 2 ? "event.n" : "n\(number - 1) + n\(number - 2) / 1"
      let tree = try #require(Expression.parse(source).expression)
      environment.define("n\(number)", as: tree.check(in: environment).expression)
    }
    let bindings = Bindings(["event": .map([(.string("n"), .double(1))])])
    #expect(outcome(bindings.evaluate("n59 > 1.0", in: environment).outcome) == "true")
  }
}
