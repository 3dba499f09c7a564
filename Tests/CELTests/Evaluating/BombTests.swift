import CEL
import Testing

@Suite("Bombs")
struct BombTests {
  private static let tenMegabytes = Literal.string(String(repeating: "a", count: 10 << 20))
  /// The same text at another place.
  private static let copy = Literal.string(String(repeating: "a", count: 10 << 20))

  @Test(
    "a text of ten megabytes ends in no function as more than a clear unknown",
    arguments: [
      "size(t) > 0", "t.contains('b')", "t.startsWith('a')", "t.endsWith('a')",
      "t.indexOf('b') > 0",
      "t.lastIndexOf('b') > 0", "t.charAt(5)", "t.substring(5)", "t.replace('a', 'bb')",
      "t.replace('', 'bb')", "t.split('')", "t.split('a', 5)", "t.lowerAscii()", "t.upperAscii()",
      "t.trim()", "t.reverse()", "strings.quote(t)", "t + t", "t + 'a'", "t.matches('b')",
      "'a'.matches(t)", "[t, t].join()", "['a', 'b'].join(t)", "'%s%s'.format([t, t])",
      "'%x'.format([t])", "'%s'.format([{t: [t]}])", "t.format([])", "int(t)", "uint(t)",
      "double(t)", "bool(t)", "timestamp(t)", "duration(t)", "base64.encode(bytes(t))",
      "base64.decode(t)", "string(bytes(t))", "t == u", "t != u", "t <= u", "t in [u, u]",
      "{t: 1}[u]", "[t] == [u]", "{'k': t} == {'k': u}", "bytes(t) == bytes(u)",
      "t in ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']",
    ])
  func longText(source: String) {
    let both: [String: Literal] = ["t": Self.tenMegabytes, "u": Self.copy]
    let values = both.filter { source.contains($0.key) }
    let evaluated = Evaluated(source, values)
    #expect(evaluated.outcome == "unknown(cost)")
    #expect(evaluated.byteCount <= 1 << 20)
  }

  @Test(
    "where a text of ten megabytes is not looked at, it costs nothing",
    arguments: [
      ("isIP(t)", "false"), ("ip(t)", "unknown(malformed)"), ("type(t) == string", "true"),
      ("timestamp(0).getHours(t)", "unknown(malformed)"), ("t == 'a'", "false"),
      ("size([t, t])", "2"), ("t == 1", "false"),
    ])
  func untouchedText(source: String, outcome: String) {
    #expect(Evaluated(source, ["t": Self.tenMegabytes], costLimit: 100).outcome == outcome)
  }

  @Test(
    "texts that nearly match everywhere take no quadratic time",
    arguments: [
      "t.contains(n)", "t.indexOf(n) > 0", "t.lastIndexOf(n) > 0", "t.replace(n, 'x') == t",
      "size(t.split(n)) > 1",
    ])
  func nearMatches(source: String) {
    let text = Literal.string(String(repeating: "a", count: 400_000))
    let near = Literal.string(String(repeating: "a", count: 200_000) + "b")
    let outcome = Evaluated(source, ["t": text, "n": near]).outcome
    #expect(["false", "true", "unknown(cost)"].contains(outcome))
  }

  /// Values that each are made of two of the one before.
  struct Doubling: Sendable, CustomTestStringConvertible {
    var first: String
    var step: String
    var end: String
    var testDescription: String { "\(first), \(step), \(end)" }

    init(_ first: String, _ step: String, _ end: String = "size(X)") {
      (self.first, self.step, self.end) = (first, step, end)
    }

    /// So many steps, each bound within the one before.
    func source(times: Int = 60) -> String {
      var source = end.replacing("X", with: "x\(times)")
      for number in (1...times).reversed() {
        let value = step.replacing("X", with: "x\(number - 1)")
        source = "cel.bind(x\(number), \(value), \(source))"
      }
      return "cel.bind(x0, \(first), \(source))"
    }
  }

  @Test(
    "what grows by doubling ends within the budget, also in memory",
    arguments: [
      Doubling("'a'", "X + X"), Doubling("b'a'", "X + X"), Doubling("[1]", "X + X"),
      Doubling("'ab'", "X.replace('a', X)"), Doubling("'ab'", "[X, X].join(X)"),
      Doubling("'a'", "'%s%s'.format([X, X])"), Doubling("'a'", "'%x'.format([X])"),
      Doubling("b'a'", "bytes(base64.encode(X))"),
      Doubling("[1]", "[X, X]", "'%s'.format([X]) != ''"),
      Doubling("[1]", "{0: X, 1: X}", "'%s'.format([X]) != ''"),
      Doubling("[1]", "[X, X]", "X == [X, X][0]"), Doubling("[1]", "{0: X, 1: X}", "X in [X]"),
      Doubling("[1, 2]", "X.map(i, X)", "X == X"),
    ])
  func doubling(_ test: Doubling) {
    let source = test.source()
    let evaluated = Evaluated(source)
    #expect(evaluated.outcome == "unknown(cost)")
    #expect(evaluated.byteCount <= 24 << 20)
  }

  @Test("a value of endlessly many parts is not copied out of its few")
  func sharedParts() {
    let source = Doubling("[1]", "[X, X]", "X").source()
    #expect(Evaluated(source).outcome == "too many parts")
    #expect(outcome(Bindings().evaluate(source, in: Environment()).outcome) == "unknown(cost)")
  }

  @Test("nor is it written as JSON")
  func sharedPartsAsJSON() throws {
    let source = Doubling("[1]", "[X, X]", "[X, X]").source(times: 90)
    let expression = try CompiledExpression(source, in: Environment())
    var activation = Activation()
    var writer = JSONWriter()
    activation.write(activation.evaluate(expression), to: &writer)
    #expect(writer.bytes == Array("null".utf8))
    #expect(writer.firstUnknown?.reason == Value.Reason.cost.rawValue)
  }

  @Test(
    "loops within loops end within the budget, also in memory",
    arguments: [
      "map(x, …)", "filter(x, … != [])", "transformList(k, x, …)", "transformMap(k, x, …)",
    ])
  func nestedLoops(macro: String) {
    let list = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
    let source = (0..<15).reduce(list) { inner, _ in
      list + "." + macro.replacing("…", with: inner)
    }
    let evaluated = Evaluated(source)
    #expect(evaluated.outcome == "unknown(cost)" && evaluated.byteCount <= 64 << 20)
  }

  @Test(
    "patterns that explode are refused, or paid for",
    arguments: [
      ("t.matches('((a{1000}){1000})')", "unknown(malformed)"),
      ("t.matches(p)", "unknown(malformed)"), ("t.matches('(((a*)*)*)*b')", "false"),
      ("t.matches('(a|aa|aaa)*$')", "true"), ("t.matches('[ab]*a[ab]{900}c')", "unknown(cost)"),
      ("t.matches(q)", "unknown(cost)"),
      ("[1, 2].all(x, t.matches('(x+x+)+y' + string(x)))", "false"),
    ])
  func patterns(source: String, wanted: String) {
    let values: [String: Literal] = [
      "t": .string(String(repeating: "a", count: 300_000)), "p": .string("(((a{900}){900}){900})"),
      "q": .string(String(repeating: "(a|b)", count: 100_000)),
    ]
    #expect(Evaluated(source, values).outcome == wanted)
  }

  @Test("a pattern that RE2 refuses is found at check")
  func constantPattern() throws {
    let tree = try #require(Expression.parse("'a'.matches('((a{1000}){1000})')").expression)
    #expect(tree.check(in: Environment()).issues.map(\.kind) == [.badPattern])
  }
}
