import CEL
import Contacts
import Delivery
import Engine
import Pulling
import Sending
import StateStore
import Streams
import Synchronization
import Telemetry

/// What is known of a run while it lasts: for its log, its metrics, its health and its status line.
final class RunWatch: Sendable {
  struct State {
    var status = RunStatus()
    var health: Health
    var backlog: [QuotaScope: Int] = [:]
    /// What the last chunks were counted by.
    var counted = RunCounts()
    var isReading = false
    var readingSince: Duration
    var firstCall: Duration?
    var waitsUntil: Duration = .zero
    /// When each reason to wait was told last.
    var toldWaits: [WaitReason: Duration] = [:]
    var lastProgress: PointInTime
    var quotas: @Sendable () -> [QuotaStanding] = { [] }
    var spoolByteCount: @Sendable () -> Int = { 0 }
  }

  /// So long may calls wait without a reason, beyond what one answer may take.
  private static let patience: Duration = .seconds(180)

  let log: RunLog?
  let isQuiet: Bool
  let metrics = RunMetrics()
  private let start = ContinuousClock.now
  private let startTime = PullClock.system.now()
  private let state: Mutex<State>

  init(_ log: RunLog? = Terminal.log, isQuiet: Bool, answerTime: Duration) {
    self.log = log
    self.isQuiet = isQuiet
    state = Mutex(
      State(
        health: Health(patience: Self.patience + answerTime, now: .zero), readingSince: .zero,
        lastProgress: startTime))
    metrics.set("regra_build_info", 1, [("version", Regra.version)])
    metrics.set("regra_start_timestamp_seconds", startTime.seconds)
  }

  /// Since the run began.
  private var now: Duration { .now - start }

  func update(_ body: (inout State, _ now: Duration) -> Void) {
    let now = now
    state.withLock { body(&$0, now) }
  }

  /// What the status line says.
  var status: RunStatus {
    let now = now
    let (known, quotas) = state.withLock { ($0, $0.quotas) }
    return Self.status(known, quotas(), at: now)
  }

  /// Where each quota lets the calls go that wait for it, and at the speed of those before.
  private static func status(
    _ state: State, _ quotas: [QuotaStanding], at now: Duration
  ) -> RunStatus {
    var status = state.status
    status.quotaLeft = quotas.compactMap(\.left)
    status.backlog = state.backlog.values.reduce(0, +)
    if state.isReading {
      let seconds = max((now - state.readingSince) / .seconds(1), 0.001)
      status.eventsPerSecond = Int(Double(status.events) / seconds)
    }
    if state.waitsUntil > now { status.waitSeconds = (state.waitsUntil - now).wholeSeconds }
    guard status.backlog > 0 else { return status }
    var time = Duration.zero
    for quota in quotas { time = max(time, quota.time(for: state.backlog[quota.scope] ?? 0)) }
    if let first = state.firstCall, status.calls > 0 {
      time = max(time, (now - first) / status.calls * status.backlog)
    }
    status.secondsLeft = time > .zero || status.calls > 0 ? time.wholeSeconds : nil
    return status
  }

  /// What `/metrics` shows.
  var exposition: String {
    let (known, quotas, spool) = state.withLock { ($0, $0.quotas(), $0.spoolByteCount()) }
    metrics.set("regra_backlog_calls", Double(known.backlog.values.reduce(0, +)))
    metrics.set("regra_last_progress_timestamp_seconds", known.lastProgress.seconds)
    metrics.set("regra_spool_bytes", Double(spool))
    for quota in quotas {
      let labels = [("scope", quota.scope.word)]
      metrics.set("regra_quota_used", Double(quota.used), labels)
      metrics.set("regra_quota_limit", quota.limit.map(Double.init) ?? .infinity, labels)
    }
    return metrics.registry.exposition
  }

  /// What `/health` shows.
  var health: (isFine: Bool, text: String) {
    let now = now
    let known = state.withLock(\.self)
    let complaint = known.health.complaint(at: now)
    var entries: JSONLine.Entries = [("status", .string(complaint == nil ? "ok" : "stalled"))]
    if let complaint { entries.append(("reason", .string(complaint))) }
    let counts = [
      ("events", known.status.events), ("calls", known.status.calls),
      ("backlog", known.backlog.values.reduce(0, +)), ("set_aside", known.status.setAside),
    ]
    entries += counts.map { ($0.0, .int(Int64($0.1))) }
    entries += [
      ("last_progress", .string(known.lastProgress.text)), ("since", .string(startTime.text)),
    ]
    return (complaint == nil, JSONLine.text(entries))
  }
}

extension PointInTime {
  fileprivate var seconds: Double { Double(microseconds) / 1e6 }
}

extension Duration {
  /// Rounded up.
  var wholeSeconds: Int { Int((self + .milliseconds(999)).components.seconds) }
}
