import CEL
import Testing

@Suite("Semantics 5: names, containers, macros")
struct NameTests {
  private let variables = [
    "a.b.c": "1", "a.b": "{'c': 0, 'd': 2, 'e': {'f': 3}}", "a": "{'b': {'d': 9}, 'x': 4}",
    "x": "9",
    "y.z": "42", "size": "'abc'",
  ]

  @Test(
    "the longest declared name wins, also where a shorter one would do",
    arguments: [
      ("a.b.c", "1"), ("a.b.d", "2"), ("a.b.e.f", "3"), ("a.x", "4"), ("a['b'].d", "9"),
      ("a.b.gone", "unknown(missing)"), ("x.y", "unknown(wrongType)"), ("b", "unknown(unbound)"),
    ] as Outcomes)
  func longestName(text: String, wanted: String) { expect(text, wanted, with: variables) }

  @Test(
    "a container's names come first, from the inside out; a leading dot is the root alone",
    arguments: [
      ("v", "'x.y.v'"), ("w", "'x.w'"), ("u", "'u'"), (".v", "'v'"), ("y.v", "'x.y.v'"),
      ("x.w", "'x.w'"), (".w", "none"), ("x.y.v", "'x.y.v'"),
    ])
  func containers(text: String, wanted: String) {
    var environment = Environment(container: "x.y")
    let names = ["x.y.v", "x.v", "v", "x.w", "u"]
    for name in names { environment.declare(name, as: .dynamic) }
    let bindings = Bindings(
      Dictionary(uniqueKeysWithValues: names.map { ($0, Literal.string("'\($0)'")) }))
    let found = bindings.evaluate(text, in: environment).outcome
    if case .value(.string(let name))? = found {
      #expect(name == wanted)
    } else {
      #expect(wanted == "none")
    }
  }

  @Test(
    "a macro's variable wins over everything of its simple name, and `.name` escapes it",
    arguments: [
      ("[{'z': 0}].exists(y, y.z == 0)", "true"), ("[{'z': 0}].exists(y, .y.z == 42)", "true"),
      ("[{'b': {'c': 3}}].map(a, a.b.c)", "[3]"), ("[5].exists(x, .x == 9 && x == 5)", "true"),
      ("cel.bind(y, {'z': 0}, y.z)", "0"), ("cel.bind(y, {'z': 0}, .y.z)", "42"),
      ("[1].map(x, [2].map(x, x))", "[[2]]"), ("[[1, 2]].map(x, x.map(x, x + 1))", "[[2, 3]]"),
      ("cel.bind(x, x + 1, x)", "10"), ("cel.bind(x, 1, [2].map(x, x))", "[2]"),
      ("[1].map(i, cel.bind(i, i + 1, i))", "[2]"), ("[1].map(i, i) == [1] && x == 9", "true"),
      ("[7].map(i, 1)[0] + i", "unknown(unbound)"),
    ] as Outcomes)
  func macroVariables(text: String, wanted: String) { expect(text, wanted, with: variables) }

  @Test(
    "functions and variables do not meet; type names are variables, but `dyn` is a function only",
    arguments: [
      ("size(size)", "3"), ("size.size()", "3"), ("int", "int"), ("list", "list"),
      ("null_type", "null_type"), ("type", "type"), ("type(type(1)) == type", "true"),
      ("google.protobuf.Timestamp", "google.protobuf.Timestamp"),
      ("type(timestamp(0)) == google.protobuf.Timestamp", "true"),
      ("type(duration('1s')) == google.protobuf.Duration", "true"),
      ("[int, string][0] == int", "true"),
      ("dyn", "unknown(unbound)"), ("dyn(1)", "1"),
    ] as Outcomes)
  func namespaces(text: String, wanted: String) { expect(text, wanted, with: variables) }

  @Test(
    "a macro's variable is a simple name, and its form is checked when it is read",
    arguments: [
      "[1].all(1, true)", "[1].all(a.b, true)", "[1].map('x', 1)", "[1].filter(x + 1, true)",
      "[1].exists(.x, true)", "cel.bind(a.b, 1, 1)", "has(x)", "has(m['k'])", "has(1)", "has()",
      "has(a.b, c.d)", "[1].all(x, x, true)", "optional.of(1).optMap(1, 1)",
    ])
  func wrongForms(text: String) { expect(text, "no CEL") }

  @Test(
    "with another count of arguments the name is that of a function, and there is none",
    arguments: [
      "[1].all(x)", "[1].map(x)", "[1].exists(a, b, c, d)", "[1].filter()", "cel.bind(x, 1)",
    ])
  func otherCounts(text: String) { expect(text, "unknown(unbound)") }

  @Test(
    "over a map macros see the keys; texts and numbers are no ranges",
    arguments: [
      ("{'a': 1}.map(k, k)", #"["a"]"#), ("{1: 2, 3: 4}.all(k, k % 2 == 1)", "true"),
      ("{'a': 1, 'b': 2}.filter(k, k > 'a')", #"["b"]"#),
      ("{'a': 1}.exists_one(k, k == 'a')", "true"),
      ("[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]"), ("'abc'.all(x, true)", "unknown(wrongType)"),
      ("1.exists(x, true)", "unknown(wrongType)"), ("null.map(x, x)", "unknown(wrongType)"),
      ("b'ab'.filter(x, true)", "unknown(wrongType)"),
    ] as Outcomes)
  func ranges(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`cel.bind` evaluates what it names only where that is needed",
    arguments: [
      ("cel.bind(x, 1 / 0, true)", "true"), ("cel.bind(x, 1 / 0, true || x > 0)", "true"),
      ("cel.bind(x, 1 / 0, x > 0 || true)", "true"), ("cel.bind(x, 2, x * x)", "4"),
      ("cel.bind(x, 1 / 0, x)", "unknown(divisionByZero)"),
      ("cel.bind(a, 1, cel.bind(b, a + 1, a + b))", "3"),
    ] as Outcomes)
  func bind(text: String, wanted: String) { expect(text, wanted) }
}
