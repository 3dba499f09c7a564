import ArgumentParser
import Contacts
import Engine
import Foundation
import Rulesets
import Synchronization
import Testing

@testable import Streams
@testable import regra

@Suite("Rules of a live run")
struct LiveRulesTests {
  private static let named = """
    version: 1
    events: {type: event.type, id: event.id}
    contact: {urn: "ext:${event.person}", missing: create}
    rules:
      - id: named
        when: seen
        do:
          - set_name: ${event.name}
      - id: spoken
        when: seen
        do:
          - set_language: pt

    """
  private static let titled = named.replacingOccurrences(
    of: "set_name: ${event.name}", with: #"set_name: "Dona ${event.name}""#)

  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func write(_ text: String) throws -> String {
    try scratch.write(text, to: "rules.yaml").path
  }

  private func rules(_ text: String) throws -> RulesInForce {
    let stream = try StreamOptions.parse([write(text)])
    return try RulesInForce(stream.checkedRules(), of: stream)
  }

  /// Runs events, each written once the calls of the one before are there; the second one comes behind
  /// other rules.
  private func run(
    _ events: [String], _ first: String, then second: String, isLedger: Bool = false
  ) throws -> (lines: [String], report: RunReport, counts: [RunCounts]) {
    let stream = try StreamOptions.parse([write(first)])
    let rules = try RulesInForce(stream.checkedRules(), of: stream)
    let pipe = scratch.directory.appending(path: "events").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let file = scratch.directory.appending(path: "rules.yaml")
    let sink = StepSink(events.dropFirst().map { $0 + "\n" }, into: pipe) { number in
      guard number == 0 else { return }
      try? Data(second.utf8).write(to: file)
      rules.look()
      rules.look()
    }
    sink.feed(events[0] + "\n")
    var outlets = RunOutlets(sink: sink)
    if isLedger { outlets.ledger = sink }
    let report = Pipeline.run(
      rules.program, over: [Input(.file(pipe), path: "events", byteCount: nil)],
      options: RunOptions(window: WindowLimits(eventCount: 1)), into: outlets)
    return (sink.lines, report, sink.counts)
  }

  @Test("what windows are told of the whole run goes on, too")
  func counts() throws {
    let events = (1...3).map { #"{"type": "seen", "id": \#($0), "person": \#($0), "name": "Ana"}"# }
    let counts = try run(events, Self.named, then: Self.titled, isLedger: true).counts
    #expect(counts.map(\.events) == [1, 2, 3])
    #expect(counts.map(\.mutations) == [2, 4, 6])
  }

  @Test("the next window has the rules that were put in force, and counts go on")
  func swapped() throws {
    let events = (1...3).map { #"{"type": "seen", "id": \#($0), "person": \#($0), "name": "Ana"}"# }
    let (lines, report, _) = try run(events, Self.named, then: Self.titled)
    #expect(lines.count == 3)
    #expect(lines[0].contains(#""name":"Ana""#))
    #expect(lines[1].contains(#""name":"Dona Ana""#) && lines[1].hasPrefix(#"{"batch":2,"#))
    #expect(lines[2].contains(#""name":"Dona Ana""#) && lines[2].hasPrefix(#"{"batch":3,"#))
    #expect(report.statistics.eventCount == 3)
    #expect(report.statistics.rules.map(\.id) == ["named", "spoken"])
    #expect(report.statistics.rules.map(\.fired) == [3, 3])
  }

  @Test("rules that are gone keep their counts, and new ones begin with none")
  func replaced() throws {
    let other = Self.named.replacingOccurrences(of: "id: spoken", with: "id: language")
    let events = (1...2).map { #"{"type": "seen", "id": \#($0), "person": \#($0), "name": "Ana"}"# }
    let report = try run(events, Self.named, then: other).report
    #expect(report.statistics.rules.map(\.id) == ["named", "language", "spoken"])
    #expect(report.statistics.rules.map(\.fired) == [2, 1, 1])
    #expect(report.statistics.rules.map(\.isEnabled) == [true, true, false])
  }

  @Test("an event that was seen is a repeat under other rules, too")
  func repeats() throws {
    let event = #"{"type": "seen", "id": 1, "person": 1, "name": "Ana"}"#
    let next = #"{"type": "seen", "id": 2, "person": 1, "name": "Bia"}"#
    let (lines, report, _) = try run([event, "\(event)\n\(next)"], Self.named, then: Self.titled)
    #expect(lines.count == 2)
    #expect(report.statistics.repeats == 1)
  }

  @Test("rules with a mistake change nothing, until it is repaired")
  func mistake() throws {
    let rules = try rules(Self.named)
    let before = rules.digest.rules.map(\.id)
    _ = try write(Self.titled.replacingOccurrences(of: "set_language", with: "set_langage"))
    rules.look()
    rules.look()
    #expect(rules.program.edition.number == 0)
    #expect(rules.digest.rules.map(\.id) == before)
    _ = try write(Self.titled)
    rules.look()
    rules.look()
    #expect(rules.program.edition.number == 1)
  }

  @Test("files count once they stand still, and at once where somebody asks")
  func settling() throws {
    let rules = try rules(Self.named)
    _ = try write(Self.titled)
    rules.look()
    #expect(rules.program.edition.number == 0)
    rules.reload()
    rules.look()
    #expect(rules.program.edition.number == 1)
    rules.look()
    #expect(rules.program.edition.number == 1)
  }

  @Test("rules that may not hold are not put in force")
  func objection() throws {
    let rules = try rules(Self.named)
    _ = try write(Self.titled)
    rules.reload()
    rules.look { _ in throw CommandFailure("no", status: 7) }
    #expect(rules.program.edition.number == 0)
  }

  @Test(
    "what changed is told by the names of rules",
    arguments: [
      (titled, "1 changed (named)"),
      (
        named.replacingOccurrences(of: "id: spoken", with: "id: b"),
        "1 added (b), 1 removed (spoken)"
      ),
      (named + "\n", "no rule itself, but what they share or their order"),
      (named.replacingOccurrences(of: "\n", with: "\r\n"), "2 changed (named, spoken)"),
      (named, "nothing differs"),
    ])
  func words(text: String, sentence: String) throws {
    func written(_ text: String) throws -> WrittenRules {
      let stream = try StreamOptions.parse([write(text)])
      let checked = try stream.checkedRules()
      return WrittenRules(RuleDigest(try #require(checked.ruleset)), in: checked.sources)
    }
    let changes = RuleChanges(from: try written(Self.named), to: try written(text))
    #expect(changes.sentence == sentence)
  }

  @Test("a live run takes up changed rules by itself, and at a hang-up says what it did")
  func binary() throws {
    let rules = try write(Self.named)
    let changed = try scratch.write(Self.titled, to: "titled").path
    let run = try Command(
      shell: """
        mkfifo '\(rules).pipe'
        regra run '\(rules)' '\(rules).pipe' --window 1 >'\(rules).out' 2>'\(rules).err' &
        child=$!
        exec 3<> '\(rules).pipe'
        echo '{"type": "seen", "id": 1, "person": 1, "name": "Ana"}' >&3
        for i in $(seq 600); do grep -q Ana '\(rules).out' && break; sleep 0.1; done
        cp '\(changed)' '\(rules)'
        for i in $(seq 600); do grep -q 'rules changed' '\(rules).err' && break; sleep 0.1; done
        kill -HUP $child
        for i in $(seq 600); do grep -q 'same as before' '\(rules).err' && break; sleep 0.1; done
        echo '{"type": "seen", "id": 2, "person": 2, "name": "Ana"}' >&3
        exec 3>&-
        wait $child
        cat '\(rules).out'
        cat '\(rules).err' >&2
        """)
    #expect(run.output.contains("Dona Ana"), "\(run.output) \(run.errors)")
    #expect(
      run.errors.contains("regra: rules changed, from the next window on: 1 changed (named)\n"))
    #expect(run.errors.contains("regra: the rules are the same as before\n"))
  }
}

/// Takes calls, and writes the next event into a pipe for each batch.
private final class StepSink: Sink, WindowLedger {
  private struct State {
    var lines: [String] = []
    var counts: [RunCounts] = []
    var events: [String]
    var taken = 0
    var pipe: FileHandle?
  }

  private let state: Mutex<State>
  private let path: String
  private let before: @Sendable (Int) -> Void

  init(_ events: [String], into path: String, before: @escaping @Sendable (Int) -> Void) {
    state = Mutex(State(events: events))
    self.path = path
    self.before = before
  }

  var lines: [String] { state.withLock(\.lines) }
  /// What each window was told of the run, where this is its ledger.
  var counts: [RunCounts] { state.withLock(\.counts) }

  func commit(_ window: ClosedWindow) throws(SinkFailure) {
    state.withLock { $0.counts.append(window.counts) }
    try write(window.calls, batch: window.batch.number)
  }

  /// Opens the pipe, whose reader may not be there yet, and writes.
  func feed(_ text: String) {
    let end = open(path, O_RDWR)
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(end, $0.baseAddress, $0.count) }
    state.withLock { $0.pipe = FileHandle(fileDescriptor: end, closeOnDealloc: true) }
  }

  func write(_ bytes: [UInt8], batch: Int) throws(SinkFailure) {
    let text = String(decoding: bytes, as: UTF8.self)
    let number = state.withLock { state in
      state.lines += text.split(separator: "\n").map(String.init)
      defer { state.taken += 1 }
      return state.taken
    }
    before(number)
    state.withLock { state in
      guard !state.events.isEmpty else { return state.pipe = nil }
      try? state.pipe?.write(contentsOf: Data(state.events.removeFirst().utf8))
    }
  }
}
