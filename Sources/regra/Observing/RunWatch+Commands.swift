import Applying
import Delivery
import Logging
import Planning
import Pulling
import Sending
import Telemetry

extension RunWatch {
  func tellStart(_ facts: @autoclosure () -> Logger.Metadata) {
    log?.event(.notice, "run started") { facts().merging(["version": "\(Regra.version)"]) { $1 } }
  }
}

extension RunWatch {
  /// Notes calls that come from a file.
  func replay(_ calls: [Call]) {
    let kinds = calls.map { CallKind($0) }
    for (kind, count) in Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +) {
      metrics.add(count, "regra_calls_planned", [("kind", kind.rawValue)])
    }
    let contacts = kinds.count { $0.scope == .contacts }
    plan(contacts: contacts, others: kinds.count - contacts)
  }

  func note(_ event: ApplyEvent) {
    switch event {
    case .progress(let kind, let setAside, let done, let count):
      update { state, now in
        state.status.calls = done
        state.status.setAside += setAside
        state.firstCall = state.firstCall ?? now
        state.leave(count - done, at: now)
      }
      metrics.calls.noteAcknowledged(kind, setAside: setAside)
      log?.event(
        .debug, "call acknowledged",
        ["kind": "\(kind.rawValue)", "done": .number(done), "of": .number(count)])
    case .waiting(let reason, let wait): waiting(reason, wait)
    }
  }

  func note(_ event: PullEvent) {
    switch event {
    case .forecast(let forecast):
      log?.event(
        .notice, "pull planned",
        [
          "contacts": .number(forecast.contacts.number), "calls": .number(forecast.calls),
          "seconds": .seconds(forecast.time),
        ])
    case .goingOn(let stage, _): log?.event(.notice, "pull goes on", ["stage": "\(stage)"])
    case .progress(let counts):
      metrics.set("regra_contacts_pulled", Double(counts.contacts))
      log?.event(
        .debug, "page stored",
        ["contacts": .number(counts.contacts), "deletions": .number(counts.deletions)])
    case .waiting(let reason, let wait): waiting(reason, wait)
    }
  }
}

extension RunWatch.State {
  /// Notes how many calls are left.
  fileprivate mutating func leave(_ count: Int, at now: Duration) {
    let old = backlog.values.reduce(0, +)
    backlog = [.contacts: count]
    health.plan(count - old, at: now)
    health.progress(at: now)
  }
}
