import Engine
import Testing

@Suite("Finding rules")
struct RuleFindingTests {
  /// Begins and ends like all others of its length.
  private func text(_ length: Int, _ middle: String) -> String {
    let begins = "the head".prefix(length)
    let ends = length > 16 ? "the tail" : String("the tail".suffix(max(0, length - 8)))
    let rest = length - begins.utf8.count - ends.utf8.count
    return begins + String(repeating: middle, count: rest) + ends
  }

  private func rules(_ conditions: [String]) throws -> Program {
    try program(
      """
      version: 1
      events: {type: event.type}
      contact: {urn: "tel:${event.phone}"}
      rules:

      """
        + conditions.enumerated().map { number, condition in
          """
            - id: r\(number)
              when: t
              if:
          \(condition)
              do:
                - set_language: pt

          """
        }.joined())
  }

  private func fired(_ program: Program, _ event: String) -> [String] {
    firings(of: program, #"{"type":"t","phone":"+5582999330001",\#(event)}"#)
  }

  @Test(
    "texts that begin and end alike are told apart by what is between",
    arguments: [7, 8, 9, 15, 16, 17, 24, 63, 64, 65, 255, 256, 300])
  func alike(length: Int) throws {
    let constant = text(length, "m")
    // Each test stands where the rule hangs, and below another where it hangs on that.
    let program = try rules([
      "      event.a: \"\(constant)\"",
      "      event.b: \"\(constant)\"\n      event.kind: x",
      "      event.b: {starts_with: \"\(constant)\"}\n      event.kind: x",
      "      event.c: {starts_with: \"\(constant)\"}",
      "      event.d: {contains: \"\(constant)\"}",
      "      event.e: \"\(constant)\"\n      event.f: \"\(constant)\"",
    ])
    func fired(_ text: String) -> [String] {
      self.fired(
        program,
        #""a":"\#(text)","b":"\#(text)","c":"\#(text)","d":["\#(text)","\#(text)"],"kind":"x""#)
    }
    #expect(fired(constant) == ["r0", "r1", "r2", "r3", "r4"])
    #expect(fired(constant + "s") == ["r2", "r3"])
    #expect(fired(String(constant.dropLast())) == [])
    if length > 16 {
      #expect(fired(text(length, "n")) == [])
      #expect(fired(text(length, "n") + "s") == [])
      let other = text(length, "n")
      #expect(self.fired(program, #""e":"\#(constant)","f":"\#(other)""#) == [])
      #expect(self.fired(program, #""e":"\#(other)","f":"\#(constant)""#) == [])
      #expect(self.fired(program, #""e":"\#(constant)","f":"\#(constant)""#) == ["r5"])
    }
  }

  @Test("an event may touch more constants than are looked at together")
  func manyConstants() throws {
    let names = (0..<100).map { "name \($0)" }
    let program = try rules(
      names.map { "      event.list: {contains: \"\($0)\"}" }
        + names.map { "      event.list: {contains: \"\($0)\"}\n      event.kind: x" }
        + names.map { "      event.text: {contains: \"\($0).\"}" })
    let all = names.map { "\"\($0)\"" }.joined(separator: ",")
    let text = names.map { $0 + "." }.joined()
    #expect(
      fired(program, #""list":[\#(all),\#(all)],"text":"\#(text)","kind":"x""#).count == 300)
    #expect(
      fired(program, #""list":["name 7","name 7"],"text":"name 8.","kind":"y""#) == ["r7", "r208"])
  }
}
