import Contacts
import Delivery
import Engine
import Execution
import Logging
import Planning
import Pulling
import Sending
import Streams
import Telemetry

/// What happens in a run, as it is counted and logged.
extension RunWatch {
  /// Notes that events are read from now on.
  func beginReading(spool: Spool?) {
    update { state, now in
      state.isReading = true
      state.readingSince = now
      if let spool { state.spoolByteCount = { spool.range.count } }
    }
  }

  func endReading() { update { state, _ in state.isReading = false } }

  /// Notes a delivery, whose quotas can be looked at.
  func observe(quotas: @escaping @Sendable () -> [QuotaStanding]) {
    update { state, _ in state.quotas = quotas }
  }

  /// Notes calls of an earlier process: nobody knows their kinds, so that the busier quota counts.
  func takeOver(_ calls: Int) { plan(contacts: calls, others: 0) }

  func plan(contacts: Int, others: Int) {
    update { state, now in
      state.backlog[.contacts, default: 0] += contacts
      state.backlog[.others, default: 0] += others
      state.health.plan(contacts + others, at: now)
    }
  }

  /// Notes a window that is kept; `batch` is absent where it asks for no calls.
  func planned(_ window: ClosedWindow, as batch: Int?) {
    let counts = window.table.counts
    let fresh = counts.total
    var before = RunCounts()
    update { state, _ in
      before = state.counted
      state.counted = window.counts
    }
    let now = window.counts
    metrics.add(1, "regra_windows")
    metrics.add(now.events - before.events, "regra_events_read")
    metrics.add(now.unusable - before.unusable, "regra_events_unusable")
    metrics.add(now.repeats - before.repeats, "regra_events_skipped", [("reason", "repeat")])
    metrics.add(
      now.withoutContact - before.withoutContact, "regra_events_skipped",
      [("reason", "no_contact")])
    metrics.add(now.mutations - before.mutations, "regra_mutations")
    metrics.add(now.setAside - before.setAside, "regra_writes_set_aside")
    metrics.addPlanned(counts)
    let contacts = counts.posts + counts.lookups
    plan(contacts: contacts, others: fresh - contacts)
    log?.event(
      .info, "window planned", batch: batch,
      [
        "events": .number(now.events - before.events),
        "mutations": .number(now.mutations - before.mutations), "calls": .number(fresh),
      ])
    log?.event(.debug, "checkpoint", batch: batch, ["sources": .number(window.positions.count)])
  }

  /// Notes how a request was answered.
  func answered(
    _ scope: QuotaScope, _ result: Result<Int, TransportFailure>, in time: Duration
  ) {
    let status = try? result.get()
    metrics.requests.note(scope, status: status, in: time)
    if let status, status < 500, status != 429 { progress() }
    log?.event(.trace, "request answered") {
      var facts: Logger.Metadata = ["scope": "\(scope.word)", "seconds": .seconds(time)]
      switch result {
      case .success(let status): facts["status"] = .number(status)
      case .failure(let failure): facts["lost"] = "\(failure)"
      }
      return facts
    }
  }

  private func progress() {
    let time = PullClock.system.now()
    update { state, now in
      state.health.progress(at: now)
      state.lastProgress = time
    }
  }

  func note(_ event: DeliveryEvent) {
    switch event {
    case .opened(let batch, let calls):
      log?.event(.info, "batch opened", batch: batch, ["calls": .number(calls)])
    case .begun(let call):
      metrics.calls.noteSent(call.kind)
      update { state, now in state.firstCall = state.firstCall ?? now }
      log?.event(
        .debug, "call sent", batch: call.place.batch, call: call.place.number, facts(of: call))
    case .acknowledged(let call, let counts): acknowledged(call, counts)
    case .waiting(let reason, let wait): waiting(reason, wait)
    case .shareHalved(let scope, let share):
      log?.event(
        .warning, "quota halved: others spend it too",
        ["scope": "\(scope.word)", "share": .number(share)])
    case .interrupted(let cause):
      let sentence = cause.sentence("")
      update { state, _ in state.health.interrupt(sentence) }
      log?.event(.warning, "delivery interrupted", ["reason": "\(sentence)"])
    }
  }

  private func facts(of call: DeliveredCall) -> Logger.Metadata {
    var facts: Logger.Metadata = ["kind": "\(call.kind.rawValue)"]
    if let contact = call.contact { facts["contact"] = "p:\(Mask.pseudonym(of: contact))" }
    if call.contactCount > 1 { facts["contacts"] = .number(call.contactCount) }
    if call.isRepeated { facts["repeated"] = .stringConvertible(true) }
    return facts
  }

  private func acknowledged(_ call: DeliveredCall, _ counts: CallOutcomeCounts) {
    metrics.calls.noteAcknowledged(call.kind, setAside: counts.setAside)
    update { state, now in
      state.status.calls += 1
      state.status.setAside += counts.setAside
      state.done(1, of: call.kind.scope, at: now)
    }
    let place = (call.place.batch, call.place.number)
    log?.event(.debug, "call acknowledged", batch: place.0, call: place.1) {
      var facts = facts(of: call)
      facts["requests"] = .number(counts.requests)
      if counts.skipped > 0 { facts["skipped"] = .number(counts.skipped) }
      return facts
    }
    guard counts.setAside > 0 else { return }
    log?.event(
      .warning, "set aside", batch: place.0, call: place.1,
      ["kind": "\(call.kind.rawValue)", "parts": .number(counts.setAside)])
  }

  func waiting(_ reason: WaitReason, _ wait: Duration) {
    var isNews = false
    update { state, now in
      if reason != .failure { state.health.rest(wait, at: now) }
      state.waitsUntil = max(state.waitsUntil, now + wait)
      let last = state.toldWaits[reason]
      isNews = wait >= .seconds(5) && (last.map { now - $0 >= .seconds(60) } ?? true)
      if isNews { state.toldWaits[reason] = now }
    }
    if reason == .failure { metrics.add(1, "regra_request_retries") }
    log?.event(
      isNews ? .notice : .debug, "waiting",
      ["reason": "\(reason.word)", "seconds": .seconds(wait)])
    if isNews, log == nil { tellWait(reason, wait) }
  }

  private func tellWait(_ reason: WaitReason, _ wait: Duration) {
    guard !isQuiet else { return }
    Terminal.say("regra: waiting \(clockTime(wait.wholeSeconds)): \(reason.sentence)\n")
  }
}

extension RunWatch.State {
  /// Notes that calls are done; those of an unknown kind were put to the contacts.
  fileprivate mutating func done(_ count: Int, of scope: QuotaScope, at now: Duration) {
    let place = (backlog[scope] ?? 0) >= count ? scope : .contacts
    let taken = min(count, backlog[place] ?? 0)
    backlog[place, default: 0] -= taken
    health.plan(-taken, at: now)
    health.progress(at: now)
  }
}

extension WaitReason {
  fileprivate var word: String {
    switch self {
    case .share: "share"
    case .throttled: "quota"
    case .failure: "failure"
    }
  }
}
