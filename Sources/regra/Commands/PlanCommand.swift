import Diagnostics
import ArgumentParser
import Contacts
import Engine
import Knowledge
private import Glibc
import Planning
import Plans
import Rulesets
import StateStore
import Streams

/// `regra plan`: what `run` would send, shown contact by contact and saved; nothing is sent.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what rules would change, and save the calls.",
    discussion: """
      Reads what `run` reads, prints every change with its rule and event, and writes a plan file \
      that `regra apply` sends as it is. Nothing is sent to any server. Personal data is masked in \
      what is printed, never in the file.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    StreamOptions.environmentFlags + [
      .value("out"), .value("format"), .plain("prove"), .plain("all"),
    ]

  @OptionGroup var stream: StreamOptions

  @Option(help: ArgumentHelp("Where the plan is saved.", valueName: "file"))
  var out = "regra.plan"

  @Option(help: "text, or json with the same data.")
  var format: Format = .text

  @Flag(help: "Let an independent checker verify that the calls for groups are as few as claimed.")
  var prove = false

  @Flag(help: "Show every contact, not only the first fifty that are made or changed.")
  var all = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() throws {
    // The machine's clock, whatever `--now` says: `apply` asks what has changed since.
    let startedAt = PointInTime(microseconds: RunClock.system.now() / 1_000)
    let stop = StopSignal()
    stop.watchInterrupts()
    do {
      let ruleset = try stream.checkedRuleset()
      let program = Program(ruleset, profile: APIProfile(stream.dialect), on: .twoThreads)
      let inputs = try Input.expand(stream.events)
      var options = stream.options(merge: .window)
      // The whole plan is judged before its first call is sent.
      options.guarding = .left
      let now = options.clock.now() / 1_000_000_000
      let known = try stream.knowledge(at: now)
      let sink = PlanSink()
      let recorder = PlanRecorder()
      var ledger = GuardLedger(
        program.guards, profile: program.profile, contactCount: known.contactCount)
      let outlets = RunOutlets(
        sink: sink,
        progress: stream.noProgress || stream.quiet
          ? nil : ProgressBar(descriptor: STDERR_FILENO, inputs: inputs),
        record: { table, batch, snapshot in
          recorder.record(table, of: batch, knowing: snapshot)
          ledger.add(table, of: batch, knowing: snapshot.inventory)
        })
      let report = Pipeline.run(
        program, over: inputs, options: options, into: outlets, stop: stop,
        knowing: known.snapshot)
      if let failure = report.ending.failure { throw failure }
      let overview = PlanOverview(
        report: report, recorder: recorder, program: program, rules: stream.rules,
        words: known.words,
        isBlind: known.snapshot == nil, guards: ledger.counts())
      try save(overview, sink.calls, known, startedAt)
      try show(overview, ruleset)
      try finish(report, overview)
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  private func save(
    _ overview: PlanOverview, _ calls: [UInt8], _ known: WorkspaceKnowledge,
    _ startedAt: PointInTime
  ) throws {
    var head = PlanFile.Head(
      made: startedAt.text, dialect: stream.dialect,
      workspace: known.workspace,
      known: known.knownThrough
        ?? known.knownAt.map { PointInTime(microseconds: $0 * 1_000_000).text },
      eventCount: overview.report.statistics.eventCount, deletes: overview.count(of: .delete),
      creates: overview.count(of: .create), changes: overview.count(of: .change),
      guards: overview.guards)
    head.state = known.state
    head.ahead = known.ahead.filter { overview.recorder.knownContacts.contains($0.key) }
    head.smartGroups = known.smartGroups
    do throws(SinkFailure) {
      try WholeFile.write(PlanFile(head: head, calls: calls).bytes, to: out)
    } catch {
      guard case .failed(let failure) = error else { return }
      throw CommandFailure(failure)
    }
  }

  private func show(_ overview: PlanOverview, _ ruleset: Ruleset) throws {
    let privacy: Summary.Privacy = stream.reveal ? .revealed : .masked
    let output = DescriptorSink(descriptor: STDOUT_FILENO, path: "standard output")
    do throws(SinkFailure) {
      switch format {
      case .text:
        let text = PlanText(
          overview, privacy: privacy, limit: all ? .max : 50, language: Terminal.language)
        try output.write(Array(Terminal.language.told(text.text).utf8), batch: 1)
      case .json: try output.write(PlanJSON(overview, privacy: privacy).bytes, batch: 1)
      }
    } catch {
      // Whoever reads has seen enough; the plan is saved.
      guard case .failed(let failure) = error else { return }
      throw CommandFailure(failure)
    }
    guard !stream.quiet else { return }
    let words = Summary(overview.report, of: RuleDigest(ruleset), privacy: privacy)
    let next =
      overview.guards.objections.isEmpty
      ? "`regra apply \(out)` sends it" : "a guard keeps `regra apply \(out)` from sending it"
    Terminal.say("\n" + words.notices + "saved: \(out); \(next)\n")
  }

  private func finish(_ report: RunReport, _ overview: PlanOverview) throws {
    if prove {
      if let objection = overview.objection {
        throw CommandFailure("a proof does not hold: \(objection)", status: 70)
      }
      let count = overview.recorder.proofs.count
      Terminal.say("proofs: \(counted(count, "round")) checked, every claim holds\n")
    }
    let status = report.ending.exitStatus(hasSetAside: report.hasSetAside)
    if status != 0 { throw ExitCode(status) }
  }
}

/// Keeps the calls of all batches.
private final class PlanSink: Sink {
  private(set) var calls: [UInt8] = []

  func write(_ calls: [UInt8], batch: Int) { self.calls += calls }
}
