import Contacts
import Testing

@testable import Engine

@Suite("What rules share")
struct NumberTableTests {
  @Test("what has one hash is told apart, however many there are")
  func collisions() {
    var table = NumberTable()
    let names = (0..<1_000).map { "name \($0)" }
    for number in names.indices { table.insert(Int32(number), UInt64(number % 7) << 32) }
    for (number, name) in names.enumerated() {
      let found = table.first(UInt64(number % 7) << 32) { names[Int($0)] == name }
      #expect(found == Int32(number))
    }
    #expect(table.first(8 << 32) { _ in true } == nil)
    #expect(table.first(1 << 32) { _ in false } == nil)
  }

  @Test("names of groups that only look alike are two groups")
  func lookalikes() throws {
    let program = try program(
      """
      version: 1
      contact: {urn: "ext:${event.who}"}
      rules:
        - {id: one, do: [{add_to_group: "Caf\u{E9}"}]}
        - {id: two, do: [{add_to_group: "Cafe\u{301}"}]}
        - {id: three, do: [{add_to_group: "Caf\u{E9}"}]}
      """)
    #expect(program.targets.map(\.isGroup) == [true, true])
    #expect(program.targets.map(\.text.length) == [5, 6])
  }

  @Test("expressions and keys of an event that only look alike are two")
  func lookalikeExpressions() throws {
    let program = try program(
      """
      version: 1
      contact: {urn: "ext:${event.who}"}
      rules:
        - {id: one, if: ["'' + event.a == '\u{E9}'"], do: [{note: a}]}
        - {id: two, if: ["'' + event.a == 'e\u{301}'"], do: [{note: a}]}
        - {id: three, if: ["event['\u{E9}'] == 'x'"], do: [{note: a}]}
        - {id: four, if: ["event['e\u{301}'] == 'x'"], do: [{note: a}]}
      """)
    #expect(firings(of: program, "{\"who\":\"w\",\"a\":\"e\u{301}\"}") == ["two"])
    #expect(firings(of: program, "{\"who\":\"w\",\"a\":\"\u{E9}\"}") == ["one"])
    #expect(firings(of: program, "{\"who\":\"w\",\"e\u{301}\":\"x\"}") == ["four"])
    #expect(firings(of: program, "{\"who\":\"w\",\"\u{E9}\":\"x\"}") == ["three"])
  }

  @Test("equal lines, constants and values stand in a program once")
  func sharing() throws {
    let program = try program(
      """
      version: 1
      contact: {urn: "ext:${event.who}"}
      rules:
        - {id: one, if: [{event.a: {in: [x, a long word of many letters]}}], do: [{set_name: "${event.n}!"}]}
        - {id: two, if: [{event.a: {in: [x, a long word of many letterz]}}], do: [{set_name: "${event.n}?"}]}
        - {id: three, if: ["event.a in ['x', 'a long word of many letters']"], do: [{set_name: "${event.n}!"}]}
        - {id: four, if: [{any: [{event.b: x}, {event.c: x}]}], do: [{set_name: "${event.c}!"}]}
        - {id: five, if: [{any: [{event.c: x}, {event.b: x}]}], do: [{set_name: "${event.n}!"}]}
      """)
    let texts = (0..<program.texts.count).map { program.texts[$0].offset }
    #expect(texts.count == 4)
    #expect(texts[0] == texts[2])
    let names = (0..<program.actions.count).map { program.actions[$0].value }
    #expect(names[0] == names[2] && names[0] == names[4])
    #expect(Set(names).count == 3)
    #expect(program.paths.filter { $0.first == "event" }.count == 6)
  }
}
