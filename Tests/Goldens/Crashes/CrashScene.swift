import Delivery
import Foundation
import Sending

/// A workspace and runs over events, and what becomes of both when processes die and power goes.
final class CrashScene {
  enum Source: CaseIterable { case file, pipe }

  /// What is done once all events are delivered.
  struct Outcome {
    var state: [String]
    var counts: CallCounts
  }

  private let relay: RecordingRelay
  private var simulator: RunningSimulator
  private let beginning: String
  private let shim: CrashShim
  private let files: Scratch
  private var feed: PipeFeed?
  private var synced: SyncedDisk?
  /// Every byte that the pipe gave, by its number in the spool.
  private var stream: [UInt8] = []
  private var source = Source.file
  private var statuses: Set<Int32> = [0]
  private(set) var killCount = 0
  /// How often a call that nobody may do twice was under way when its process was killed.
  private var allowance: [String: Int] = [:]

  init() throws {
    files = try Scratch()
    let state = try files.write(CrashWorkload.workspace, to: "workspace.json")
    simulator = try RunningSimulator(["--state", state.path, "--token", "t", "--no-quotas"])
    relay = try RecordingRelay(to: simulator.port)
    beginning = try Self.state(of: simulator)
    _ = try files.write(CrashWorkload.rules, to: "rules.yaml")
    _ = try files.write(CrashWorkload.events.joined(), to: "events.ndjson")
    let root = files.directory.path
    shim = CrashShim(disk: "\(root)/disk", in: files)
    let pull = try Command(
      shell: "REGRA_TOKEN=t regra pull --url \(Self.address(relay)) --state \(root)/pulled")
    guard pull.status == 0 else { throw CocoaError(.fileReadUnknown, userInfo: ["": pull.errors]) }
  }

  deinit {
    feed?.end()
    relay.end()
  }

  private static func address(_ relay: RecordingRelay) -> String {
    "http://127.0.0.1:\(relay.port)"
  }

  private static func state(of simulator: RunningSimulator) throws -> String {
    let answer = try simulator.send(
      "GET /_simulator/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    guard let head = answer.firstRange(of: "\r\n\r\n") else { throw CocoaError(.fileReadUnknown) }
    return String(answer[head.upperBound...])
  }

  private func path(_ name: String) -> String { files.directory.appending(path: name).path }

  /// Begins anew; with `knowing` the workspace was pulled before, with `isHeld` the pipe gives the first
  /// window and then falls silent.
  func begin(_ source: Source, knowing: Bool, isHeld: Bool = false) throws {
    let answer = try simulator.send(
      """
      PUT /_simulator/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r
      Content-Length: \(beginning.utf8.count)\r\n\r\n\(beginning)
      """)
    guard answer.contains(" 204 ") else { throw CocoaError(.fileWriteUnknown) }
    relay.forget()
    feed?.end()
    feed = nil
    self.source = source
    killCount = 0
    allowance = [:]
    statuses = [0]
    try? FileManager.default.removeItem(atPath: shim.disk)
    try FileManager.default.createDirectory(atPath: shim.disk, withIntermediateDirectories: false)
    if knowing {
      try FileManager.default.copyItem(atPath: path("pulled"), toPath: "\(shim.disk)/state")
    }
    if source == .pipe {
      stream = Array(CrashWorkload.events.joined().utf8)
      feed = try PipeFeed(CrashWorkload.events, isHeld: isHeld)
    }
    try watch()
  }

  /// All that is on the disk now is taken to be synced.
  private func watch() throws {
    synced = try SyncedDisk(shim.disk)
    try? FileManager.default.removeItem(atPath: shim.log)
  }

  private func start(_ death: Death) throws -> Process {
    let events = source == .file ? path("events.ndjson") : "-"
    let process = Command.process([
      "run", path("rules.yaml"), events, "--to", Self.address(relay), "--window", "4",
      "--state", "\(shim.disk)/state", "--in-flight", "3", "--quota", "none", "--no-progress",
    ])
    process.environment?["REGRA_TOKEN"] = "t"
    try shim.prepare(process, for: death)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: try files.write("", to: "errors"))
    process.standardInput = feed.map { FileHandle(fileDescriptor: $0.reading) }
    try process.run()
    return process
  }

  /// Runs until the end or a death; where it was killed, if it was.
  func run(until death: Death) throws -> (instant: KillInstant, place: String)? {
    let process = try start(death)
    process.waitUntilExit()
    try relay.settle()
    guard process.terminationReason == .uncaughtSignal else {
      guard statuses.contains(process.terminationStatus) else {
        throw CocoaError(
          .executableRuntimeMismatch,
          userInfo: ["status": process.terminationStatus, "errors": try errors])
      }
      return nil
    }
    killCount += 1
    return try shim.record()
  }

  private var errors: String {
    get throws { try String(contentsOfFile: path("errors"), encoding: .utf8) }
  }

