import CEL
import Testing

@Suite("Checking")
struct CheckingTests {
  private var environment: Environment {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    environment.declare("now", as: .timestamp)
    environment.define("states", as: .list([.string("paid"), .string("sent")]))
    environment.define(
      "vip", as: Expression(.reference(.variable("event")), 0..<0, type: .bool))
    environment.add([
      Function("phone", [Function.Overload(id: "phone", [.dynamic, .string], .string)]) { _, _ in
        .unknown(.refused)
      }
    ])
    return environment
  }

  private func check(_ text: String) throws -> (expression: Expression, issues: [CEL.Issue]) {
    try #require(Expression.parse(text).expression).check(in: environment)
  }

  @Test(
    "what cannot work is said where it stands",
    arguments: [
      ("«1 + \"a\"» == 2", "`+` adds numbers of one type"), ("event.a < «[1]»", ""),
      ("«event.a > null»", "`>` compares two numbers"), ("«now > \"2020\"»", "two times"),
      ("«now == 1»", "a time is never equal to a number"), ("event.a in «\"paid\"»", "`in` looks"),
      ("«1» in states", "never in a list"), ("size(«1»)", "argument 1 of `size` must be a text"),
      ("«size()»", "`size` takes 1 argument"), ("«\"a\".charAt()»", "takes 1 argument"),
      ("event.a.«foo»()", "unknown function `foo`"), ("«startsWith»(\"a\")", "called on a value"),
      ("«event.l.exists(i.a > 5)»", "`exists` takes 2 or 3 arguments"),
      ("«exists»(event.l, i, i > 5)", "called on a value"),
      ("event.l.«exsts»(i, i.a > 5)", "unknown function `exsts`"),
      ("«mth».abs(event.a) > 5", "unknown name `mth`"), ("math.«abz»(event.a)", "`math.abz`"),
      ("math.ceil(«1»)", "argument 1 of `math.ceil` must be `double`"),
      ("event.a.matches(«\"a(\"»)", "missing )"), ("event.a.matches(\"(?=a)\")", ""),
      ("event.a && «1»", "`&&` needs true or false"), ("!«\"a\"»", "needs true or false"),
      ("«\"a\"» ? 1 : 2", "needs true or false"), ("event.a == 1 || «true»", "always true"),
      ("«1 == 2»", "both sides are constants"), ("«\"a\".b»", "only maps have fields"),
      ("«states.paid»", "only maps have fields"),
      ("states[«\"a\"»]", "index of a list is a number"),
      ("«1».all(x, x > 0)", "goes over a list"), ("states.all(x, «x»)", "needs true or false"),
      ("states.exists(x, «x > 1»)", "`>` compares"), ("-«\"a\"»", ""), ("«-\"a\"»", "negative"),
      ("phone(event.a, «1»)", "argument 2 of `phone` must be a text"),
      ("{«1.5»: 2}", "a key is"), ("now + «x»", "unknown name `x`"),
      ("now - duration(«\"1d\"») > event.at", "`1d` is not a duration"),
      ("now > timestamp(«\"2026-01-01\"»)", "is not a time"),
      ("now.getHours(«\"America/SaoPaulo\"») > 1", "no time zone"),
      ("int(«\"x\"») > event.a", "is not a whole number"),
      ("math.greatest(«\"a\"»)", "takes numbers"), ("event.paid == «paid»", "unknown name `paid`"),
    ].filter { !$0.1.isEmpty })
  func mistakes(source: String, message: String) throws {
    let (text, range) = marked(source)
    let issues = try check(text).issues
    let issue = try #require(issues.first)
    #expect(issue.message.contains(message), "\(issue.message)")
    #expect(issue.range == range && issues.count == 1)
  }

  @Test(
    "what may work is left alone",
    arguments: [
      "event.qty * 2.5 > 1", "event.a + \"x\" == \"yx\"", "event.a == null",
      "event.a in states", "event.a.b.c > now", "event.tags.exists(t, t == \"vip\" || t == 3)",
      "present(event.a) && known(event.a) > 3", "phone(event.a, \"BR\") != \"\"", "vip || event.b",
      "event.?a.?b.orValue(\"\") == \"x\"", "event.a[0].b[\"c\"] > 1", "size(event.a) == 1.0",
      "event.items.map(i, i.price).all(p, p > 1)", "now - duration(\"1h\") > event.at",
      "cel.bind(x, event.a, x > 1 && x < 5)", "string(event.a).matches(\"^a+$\")",
      "math.greatest(event.a, 1, 2.5) > 2",
    ])
  func rightExpressions(source: String) throws {
    #expect(try check(source).issues.map(\.message) == [])
  }

  @Test(
    "types are deduced",
    arguments: [
      ("size(event.a) + 1", "int"), ("event.a + 1", "dyn"),
      ("[1, 2].map(x, string(x))", "list(string)"),
      ("event.a == 1", "bool"), ("{\"a\": [1]}", "map(string, list(int))"),
      ("now - now", "duration"),
      ("1 + 2.5", "double"), ("phone(event.a, \"BR\")", "string"),
      ("event.?a", "optional_type(dyn)"),
      ("event.a ? 1 : 2", "int"), ("event.a ? 1 : \"x\"", "dyn"), ("states", "list(string)"),
      ("[[], [[]]]", "list(list(list(dyn)))"),
    ])
  func types(source: String, type: String) throws {
    #expect(try check(source).expression.type.description == type)
  }

  @Test("one mistake is reported once, however much stands on it")
  func oneIssue() throws {
    let issues = try check("(nonsense.a + 1 > \"x\" && nonsense2(3)) || event.b").issues
    #expect(issues.map(\.kind) == [.unknownName, .unknownFunction])
  }

  @Test("names are resolved: variables, constants, computed names and macro variables")
  func references() throws {
    let checked = try check("event.a in states && vip && [1].all(x, x == 1)").expression
    #expect(checked.references == [.variable("event"), .computed("vip"), .local("x")])
  }

  @Test("a declared name with dots is one name, unless a macro's variable hides its root")
  func namesWithDots() throws {
    var environment = Environment(profile: .regra)
    environment.declare("a", as: .dynamic)
    environment.declare("now", as: .dynamic)
    environment.declare("a.b", as: .dynamic)
    environment.define("c.d", as: .int(1))
    environment.add([
      Function("f.g", [.init(id: "f_g", [.int], .bool)]) { _, _ in .missing }
    ])
    func references(_ text: String) throws -> Set<Expression.Reference> {
      let checked = try #require(Expression.parse(text).expression).check(in: environment)
      #expect(checked.issues.isEmpty, "\(text)")
      return checked.expression.references
    }
    #expect(try references("a.b.c == 1") == [.variable("a.b")])
    #expect(try references("a.c.b == 1") == [.variable("a")])
    #expect(try references("f.g(a.b) && a.c == c.d") == [.variable("a.b"), .variable("a")])
    #expect(try references("[{'b': now}].all(a, a.b == now)") == [.local("a"), .variable("now")])
  }
}
