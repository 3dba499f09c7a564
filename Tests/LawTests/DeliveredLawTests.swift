import Contacts
import Delivery
import Engine
import Execution
import Foundation
import Planning
import RandomCalls
import Simulator
import StateStore
import Streams
import Testing

private let caseCount = number("REGRA_LAW_CASES") ?? 60
private let firstSeed = UInt64(number("REGRA_LAW_SEED") ?? 1)

private func number(_ name: String) -> Int? {
  ProcessInfo.processInfo.environment[name].flatMap(Int.init)
}

/// One run of a case: what planning gave, window by window.
private struct Windows {
  var planned: [DeliveryJournal.Planned] = []
  var lines: [UInt8] = []
}

@Suite("The law of delivery")
struct DeliveredLawTests {
  @Test(
    "calls that run side by side, and answers in any order, reach the state of their order",
    arguments: StartingKnowledge.allCases)
  func law(_ knowledge: StartingKnowledge) async throws {
    let run = try CaseRun()
    defer { run.remove() }
    var callCount = 0
    for seed in firstSeed..<firstSeed + UInt64(caseCount) {
      var generator = CaseGenerator(seed: seed)
      let example = generator.draw(knowing: knowledge)
      let windows = try await windows(of: example, run)
      callCount += windows.planned.reduce(0) { $0 + $1.lines.count }
      let expected = try await state(of: example) { api in
        var reader = CallReader()
        var executor = Executor(
          over: api, profile: APIProfile(example.dialect), headers: CaseRun.headers,
          clock: WaitingClock(of: api), urnMoves: .allowed)
        _ = await executor.run(try reader.readAll(windows.lines))
      }
      let delivered = try await state(of: example) { api in
        try await deliver(windows, of: example, to: api, seed: seed)
      }
      guard delivered != expected else { continue }
      Issue.record(
        "seed \(seed), \(knowledge): \(delivered)\nexpected \(expected)\n\(String(decoding: windows.lines, as: UTF8.self))"
      )
      return
    }
    #expect(callCount > 2 * caseCount)
  }

  /// What a workspace is once something was done to it.
  private func state(
    of example: LawCase, _ body: (SimulatedAPI) async throws -> Void
  ) async throws -> [String] {
    let text = Array(example.stateText.utf8)
    let api = SimulatedAPI(
      try StateFile.read(text), clock: try StateFile.readClock(text) ?? .system)
    try await body(api)
    return try WorkspaceState.lines(of: api.workspace, before: example)
  }

  private func windows(of example: LawCase, _ run: CaseRun) async throws -> Windows {
    let program = try run.program(of: example)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).ndjson")
    try Data(example.eventsText.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let input = Input(.file(file.path), path: "events.ndjson", byteCount: nil)
    let sink = WindowSink()
    let outlets = RunOutlets(
      sink: sink, record: { table, batch, _ in sink.order = table.order(of: batch) })
    let report = Pipeline.run(
      program, over: [input],
      options: RunOptions(
        window: WindowLimits(eventCount: example.window), merge: .window, urnMoves: .allowed,
        clock: .fixed(CaseRun.now)),
      into: outlets, knowing: try await run.snapshot(of: example))
    guard report.ending == .complete else { throw CaseProblem.ending(report.ending) }
    return sink.windows
  }

  private func deliver(
    _ windows: Windows, of example: LawCase, to api: SimulatedAPI, seed: UInt64
  ) async throws {
    let disk = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    let directory = "\(disk)/regra-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let journal = try DeliveryJournal(directory)
    for planned in windows.planned { try journal.plan(planned) }
    var options = DeliveryOptions()
    options.inFlight = 8
    options.limits = .none
    options.urnMoves = .allowed
    let server = AuthorizedTransport(api, token: Workspace.firstToken)
    let delivery = try Delivery(
      journal, over: JostlingTransport(server, seed: seed), profile: APIProfile(example.dialect),
      options: options, clock: WaitingClock(of: api),
      now: { PointInTime(microseconds: api.clock.now.microseconds) })
    delivery.finishInput()
    let report = await delivery.run()
    #expect(report.ending == .complete)
  }
}

private final class WindowSink: Sink {
  var order: [CallOrder] = []
  private(set) var windows = Windows()

  func write(_ calls: [UInt8], batch: Int) {
    var planned = DeliveryJournal.Planned(at: PointInTime(microseconds: 0))
    planned.lines = calls.split(separator: 0x0A)
    planned.order = order
    windows.planned.append(planned)
    windows.lines += calls
  }
}
