import CEL
import Testing

@Suite("Conformance runner")
struct RunnerTests {
  private func failure(_ text: String, _ expect: [String: Any]) -> String? {
    ConformanceCase(["id": "a/b/c", "expr": text, "expect": expect])?.failure()
  }

  @Test("a case passes by type and value, and not otherwise")
  func values() {
    #expect(failure("1 + 1", ["value": ["int": "2"]]) == nil)
    #expect(failure("1 + 1", ["value": ["int": "3"]]) != nil)
    #expect(failure("1 + 1", ["value": ["uint": "2"]]) != nil)
    #expect(failure("[1]", ["value": ["list": [["double": "1"]]]]) != nil)
    #expect(failure("{1: 2}", ["value": ["map": [[["int": "1"], ["int": "2"]]]]]) == nil)
    #expect(failure("1 / 0", ["value": ["int": "2"]]) != nil)
  }

  @Test("a case that must fail does not pass with a value")
  func errors() {
    #expect(failure("1 / 0", ["error": "divide by zero"]) == nil)
    #expect(failure("1 / 1", ["error": "divide by zero"]) != nil)
  }

  @Test("a deduced type is compared as text")
  func types() {
    #expect(failure("[1]", ["typed_result": ["type": "list(int)"]]) == nil)
    #expect(failure("[1]", ["typed_result": ["type": "list(dyn)"]]) != nil)
  }
}
