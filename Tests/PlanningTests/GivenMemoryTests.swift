import Contacts
import Diagnostics
import Engine
import Planning
import Rulesets
import Testing

@Suite("Memory that is given back")
struct GivenMemoryTests {
  private static let rules = """
    version: 1
    events: {id: event.id}
    contact: {urn: "ext:${event.who}", missing: create}
    rules:
      - {id: name, do: [{set_name: "${event.name}"}]}
      - {id: group, do: [{add_to_group: "Loja ${event.store}"}]}
      - {id: urn, if: [{event.mail: present}], do: [{add_urn: "mailto:${event.mail}"}]}
    """

  /// Some events of a window; no two windows have the same texts, and each is shorter than the one before.
  private static func lines(of window: Int) -> [String] {
    (0..<(30 - 7 * window)).map { number in
      let mail = number % 3 == 0 ? ",\"mail\":\"m\(window)-\(number)@x.org\"" : ""
      return
        "{\"id\":\"w\(window)e\(number)\",\"who\":\"\(number % 11)\",\"name\":\"N\(number * window)\",\"store\":\(number % 4)\(mail)}"
    }
  }

  @Test("the calls of windows are the same whether memory is given back or not")
  func windows() throws {
    #expect(try Self.calls(givesBack: true) == Self.calls(givesBack: false))
  }

  private static func calls(givesBack: Bool) throws -> [String] {
    let (ruleset, _) = Ruleset.check([SourceText(path: "r.yaml", contents: rules)], profile: .weni)
    let program = Program(try #require(ruleset), profile: .weni)
    var evaluator = Evaluator(program, byteLimit: 1 << 20)
    var merger = Merger(program, mode: .window, sources: ["events"])
    var planner = WindowPlanner(
      program, WindowPlanner.Wishes(), beginningWith: merger, contactCount: nil, startedAt: 0)
    let encoder = CallEncoder(program: program)
    var calls: [String] = []
    for number in 0..<4 {
      var bytes: [UInt8] = []
      var records: [Record] = []
      for line in lines(of: number) {
        records.append(
          Record(offset: UInt32(bytes.count), length: UInt32(line.utf8.count), line: 1))
        bytes += Array(line.utf8) + [UInt8(ascii: "\n")]
      }
      let count = bytes.count
      bytes += [UInt8](repeating: 0, count: 64)
      var log = Log()
      bytes.withUnsafeBytes {
        evaluator.evaluate(
          UnsafeRawBufferPointer(rebasing: $0[..<count]), records, source: 0, now: 0, into: &log)
      }
      merger.apply(log)
      var window = planner.closeWindow(of: &merger, at: 0, isLast: number == 3)
      var output: [UInt8] = []
      encoder.encode(window.table, of: window.batch, into: &output)
      calls.append(String(decoding: output, as: UTF8.self))
      if givesBack { planner.takeBack(&window, for: &merger) }
    }
    #expect(calls.allSatisfy { !$0.isEmpty })
    return calls
  }
}
