import Testing

@Suite("Semantics 10: optionals")
struct OptionalTests {
  @Test(
    "`.?` and `[?…]` give an optional: none where nothing is, a failure where nothing could be",
    arguments: [
      ("{}.?a", "optional.none()"), ("{'a': 1}.?a", "optional.of(1)"),
      ("{'a': null}.?a", "optional.of(null)"),
      ("{'a': 1}[?'a']", "optional.of(1)"), ("{'a': 1}[?'b']", "optional.none()"),
      ("[1][?0]", "optional.of(1)"),
      ("[1][?1]", "optional.none()"), ("[1][?-1]", "optional.none()"),
      ("1.?a", "unknown(wrongType)"),
      ("(1).?a", "unknown(wrongType)"), ("null.?a", "unknown(wrongType)"),
      ("'a'[?0]", "unknown(wrongType)"),
      ("[1][?'a']", "unknown(wrongType)"), ("[1].?a", "unknown(wrongType)"),
    ] as Outcomes)
  func selection(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "behind an optional the path stays one; what is there must be a map",
    arguments: [
      ("{'a': {'b': {'c': 1}}}.?a.b.c", "optional.of(1)"),
      ("{'a': {'b': {'c': 1}}}.?a.b.c == {'a': {'b': {'c': 1}}}.?a.?b.?c", "true"),
      ("{'a': {}}.?a.b.c", "optional.none()"), ("{}.?a.b.c", "optional.none()"),
      ("{}.?a['b'][0]", "optional.none()"),
      ("{'a': [1]}.?a[0]", "optional.of(1)"), ("{'a': [1]}.?a[5]", "optional.none()"),
      ("{'a': 1}.?a.b", "unknown(wrongType)"), ("{'a': null}.?a.b", "unknown(wrongType)"),
      ("e.?m.k.z", "optional.of(3)"), ("e.?gone.k.z", "optional.none()"),
      ("e.?m.?gone.z", "optional.none()"),
      ("e.?n.z", "unknown(wrongType)"), ("e.gone.?z", "unknown(missing)"),
      ("e.m.?k", "optional.of({\"z\": 3})"),
    ] as Outcomes)
  func chains(text: String, wanted: String) {
    expect(text, wanted, with: ["e": "{'n': 1, 'm': {'k': {'z': 3}}}"])
  }

  @Test(
    "`orValue` and `or` evaluate the other only if there is none",
    arguments: [
      ("optional.of(1).orValue(1 / 0)", "1"), ("optional.none().orValue(7)", "7"),
      ("optional.none().orValue(1 / 0)", "unknown(divisionByZero)"),
      ("optional.of(1).or(optional.of(1 / 0))", "optional.of(1)"),
      ("optional.none().or(optional.of(2)).or(optional.of(1 / 0))", "optional.of(2)"),
      ("[1][?5].orValue(0) + 1", "1"), ("(1).orValue(2)", "unknown(wrongType)"),
      ("optional.of(null).orValue(1)", "null"),
    ] as Outcomes)
  func alternatives(text: String, wanted: String) { expect(text, wanted) }

  @Test(
    "`value` of none fails, `hasValue` tells, and `optMap` and `optFlatMap` look inside",
    arguments: [
      ("optional.none().value()", "unknown(noValue)"), ("optional.of(1).value()", "1"),
      ("optional.of(1).hasValue()", "true"), ("optional.none().hasValue()", "false"),
      ("optional.of(2).optMap(x, x + 1)", "optional.of(3)"),
      ("optional.none().optMap(x, 1 / 0)", "optional.none()"),
      ("optional.of(2).optFlatMap(x, optional.none())", "optional.none()"),
      ("optional.of([1]).optFlatMap(x, x[?0])", "optional.of(1)"),
      ("optional.of(0).optMap(x, 1 / x)", "unknown(divisionByZero)"),
      ("(1).optMap(x, x)", "unknown(wrongType)"),
    ] as Outcomes)
  func values(text: String, wanted: String) { expect(text, wanted) }

  @Test("`ofNonZeroValue` is none for what is zero or empty")
  func zeroValues() {
    for zero in [
      "0", "0u", "0.0", "''", "b''", "[]", "{}", "false", "null", "timestamp(0)", "duration('0')",
    ] {
      expect("optional.ofNonZeroValue(\(zero))", "optional.none()")
    }
    for value in [
      "1", "-0.5", "' '", "[0]", "{'a': 0}", "true", "double('NaN')", "optional.none()", "int",
    ] {
      expect("optional.ofNonZeroValue(\(value)).hasValue()", "true")
    }
  }

  @Test(
    "an entry or element that is none is left out",
    arguments: [
      ("{?'a': optional.none(), ?'b': optional.of(1)}", #"{"b": 1}"#),
      ("[?optional.none(), 1, ?optional.of(2)]", "[1, 2]"),
      ("[?1]", "unknown(wrongType)"), ("{?'a': 1}", "unknown(wrongType)"),
      ("{?'a': e.?gone}", "{}"),
      ("[?e.?n]", "[1]"), ("google.protobuf.Int32Value{?value: optional.of(1)}", "1"),
      ("google.protobuf.StringValue{?value: optional.none()}", #""""#),
    ] as Outcomes)
  func elements(text: String, wanted: String) { expect(text, wanted, with: ["e": "{'n': 1}"]) }

  @Test(
    "`has` looks through optionals; an optional equals only an optional",
    arguments: [
      ("has({'a': {}}.?a.b)", "false"), ("has({'a': {'b': 1}}.?a.b)", "true"),
      ("has({}.?a.b)", "false"),
      ("has({'foo': optional.none()}.foo.bar)", "false"),
      ("has({'foo': optional.of({'bar': 1})}.foo.bar)", "true"),
      ("has({}.?a)", "false"), ("has({'a': 1}.?a)", "true"), ("optional.of(1) == 1", "false"),
      ("optional.none() == optional.none()", "true"),
      ("optional.of(1) == optional.of(1.0)", "true"),
      ("optional.of(1) == optional.none()", "false"), ("optional.none() == null", "false"),
    ] as Outcomes)
  func presenceAndEquality(text: String, wanted: String) { expect(text, wanted) }
}
