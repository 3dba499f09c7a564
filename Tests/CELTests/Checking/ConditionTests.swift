import CEL
import Testing

@Suite("Constant conditions")
struct ConditionTests {
  private func issues(of source: String) throws -> [CEL.Issue] {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    return try #require(Expression.parse(source).expression).check(in: environment).issues
  }

  @Test(
    "a part that comes out the same for every event is found",
    arguments: [
      ("«1 > 2» || event.a", "constants"), ("«size(\"a\") > 0» && event.a", "always true"),
      ("event.a in «[]»", ""), ("«event.a in []» || event.b", "always false"),
      ("event.a && !(«\"a\".contains(\"b\")»)", "always false"),
      ("event.a && «[1, 2].exists(x, x > 1)»", "always true"),
      ("«size(event.tags) >= 0» && event.b", "always true"),
      ("«event.tags.size() < 0» || event.b", "always false"), ("«0 <= size(event.a)»", "true"),
      ("«event.a == event.a»", "both sides are the same"), ("event.a || «true»", "always true"),
      ("event.a || event.b || «event.a»", "twice"), ("event.a && event.b && «event.a»", "twice"),
      ("event.a && (event.b || «event.b»)", "twice"), ("event.a && «!event.a»", "never holds"),
      ("event.a == 1 && «event.a == 2»", "never holds together with `event.a == 1`"),
      ("event.a == 1 && event.b && «event.a == \"x\"»", "never holds"),
      ("event.a == 1 && «event.a != 1.0»", "never holds"),
      ("event.n > 5 && «event.n < 3»", "never"),
      ("event.n > 5 && «5 >= event.n»", "never"), ("event.n >= 5 && «event.n < 5»", "never"),
      ("event.a in [\"x\", \"y\"] && «event.a == \"z\"»", "never holds"),
      ("event.a in [1, 2] && «event.a in [3]»", "never holds"),
      ("event.a in [1, 2] && «event.a > 2»", "never holds"),
      ("!(event.a in [1, 2]) && «event.a == 2»", "never holds"),
      ("event.a == null && «event.a > 3»", "never holds"),
      ("event.t > \"b\" && «event.t < \"a\"»", "never holds"),
      ("event.a != 1 || «event.a != 2»", "always holds where `event.a != 1` does not"),
      ("event.n > 3 || «event.n < 5»", "always holds"), ("event.a || «!event.a»", "always holds"),
      ("event.l.all(x, x > 5 && «x < 3»)", "never holds"),
    ].filter { !$0.1.isEmpty })
  func constant(source: String, message: String) throws {
    let (text, range) = marked(source)
    let issues = try issues(of: text)
    let issue = try #require(issues.first)
    #expect(issue.kind == .constantCondition && issue.kind.isWarning && issues.count == 1)
    #expect(issue.message.contains(message), "\(issue.message)")
    #expect(issue.range == range)
  }

  @Test(
    "a part that depends on the event is not",
    arguments: [
      "event.a == 1 || event.a == 2", "event.a != 1 && event.a != 2", "event.n > 3 && event.n < 5",
      "event.n < 3 || event.n > 5", "event.n >= 5 && event.n <= 5", "event.a in [1] || event.b",
      "event.a != null && event.a > 3", "event.a == null || event.a == \"\"", "size(event.a) > 0",
      "event.a == 9007199254740992 && event.a == 9007199254740993", "event.a == event.b",
      "event.a > 5 || event.a < \"x\"", "event.a == 1 && (event.b || event.a == 2)",
      "event.a in [1, 2] && event.a in [2, 3]", "event.a in [event.b, 1] && event.a == 2",
      "event.l.exists(x, x == 1) && event.l.exists(x, x == 2)", "event.a == [1] && event.a == [2]",
      "event.a != 1 || event.a != \"x\"", "event.a < 1 && event.b > 2",
    ])
  func dependent(source: String) throws { #expect(try issues(of: source).map(\.message) == []) }

  @Test(
    "a division that drops a fraction is a warning",
    arguments: [
      ("event.a > «5 / 2»", "`2.0`"), ("«size(event.a) / 2» > event.b", "`2.0`"),
      ("«100 / size(event.a)» > event.b", "`100.0`"),
      ("«size(event.a) / size(event.b)» > 1", "dou"),
      ("event.a > «10 / (2 + 2)»", "`10.0`"), ("event.a > 1u + «7u / 2u»", ""),
      ("cel.bind(n, size(event.a), «n / 2» > event.b)", "`2.0`"),
    ].filter { !$0.1.isEmpty })
  func droppedFraction(source: String, help: String) throws {
    let (text, range) = marked(source)
    let issues = try issues(of: text)
    #expect(issues.map(\.kind) == [.droppedFraction] && issues.first?.range == range)
    #expect(issues.first?.help?.contains(help) == true, "\(issues.first?.help ?? "")")
  }

  @Test(
    "constants of two types in one calculation are a warning",
    arguments: ["event.a > «1 + 1.5»", "event.a * («2.5 * 2») > 1", "event.a > «1u - 1»"])
  func mixedConstants(source: String) throws {
    let (text, range) = marked(source)
    let issues = try issues(of: text)
    #expect(issues.map(\.kind) == [.mixedConstants] && issues.first?.range == range)
  }

  @Test(
    "other arithmetic is not",
    arguments: [
      "event.n / 2 > 1", "event.n * 2 + 0.5 > 1.0", "size(event.a) / 2.0 > event.b",
      "event.a > 4 / 2", "event.a > size(event.b) / 1", "event.a > 5.0 / 2.0",
      "event.n + 1 + 1.5 > 2.0", "event.l.exists(x, x / 2 > 3)", "size(event.a) * 2 > event.b",
      "cel.bind(n, event.n, n / 2 > 3)", "event.?n.orValue(7) / 2 > 3", "event.a > 7 % 2",
    ])
  func rightArithmetic(source: String) throws {
    #expect(try issues(of: source).map(\.message) == [])
  }

  @Test(
    "strict CEL has no such warnings",
    arguments: ["5 / 2 == 2", "size('ab') / 2 == 1", "true || false"])
  func strict(source: String) throws {
    let tree = try #require(Expression.parse(source).expression)
    #expect(tree.check(in: Environment()).issues.map(\.message) == [])
  }
}
