import Testing

@Suite("Semantics 6: maps, lists, has, in")
struct ContainerTests {
  @Test(
    "keys are int, uint, bool or string, each once",
    arguments: [
      ("{1: 'a', 2u: 'b', true: 'c', 'd': 'e'}.size()", "4"), ("{1.5: 2}", "unknown(badKey)"),
      ("{1.0: 2}", "unknown(badKey)"), ("{null: 1}", "unknown(badKey)"),
      ("{b'a': 1}", "unknown(badKey)"),
      ("{[1]: 1}", "unknown(badKey)"), ("{timestamp(0): 1}", "unknown(badKey)"),
      ("{0: 1, 0: 2}", "unknown(badKey)"), ("{0: 1, 0u: 2}", "unknown(badKey)"),
      ("{'a': 1, 'a': 1}", "unknown(badKey)"), ("{true: 1, true: 2}", "unknown(badKey)"),
      ("{1: 1, true: 2}.size()", "2"), ("{'1': 1, 1: 2}.size()", "2"),
    ] as Outcomes)
  func keys(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "numbers of any type find the key that equals them",
    arguments: [
      ("{1: 'a'}[1.0]", #""a""#), ("{1u: 'a'}[1]", #""a""#), ("{1: 'a'}[1u]", #""a""#),
      ("3.0 in {3u: 1}", "true"), ("3.1 in {3: 1}", "false"), ("{1: 2}[3.1]", "unknown(missing)"),
      ("-1 in {18446744073709551615u: 1}", "false"),
    ] as Outcomes)
  func numericKeys(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "a key that no map can have fails, and is absorbed as any failure",
    arguments: [
      ("{1: 2}[null]", "unknown(wrongType)"), ("{1: 2}[b'a']", "unknown(wrongType)"),
      ("{1: 2}[[1]]", "unknown(wrongType)"), ("null in {1: 2}", "unknown(wrongType)"),
      ("b'a' in {'a': 2} || true", "true"), ("{1: 2}[null] == 1 || true", "true"),
    ] as Outcomes)
  func impossibleKeys(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "a missing key fails, `m.f` is `m[\"f\"]`, and only maps have fields",
    arguments: [
      ("{}.a", "unknown(missing)"), ("{}['a']", "unknown(missing)"), ("{'a': 1}.a", "1"),
      ("{'a': {'b': 3}}.a['b'] == {'a': {'b': 3}}['a'].b", "true"),
      ("{1: 2}.a", "unknown(missing)"),
      ("{1: 2}['1']", "unknown(missing)"), ("[1].a", "unknown(wrongType)"),
      ("1.a", "unknown(wrongType)"), ("(1).a", "unknown(wrongType)"),
      ("'a'.a", "unknown(wrongType)"),
      ("null.a", "unknown(wrongType)"),
      ("timestamp(0).seconds", "unknown(wrongType)"),
    ] as Outcomes)
  func selection(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "an index is a whole number within the list; texts have none",
    arguments: [
      ("[7][0]", "7"), ("[7][0u]", "7"), ("[7][0.0]", "7"), ("[7][-0.0]", "7"),
      ("[7][0.5]", "unknown(wrongType)"), ("[7][double('NaN')]", "unknown(wrongType)"),
      ("[7][1e30]", "unknown(wrongType)"), ("[7][-1]", "unknown(outOfRange)"),
      ("[7][1]", "unknown(outOfRange)"), ("[7][1u]", "unknown(outOfRange)"),
      ("[7][18446744073709551615u]", "unknown(outOfRange)"), ("[][0]", "unknown(outOfRange)"),
      ("[7]['0']", "unknown(wrongType)"), ("[7][true]", "unknown(wrongType)"),
      ("'abc'[0]", "unknown(wrongType)"), ("1[0]", "unknown(wrongType)"),
      ("null[0]", "unknown(wrongType)"),
    ] as Outcomes)
  func indices(text: String, wanted: String) {
    expect(text, wanted)
  }

  @Test(
    "`has` asks for the last step's key alone: null is there, the way to it is strict",
    arguments: [
      ("has({'a': null}.a)", "true"), ("has({'a': 1}.a)", "true"), ("has({}.a)", "false"),
      ("has({1: 2}.a)", "false"), ("has({}.a.b)", "unknown(missing)"),
      ("has({'a': {}}.a.b)", "false"), ("has({'a': {'b': 1}}.a.b)", "true"),
      ("has({'a': 1}.a.b)", "unknown(wrongType)"), ("has([1].a)", "unknown(wrongType)"),
      ("has('a'.a)", "unknown(wrongType)"), ("has(null.a)", "unknown(wrongType)"),
      ("has(x.a)", "unknown(unbound)"), ("has({'a': {'b': 1}}['a'].b)", "true"),
      ("has(e.a) && has(e.a.b)", "false"), ("has(e.n) && has(e.n.z)", "true"),
      ("has(e.n.gone)", "false"), ("has(e.gone.z)", "unknown(missing)"),
      ("has(e.text.z)", "unknown(wrongType)"), ("has(e.none)", "true"),
      ("has(e.none.z)", "unknown(wrongType)"),
    ] as Outcomes)
  func presence(text: String, wanted: String) {
    expect(text, wanted, with: ["e": "{'n': {'z': 1}, 'text': 'x', 'none': null}"])
  }

  @Test(
    "`in` is `==` for lists, keys for maps, and nothing for the rest",
    arguments: [
      ("1 in [1.0]", "true"), ("size([1, 2, 3].filter(x, x in [2, 3]))", "2"),
      ("1 in ['1']", "false"), ("[1] in [[1.0]]", "true"),
      ("null in [null]", "true"), ("1 in []", "false"), ("'a' in {'a': 1}", "true"),
      ("1 in {'a': 1}", "false"), ("true in {1: 1}", "false"),
      ("'a' in 'abc'", "unknown(wrongType)"),
      ("1 in 1", "unknown(wrongType)"), ("1 in null", "unknown(wrongType)"),
      ("'k' in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k']", "true"),
      ("1 in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k']", "false"),
    ] as Outcomes)
  func membership(text: String, wanted: String) {
    expect(text, wanted)
  }
}
