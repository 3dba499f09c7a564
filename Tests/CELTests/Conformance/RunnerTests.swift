import CEL
import Testing

@Suite("Conformance runner")
struct RunnerTests {
  private func failure(
    _ text: String, _ expect: [String: Any], _ rest: [String: Any] = [:]
  ) -> String? {
    let json = ["id": "a/b/c", "expr": text, "expect": expect].merging(rest) { $1 }
    guard let test = ConformanceCase(json) else { return "cannot be read" }
    return test.failure()
  }

  @Test("a case passes by type and value, and not otherwise")
  func values() {
    #expect(failure("1 + 1", ["value": ["int": "2"]]) == nil)
    #expect(failure("1 + 1", ["value": ["int": "3"]]) != nil)
    #expect(failure("1 + 1", ["value": ["uint": "2"]]) != nil)
    #expect(failure("[1]", ["value": ["list": [["double": "1"]]]]) != nil)
    #expect(failure("{1: 2}", ["value": ["map": [[["int": "1"], ["int": "2"]]]]]) == nil)
    #expect(failure("1 / 0", ["value": ["int": "2"]]) != nil)
    #expect(failure("0.0 / 0.0", ["value": ["double": "NaN"]]) == nil)
    #expect(failure("-1.0 / 0.0", ["value": ["double": "-Infinity"]]) == nil)
    #expect(failure("'é'", ["value": ["string": "e\u{301}"]]) != nil)
    #expect(failure("optional.of(1)", ["value": ["optional": ["int": "1"]]]) == nil)
    #expect(failure("optional.none()", ["value": ["optional": ["int": "1"]]]) != nil)
    #expect(failure("duration('1.5s')", ["value": ["duration": "1.500s"]]) == nil)
    #expect(failure("type(1)", ["value": ["type": "int"]]) == nil)
  }

  @Test(
    "a case that must fail passes only for the kind of reason that it states",
    arguments: [
      ("1 / 0", "divide by zero", true), ("1 / 1", "divide by zero", false),
      ("1 / 0", "no such overload", false), ("1 / 0", "whatever", true),
      ("{}.a", "no such key: 'a'", true), ("[1][1]", "no such key", false),
      ("dyn('x') + 1", "no_such_overload", true), ("nothing(1)", "no such overload", false),
      ("'a'.contains('a', 'b')", "no such overload", true), ("nothing(1)", "whatever", false),
      ("nothing(1)", "unbound function", true),
      ("x", "undeclared reference to 'x'", true), ("x", "whatever", false),
      ("9223372036854775807 + 1", "return error for overflow", true),
      ("1 / 0 > 0 && true", "no matching overload", true), ("x && true", "no such overload", false),
      ("int('99999999999999999999')", "range error", true), ("int(1e99)", "range", true),
      ("[1][2]", "index out of range: 2", true), ("[1][2]", "overflow", false),
      ("{1: 1, 1u: 1}", "Failed with repeated key", true),
      ("'a'.matches('(')", "conversion", true), ("1 +", "whatever", false),
      ("optional.none().value()", "optional.none() dereference", true),
    ])
  func errors(text: String, hint: String, passes: Bool) {
    #expect((failure(text, ["error": hint]) == nil) == passes)
    #expect((failure(text, ["error": hint], ["disable_check": true]) == nil) == passes)
  }

  @Test("a deduced type is compared as text, and the value with it")
  func types() {
    #expect(failure("[1]", ["typed_result": ["type": "list(int)"]]) == nil)
    #expect(failure("[1]", ["typed_result": ["type": "list(dyn)"]]) != nil)
    let value = ["list": [["int": "2"]]]
    #expect(failure("[1]", ["typed_result": ["type": "list(int)", "value": value]]) != nil)
    #expect(
      failure(
        "[1]", ["typed_result": ["type": "list(int)", "value": value]], ["check_only": true])
        == nil)
  }

  @Test("declarations, bindings, containers and macros are as the case says")
  func surroundings() {
    let one = ["value": ["int": "1"]]
    #expect(failure("x", one, ["bindings": ["x": ["int": "1"]]]) == nil)
    #expect(failure("a.b", one, ["bindings": ["a.b": ["int": "1"]]]) == nil)
    #expect(failure("y", one, ["bindings": ["x.y": ["int": "1"]], "container": "x"]) == nil)
    let declaration: [String: Any] = ["name": "x", "var": "map(string, int)"]
    #expect(
      failure(
        "x.a", ["typed_result": ["type": "int"]],
        ["type_env": [declaration], "check_only": true]) == nil)
    let overload: [String: Any] = [
      "id": "f_t", "params": ["list(T)"], "result": "T", "member": true, "type_params": ["T"],
    ]
    #expect(
      failure(
        "[1u].f()", ["typed_result": ["type": "uint"]],
        ["type_env": [["name": "f", "function": [overload]]], "check_only": true]) == nil)
    #expect(failure("x", ["unknown": [1]], ["type_env": [declaration]]) == nil)
    #expect(failure("1", ["unknown": [1]]) != nil)
    #expect(failure("[1].all(x, x == 1)", ["value": ["bool": true]]) == nil)
    #expect(
      failure(
        "[1].all(x, x == 1)", ["error": "undeclared reference to 'x'"], ["disable_macros": true])
        == nil)
    #expect(failure("1", ["error": "x"], ["type_env": [["name": "x", "var": "list("]]]) != nil)
  }

  @Test("what cannot be read is a failure with its id, and does not stop the others")
  func unreadable() {
    var report = ConformanceReport()
    report.add(
      suite: "s",
      [
        ["id": "s/a/message", "expr": "1", "expect": ["value": ["object": ["type": "M"]]]],
        ["id": "s/a/number", "expr": "1", "expect": ["value": ["int": "x"]]],
        ["id": "s/a/good", "expr": "1", "expect": ["value": ["int": "1"]]],
      ]
    ) { $0.failure() }
    #expect(
      "\(report)" == """
        s: 1 passed, 2 failed
          s/a/message: cannot be read
          s/a/number: cannot be read
        total: 1 passed, 2 failed
        """)
  }
}
