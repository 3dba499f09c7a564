import CoreMetrics
import Delivery
import Planning
import Sending
import Streams
import Telemetry

/// What is measured of a run; docs/observability.md lists it.
///
/// No label has a value that comes from data: scopes, kinds and classes of statuses are closed sets.
struct RunMetrics: Sendable {
  let registry: MetricsRegistry
  let calls: CallMetrics
  let requests: RequestMetrics
  private let sync: CoreMetrics.Timer

  init() {
    registry = MetricsRegistry(Self.descriptions)
    calls = CallMetrics(registry)
    requests = RequestMetrics(registry)
    sync = CoreMetrics.Timer(
      label: "regra_journal_sync_duration_seconds", dimensions: [], factory: registry)
  }

  static let descriptions: [MetricsRegistry.Description] = [
    .init("regra_build_info", "The version that runs."),
    .init("regra_start_timestamp_seconds", "When the run began, since 1970."),
    .init("regra_events_read_total", "Events read."),
    .init("regra_events_unusable_total", "Lines and events that could not be read."),
    .init("regra_events_skipped_total", "Events that nothing was done for, by reason."),
    .init("regra_windows_total", "Windows of events that were planned."),
    .init("regra_mutations_total", "Changes that rules asked for."),
    .init("regra_calls_planned_total", "Calls planned, by kind."),
    .init("regra_calls_sent_total", "Calls taken up, by kind."),
    .init("regra_calls_acknowledged_total", "Calls that are done, by kind."),
    .init("regra_parts_set_aside_total", "Parts of calls that the server did not take, by kind."),
    .init("regra_writes_set_aside_total", "Writes of rules that could not become calls."),
    .init("regra_requests_total", "Requests, by quota and class of status."),
    .init("regra_requests_throttled_total", "Requests that were answered 429, by quota."),
    .init("regra_request_retries_total", "Requests that were lost and sent again."),
    .init("regra_request_duration_seconds", "Time until a whole answer, by quota."),
    .init("regra_backlog_calls", "Calls planned and not done."),
    .init("regra_contacts_pulled", "Contacts read by this pull."),
    .init("regra_quota_used", "Requests of the last hour, by quota."),
    .init("regra_quota_limit", "Requests that an hour may hold, by quota."),
    .init("regra_spool_bytes", "Bytes of standard input that wait to be planned."),
    .init("regra_last_progress_timestamp_seconds", "When something was done last, since 1970."),
    .init("regra_journal_sync_duration_seconds", "Time until a commit was on the disk."),
  ]

  func add(_ count: Int, _ name: String, _ labels: [(String, String)] = []) {
    // A counter that is there, with zero, says more than one that is not.
    Counter(label: name, dimensions: labels, factory: registry).increment(by: max(0, count))
  }

  func set(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
    Meter(label: name, dimensions: labels, factory: registry).set(value)
  }

  func recordSync(_ duration: Duration) { sync.record(duration) }

  func addPlanned(_ counts: CallCounts) {
    for kind in CallKind.allCases {
      add(counts[kind], "regra_calls_planned", [("kind", kind.rawValue)])
    }
  }
}

/// What is counted of each call, by its kind.
struct CallMetrics: Sendable {
  private let sent: [CallKind: Counter]
  private let acknowledged: [CallKind: Counter]
  private let setAside: [CallKind: Counter]

  init(_ registry: MetricsRegistry) {
    func counters(_ name: String) -> [CallKind: Counter] {
      Dictionary(
        uniqueKeysWithValues: CallKind.allCases.map { kind in
          (kind, Counter(label: name, dimensions: [("kind", kind.rawValue)], factory: registry))
        })
    }
    sent = counters("regra_calls_sent")
    acknowledged = counters("regra_calls_acknowledged")
    setAside = counters("regra_parts_set_aside")
  }

  func noteSent(_ kind: CallKind) { sent[kind]?.increment() }

  func noteAcknowledged(_ kind: CallKind, setAside count: Int) {
    acknowledged[kind]?.increment()
    setAside[kind]?.increment(by: max(0, count))
  }
}

/// What is measured of each request, by its quota.
struct RequestMetrics: Sendable {
  private struct Scope {
    var durations: CoreMetrics.Timer
    var throttled: Counter
    var lost: Counter
    var other: Counter
    /// By the hundreds of their statuses, from 1xx on.
    var answered: [Counter]
  }

  private let scopes: [QuotaScope: Scope]

  init(_ registry: MetricsRegistry) {
    var scopes: [QuotaScope: Scope] = [:]
    for scope in QuotaScope.allCases {
      let labels = [("scope", scope.word)]
      func counter(_ status: String) -> Counter {
        Counter(
          label: "regra_requests", dimensions: labels + [("status", status)], factory: registry)
      }
      scopes[scope] = Scope(
        durations: CoreMetrics.Timer(
          label: "regra_request_duration_seconds", dimensions: labels, factory: registry),
        throttled: Counter(
          label: "regra_requests_throttled", dimensions: labels, factory: registry),
        lost: counter("lost"), other: counter("other"),
        answered: (1...5).map { counter("\($0)xx") })
    }
    self.scopes = scopes
  }

  /// Notes a request that was answered with a status, or was lost.
  func note(_ scope: QuotaScope, status: Int?, in duration: Duration) {
    guard let scope = scopes[scope] else { return }
    scope.durations.record(duration)
    guard let status else { return scope.lost.increment() }
    if status == 429 { scope.throttled.increment() }
    let place = status / 100 - 1
    (scope.answered.indices.contains(place) ? scope.answered[place] : scope.other).increment()
  }
}

extension CoreMetrics.Timer {
  fileprivate func record(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !nanoseconds.overflow else { return }
    recordNanoseconds(nanoseconds.partialValue + attoseconds / 1_000_000_000)
  }
}

extension CallCounts {
  subscript(kind: CallKind) -> Int {
    switch kind {
    case .post: posts
    case .lookup: lookups
    case .group: groups
    case .status: statuses
    case .delete: deletes
    case .workspace: workspace
    }
  }
}

extension CallKind {
  /// The quota that it takes from.
  var scope: QuotaScope {
    switch self {
    case .post, .lookup: .contacts
    case .group, .status, .delete, .workspace: .others
    }
  }
}

extension QuotaScope {
  var word: String {
    switch self {
    case .contacts: "contacts"
    case .others: "others"
    }
  }
}
