import Contacts
import Diagnostics
import Engine
import Foundation
import Planning
import Rulesets
import Simulator
import Streams
import Testing

/// How a source writes its events.
private enum Layout: CaseIterable {
  case lines, arrayLines, values, array, csv, compressed

  func bytes(of events: [String], _ random: inout some RandomNumberGenerator) throws -> [UInt8] {
    switch self {
    case .lines: return Array(lines(events, &random).utf8)
    case .arrayLines:
      var text = ""
      var rest = events[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...4, using: &random)
        text += "[\(rest.prefix(count).joined(separator: ","))]\n"
        rest = rest.dropFirst(count)
      }
      return Array(text.utf8)
    case .values:
      return Array(
        events.map { $0.replacingOccurrences(of: ",", with: ",\n  ") }.joined(separator: "\n").utf8)
    case .array: return Array("[\n\(events.joined(separator: ",\n"))\n]\n".utf8)
    case .csv:
      let rows = events.map { event in
        let parts = event.split(separator: "\"").map(String.init)
        return "\(parts[3]),\(parts[7])"
      }
      return Array("id,phone\n\(rows.joined(separator: "\n"))\n".utf8)
    case .compressed: return try gzip(Array(lines(events, &random).utf8))
    }
  }

  /// One a line, with lines among them that are none.
  private func lines(_ events: [String], _ random: inout some RandomNumberGenerator) -> String {
    events.map { event in
      let garbage = ["", "", "", "", "{\"broken\":\n", "nonsense\n", "\n"]
      return (garbage.randomElement(using: &random) ?? "") + event + "\n"
    }.joined()
  }

  private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-c"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    try input.fileHandleForWriting.close()
    return Array(output.fileHandleForReading.readDataToEndOfFile())
  }
}

/// Keeps windows, until it dies.
private final class MemoryLedger: WindowLedger {
  private(set) var windows: [String] = []
  private(set) var resume = RunResume()
  /// Ids of events, as often as their groups are joined: each has one of its own.
  var events: [String] {
    windows.joined().matches(of: /"group":"G (e\d+)"/).map { String($0.1) }
  }

  private let limit: Int

  init(dyingBehind limit: Int = .max) { self.limit = limit }

  func commit(_ window: ClosedWindow) throws(SinkFailure) {
    guard windows.count < limit else { throw .closed }
    // Batches are numbered from one in each process.
    let lines = String(decoding: window.calls, as: UTF8.self).split(separator: "\n").map { line in
      line.drop { $0 != "," }
    }
    windows.append(lines.joined(separator: "\n"))
    for position in window.positions {
      resume.positions.removeAll { $0.source == position.source }
      resume.positions.append(position)
    }
    resume.deleteCount = window.deleteCount
    resume.marks += window.marks
  }
}

@Suite("Runs that go on")
struct ResumedRunTests {
  private static let rules = """
    version: 1
    events: {id: event.id}
    contact: {urn: "ext:${event.phone}"}
    rules:
      - {id: data, do: [{set_fields: {campo: "${event.id}"}}, {add_to_group: "G ${event.id}"}]}
    """

  private let program: Program

  init() throws {
    let (ruleset, _) = Ruleset.check(
      [SourceText(path: "rules.yaml", contents: Self.rules)], profile: .weni)
    program = Program(try #require(ruleset), profile: .weni)
  }

  private func run(
    _ inputs: [Input], window: Int, into ledger: MemoryLedger, workers: Int, memory: Int,
    from resume: RunResume? = nil
  ) -> RunReport {
    var options = RunOptions(
      window: WindowLimits(eventCount: window), clock: .fixed(1_772_452_800_000_000_000),
      workerCount: workers, memoryLimit: memory, blockByteCount: 4_096)
    options.resume = resume
    var outlets = RunOutlets(sink: MemorySink())
    outlets.ledger = ledger
    return Pipeline.run(program, over: inputs, options: options, into: outlets)
  }

  @Test(
    "a run that dies at any window and goes on gives the windows of one that does not",
    arguments: 0..<24)
  func law(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var inputs: [Input] = []
    var count = 0
    for index in 0..<Int.random(in: 1...3, using: &random) {
      // The same event written another way is another one, so that each source has its own.
      var seen: [String] = []
      let events = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        // Some come again. What is new is of a value of its own, as what earlier windows wrote is
        // not written again unless the process that knew it is gone.
        if Int.random(in: 0..<4, using: &random) == 0, let old = seen.randomElement(using: &random)
        {
          return old
        }
        let phone = Int.random(in: 1...3, using: &random)
        count += 1
        seen.append(#"{"id":"e\#(count)","phone":"\#(phone)"}"#)
        return seen[seen.count - 1]
      }
      let layout = Layout.allCases[(seed + index) % Layout.allCases.count]
      let path = folder.appending(path: "\(index)").path
      try Data(try layout.bytes(of: events, &random)).write(to: URL(filePath: path))
      inputs.append(Input(.file(path), path: "\(index)", byteCount: 1))
    }
    let window = Int.random(in: 1...9, using: &random)
    let workers = Int.random(in: 1...3, using: &random)
    let memory = seed % 4 == 3 ? 1 : 256 << 20
    let whole = MemoryLedger()
    let report = run(inputs, window: window, into: whole, workers: workers, memory: memory)
    #expect(report.ending == .complete)
    for cut in 0..<whole.windows.count {
      let first = MemoryLedger(dyingBehind: cut)
      _ = run(inputs, window: window, into: first, workers: workers, memory: memory)
      #expect(first.windows == Array(whole.windows[..<cut]))
      let second = MemoryLedger()
      let report = run(
        inputs, window: window, into: second, workers: workers, memory: memory,
        from: first.resume)
      #expect(report.ending == .complete)
      if memory > 1 {
        #expect(second.windows == Array(whole.windows[cut...]), "seed \(seed), cut \(cut)")
      } else {
        // Windows that memory ends begin elsewhere; what they ask for is the same.
        let events = first.events + second.events
        #expect(events.sorted() == whole.events.sorted(), "seed \(seed), cut \(cut)")
      }
    }
  }
}
