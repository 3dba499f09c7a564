package import Contacts
internal import Pulling
internal import Rulesets
package import StateStore

/// Looks at all that a run stands on: server, token, clock, workspace, rules, state directory.
///
/// It only reads, and looks at each thing whatever became of the others.
package struct Checkup<Time: Clock>: Sendable where Time.Duration == Duration {
  /// What the network said of the last failure: what happened, and what to do.
  package typealias Cause = @Sendable () -> (finding: String, repair: String?)?

  let subject: CheckupSubject
  /// The rules as they are without a workspace; absent where there are none, or none that are right.
  let rules: Ruleset?
  let reader: ServerReader<Time>
  let watch: AnswerWatch
  let cause: Cause
  let now: @Sendable () -> PointInTime

  /// `clock` waits before what failed is asked for again; `now` is the time of this machine.
  package init(
    of subject: CheckupSubject, over transport: any Transport, clock: Time,
    now: @escaping @Sendable () -> PointInTime = PullClock.system.now,
    cause: @escaping Cause = { nil }
  ) {
    self.subject = subject
    self.cause = cause
    if case .read(let sources, _) = subject.rules {
      rules = Ruleset.check(sources, profile: APIProfile(subject.dialect)).ruleset
    } else {
      rules = nil
    }
    self.now = now
    watch = AnswerWatch(transport, now: now)
    reader = ServerReader(over: watch, clock: clock)
  }

  /// All findings, in the order of ``Finding/Check``.
  package func run() async -> [Finding] {
    let server = await reader.read()
    return serverFindings(server) + workspaceFindings(server) + ruleFindings(server)
      + stateFindings(server)
  }
}

extension [Finding] {
  /// How a command ends: 0 without problems, 1 where rules or workspace have some, 3 where a file
  /// cannot be used, 6 where the server is not reached or does not allow it; the last that holds.
  package var exitStatus: Int32 {
    map { finding -> Int32 in
      switch finding.verdict {
      case .fine, .warning, .unknown: 0
      case .problem(.content): 1
      case .problem(.file): 3
      case .problem(.server): 6
      }
    }.max() ?? 0
  }
}
