import Foundation
import Simulator
import Testing

private let fences = (try? Markdown("docs/simulator.md"))?.fences ?? []

@Suite("The simulator's page")
struct SimulatorPageTests {
  @Test("every example is of a kind that is run", arguments: fences)
  func kinds(_ fence: Markdown.Fence) {
    #expect(["sh", "console api", "json state", "json faults"].contains(fence.kind))
  }

  @Test("a state file starts a server", arguments: fences.filter { $0.kind == "json state" })
  func states(_ fence: Markdown.Fence) throws {
    let scratch = try Scratch()
    let file = try scratch.write(fence.text, to: "state.json")
    let simulator = try RunningSimulator(["--state", file.path])
    let header = "-H 'Authorization: Token pretend'"
    let contacts = try simulator.curl("\(header) \(simulator.address)/api/v2/contacts.json")
    #expect(contacts.contains(#""name":"Maria""#), "\(contacts)")
    #expect(
      try simulator.curl("\(simulator.address)/_simulator/clock").contains("2026-03-02T12:00:00"))
  }

  @Test("a file of faults is read", arguments: fences.filter { $0.kind == "json faults" })
  func faults(_ fence: Markdown.Fence) throws {
    let plan = try FaultFile.read(Array(fence.text.utf8))
    #expect(plan.faults.count > 5)
  }

  @Test(
    "commands of the shell name flags and scripts that exist",
    arguments: fences.filter { $0.kind == "sh" })
  func commands(_ fence: Markdown.Fence) throws {
    for line in fence.text.split(separator: "\n") {
      if line.hasPrefix("regra ") {
        #expect(try Command(shell: "\(line) --help").status == 0)
      } else {
        let script = line.prefix { $0 != " " }
        #expect(FileManager.default.isExecutableFile(atPath: packageRoot.path + "/" + script))
      }
    }
  }

  @Test("one server after another request answers as the page says")
  func sessions() throws {
    let simulator = try RunningSimulator([
      "--token", "pretend", "--clock", "2026-03-02T09:00:00-03:00",
    ])
    for fence in fences where fence.kind == "console api" {
      for (command, expected) in Self.steps(of: fence) {
        let line = command.replacingOccurrences(
          of: "http://localhost:8080", with: simulator.address)
        let found = try Command(shell: line).output
        #expect(Self.holds(found, expected), "\(command)\n\(found)")
      }
    }
  }

  private static func steps(of fence: Markdown.Fence) -> [(command: String, expected: String)] {
    var steps: [(command: String, expected: String)] = []
    for line in fence.text.split(separator: "\n") {
      if line.hasPrefix("$ ") {
        steps.append((String(line.dropFirst(2)), ""))
      } else if !steps.isEmpty {
        steps[steps.count - 1].expected += line
      }
    }
    return steps
  }

  /// `…` stands for any text.
  private static func holds(_ found: String, _ expected: String) -> Bool {
    let parts = expected.split(separator: "…", omittingEmptySubsequences: false)
    var rest = Substring(found.trimmingCharacters(in: .newlines))
    guard let first = parts.first, rest.hasPrefix(first) else { return false }
    rest = rest.dropFirst(first.count)
    for part in parts.dropFirst() {
      if part.isEmpty { return true }
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.isEmpty
  }
}
