import Testing

@Suite("Semantics 1: failures are values until someone looks")
struct FailureTests {
  @Test(
    "arguments, literals, indices and selections are strict",
    arguments: [
      ("size([1 / 0])", "unknown(divisionByZero)"), ("[1, 1 / 0]", "unknown(divisionByZero)"),
      ("{'a': 1 / 0}", "unknown(divisionByZero)"), ("{1 / 0: 'a'}", "unknown(divisionByZero)"),
      ("[1][1 / 0]", "unknown(divisionByZero)"), ("[1 / 0][0]", "unknown(divisionByZero)"),
      ("{'a': {}}.a.b.c", "unknown(missing)"), ("1 / 0 + x", "unknown(divisionByZero)"),
      ("'a'.contains(x)", "unknown(unbound)"), ("type(1 / 0)", "unknown(divisionByZero)"),
      ("optional.of(1 / 0)", "unknown(divisionByZero)"), ("-(1 / 0)", "unknown(divisionByZero)"),
    ] as Outcomes)
  func strictness(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`&&` and `||` let a side that decides win, on either side and over anything",
    arguments: [
      ("false && 1 / 0 > 0", "false"), ("1 / 0 > 0 && false", "false"),
      ("true || 1 / 0 > 0", "true"), ("1 / 0 > 0 || true", "true"), ("'x' || true", "true"),
      ("true || 'x'", "true"), ("'x' && false", "false"), ("false && 'x'", "false"),
      ("null || true", "true"), ("true && (1 / 0 > 0) && false", "false"),
      ("false || (1 / 0 > 0) || true", "true"),
    ] as Outcomes)
  func absorption(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "without a side that decides a failure or a non-bool fails, and is never the result",
    arguments: [
      ("true && 1", "unknown(wrongType)"), ("1 && true", "unknown(wrongType)"),
      ("false || 1", "unknown(wrongType)"), ("1 || false", "unknown(wrongType)"),
      ("'a' && 'b'", "unknown(wrongType)"), ("'a' || 'b'", "unknown(wrongType)"),
      ("null && true", "unknown(wrongType)"),
      ("1 / 0 > 0 || 1 / 0 > 0", "unknown(divisionByZero)"),
      ("true && 1 / 0 > 0", "unknown(divisionByZero)"),
      ("1 / 0 > 0 || false", "unknown(divisionByZero)"),
      ("1 && 1 / 0 > 0", "unknown(wrongType)"), ("1 / 0 > 0 && 1", "unknown(divisionByZero)"),
    ] as Outcomes)
  func undecided(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "names are looked up when they are needed: unknown ones are absorbed too",
    arguments: [
      ("x || true", "true"), ("true || x", "true"), ("x.y.z && false", "false"),
      ("f_unknown(17) || true", "true"), ("1.f_unknown() || true", "true"),
      ("x || false", "unknown(unbound)"), ("f_unknown(17)", "unknown(unbound)"),
      ("true ? 1 : x", "1"), ("[1].exists(i, i == 1 || x)", "true"),
    ] as Outcomes)
  func laziness(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`?:` is strict in its condition, evaluates one branch, and absorbs nothing",
    arguments: [
      ("true ? 1 : 1 / 0", "1"), ("false ? 1 / 0 : 2", "2"), ("true ? 1 : 'a'", "1"),
      ("1 / 0 > 0 ? 1 : 2", "unknown(divisionByZero)"), ("null ? 1 : 2", "unknown(wrongType)"),
      ("1 ? 2 : 3", "unknown(wrongType)"), ("'true' ? 2 : 3", "unknown(wrongType)"),
      ("1 / 0 > 0 ? true : true", "unknown(divisionByZero)"),
    ] as Outcomes)
  func choice(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`!` takes a bool, and nothing else is true or false",
    arguments: [
      ("!true", "false"), ("!!true", "true"), ("!1", "unknown(wrongType)"),
      ("!0", "unknown(wrongType)"), ("!''", "unknown(wrongType)"),
      ("!null", "unknown(wrongType)"), ("![]", "unknown(wrongType)"),
    ] as Outcomes)
  func negation(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`all` and `exists` are chains of `&&` and `||`, stopping early at a decisive value only",
    arguments: [
      ("[0, 1].all(x, 1 / x > 5)", "false"), ("[1, 0].all(x, 1 / x > 5)", "false"),
      ("[0, 1, 0].all(x, 1 / x > 5)", "false"), ("[0, 1].exists(x, 1 / x == 1)", "true"),
      ("[1, 0].exists(x, 1 / x == 1)", "true"),
      ("[0, 1].all(x, 1 / x > 0)", "unknown(divisionByZero)"),
      ("[0, 1].exists(x, 1 / x > 5)", "unknown(divisionByZero)"),
      ("[].all(x, 1 / 0 > x)", "true"), ("[].exists(x, x)", "false"),
      ("[1, 2].all(x, x == 1 ? 'a' : false)", "false"), ("['a', true].exists(x, x)", "true"),
      ("[1].all(x, 'a')", "unknown(wrongType)"), ("[1].exists(x, x)", "unknown(wrongType)"),
    ] as Outcomes)
  func quantifiers(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`exists_one`, `map` and `filter` absorb nothing and do not stop early",
    arguments: [
      ("[1, 0].exists_one(x, 1 / x == 1)", "unknown(divisionByZero)"),
      ("[1, 1, 0].exists_one(x, 1 / x == 1)", "unknown(divisionByZero)"),
      ("[0].map(x, 1 / x)", "unknown(divisionByZero)"),
      ("[1, 0].filter(x, 1 / x > 5)", "unknown(divisionByZero)"),
      ("[1, 0].map(x, 1 / x > 0, x)", "unknown(divisionByZero)"),
      ("[1].filter(x, x)", "unknown(wrongType)"), ("[1].exists_one(x, x)", "unknown(wrongType)"),
      ("[1].map(x, x, x)", "unknown(wrongType)"), ("[1, 2].exists_one(x, x > 1)", "true"),
      ("[1, 2].exists_one(x, x > 0)", "false"), ("[].exists_one(x, x)", "false"),
      ("size([1, 0].filter(x, 1 / x > 0))", "unknown(divisionByZero)"),
    ] as Outcomes)
  func strictMacros(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "a guard that is missing keeps its negated neighbour from no result",
    arguments: [
      ("has(e.a) && !has(e.b)", "true"), ("has(e.b) && !has(e.a)", "false"),
      ("!has(e.b) || e.b == 1", "true"),
    ] as Outcomes)
  func guards(text: String, wanted: String) { expect(text, wanted, with: ["e": "{'a': 1}"]) }
}