  var instants: [KillInstant] { get throws { try shim.instants() } }

  /// Lets the power go: what was not synced survives in part, and a pipe is gone.
  func cutPower(
    _ survival: SyncedDisk.Survival, using random: inout some RandomNumberGenerator
  ) throws {
    try synced?.apply(log: shim.log)
    try synced?.cut(survival, using: &random)
    try watch()
    if source == .pipe { try feedRest() }
  }

  /// What of the pipe the state directory has no whole line of comes again, by another pipe.
  private func feedRest() throws {
    feed?.end()
    let spool = try spooled()
    let sources = try journal { try $0.sources() } ?? []
    let planned = sources.first { $0.identity == "-" }?.byteOffset ?? 0
    let same = zip(spool.bytes, stream[min(spool.start, stream.count)...]).prefix { $0 == $1 }.count
    let kept = max(planned, spool.bytes.isEmpty ? 0 : spool.start + same)
    let whole = stream[..<kept].split(separator: 0x0A, omittingEmptySubsequences: false)
    let done = Set(whole.dropLast().map { String(decoding: $0, as: UTF8.self) + "\n" })
    let rest = CrashWorkload.events.filter { !done.contains($0) }
    if spool.start + spool.bytes.count <= planned {
      // What comes is numbered from there, whatever of the spool is left.
      stream = Array(stream[..<planned])
    } else {
      stream = stream[..<spool.start] + spool.bytes
      if stream.last != 0x0A {
        stream.append(0x0A)
        // Of a line that was torn nobody can say more than that it was.
        statuses = [0, 5]
      }
    }
    stream += Array(rest.joined().utf8)
    feed = try PipeFeed(rest)
  }

  private func spooled() throws -> (start: Int, bytes: [UInt8]) {
    let directory = "\(shim.disk)/state/spool"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    guard let name = names.filter({ $0.hasSuffix(".raw") }).max(),
      let start = Int(name.dropLast(4))
    else { return (0, []) }
    return (start, [UInt8](try Data(contentsOf: URL(filePath: "\(directory)/\(name)"))))
  }

  /// Reads the journal as the next run will find it, and leaves it as it is.
  private func journal<Value>(_ read: (DeliveryJournal) throws -> Value) throws -> Value? {
    let (state, copy) = ("\(shim.disk)/state", path("copy"))
    guard FileManager.default.fileExists(atPath: "\(state)/delivery.sqlite") else { return nil }
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: state, toPath: copy)
    return try read(try DeliveryJournal(copy))
  }

  /// Whether all was done and written down, though nobody heard that it ended well.
  func hasEnded() throws -> Bool {
    try journal { journal in
      try journal.sources().isEmpty && journal.backlog() == (0, 0)
        && journal.fact("deletes") != nil
    } ?? false
  }

  /// Notes which calls were under way: each of them may be sent once more.
  func allowWhatWasUnderWay() throws {
    let lines = try journal { journal in
      let (batch, calls) = try journal.nextBatch() ?? (0, [])
      let begun = Set(calls.filter { $0.state == .begun }.map(\.number))
      return try journal.lines(of: batch, from: 1, atMost: calls.count, byteCount: .max)
        .filter { begun.contains($0.number) }.map(\.line)
    }
    for line in lines ?? [] {
      for key in CallCounts.singular(line: String(decoding: line, as: UTF8.self)) {
        allowance[key, default: 0] += 1
      }
    }
  }

  /// Runs to the end while its server is killed and started again behind these requests.
  func run(killingServerBehind places: [Int]) throws {
    let process = try start(.none)
    for place in places {
      relay.wait(forRequests: place, orUntil: { !process.isRunning })
      guard process.isRunning else { break }
      try relay.replaceServer {
        let state = try files.write(try Self.state(of: simulator), to: "workspace.json")
        _ = simulator.end(SIGKILL)
        simulator = try RunningSimulator(["--state", state.path, "--token", "t", "--no-quotas"])
        return simulator.port
      }
      killCount += 1
    }
    process.waitUntilExit()
    try relay.settle()
    for request in relay.requests where !request.isHeard {
      for key in CallCounts.singular(request.target, request.body) {
        allowance[key, default: 0] += 1
      }
    }
    guard process.terminationStatus == 0 else {
      throw CocoaError(.executableRuntimeMismatch, userInfo: ["errors": try errors])
    }
  }

  var outcome: Outcome {
    get throws {
      Outcome(
        state: try CrashWorkload.outcome(try Self.state(of: simulator)),
        counts: CallCounts(relay.requests))
    }
  }

  /// What is otherwise than in a run that nobody disturbed.
  func wrongs(beside whole: Outcome) throws -> [String] {
    let outcome = try outcome
    let states = outcome.state.difference(from: whole.state).map { "\($0)" }
    return states
      + outcome.counts.wrongs(beside: whole.counts, allowance: allowance, killCount: killCount)
  }
}
