package import Contacts
import Execution
import Planning
import Pulling
import Sending
package import StateStore
import Synchronization

/// Brings what a journal has planned to a server: in order for each contact, side by side for the
/// rest, at the speed that the quotas allow.
///
/// Nothing is done that is not written down before, and nothing is forgotten that is not answered. A
/// call whose answer nobody has is sent again; calls set states, so that changes nothing.
package final class Delivery<Time: Clock>: Sendable where Time.Duration == Duration {
  private struct State {
    var report = DeliveryReport()
    var isInputOver = false
    /// Whether there may be a batch that nobody has looked for yet.
    var hasNews = false
    var waiter: CheckedContinuation<Void, Never>?
    /// When a field or group was made last.
    var latestCreation: Time.Instant
  }

  let journal: DeliveryJournal
  let profile: APIProfile
  let options: DeliveryOptions
  let clock: StoppableClock<Time>
  let now: @Sendable () -> PointInTime
  let known: SharedKnowledge?
  private let gate: Gate<Time>
  private let reach = Reach()
  private let observe: @Sendable (DeliveryEvent) -> Void
  private let state: Mutex<State>

  /// A delivery of what a journal has and will have; `known` learns from the answers.
  ///
  /// `clock` waits, and `now` tells the time of the day.
  ///
  /// - Throws: where the journal cannot be read.
  package init(
    _ journal: DeliveryJournal, over transport: any Transport, profile: APIProfile,
    options: DeliveryOptions = DeliveryOptions(), known: SharedKnowledge? = nil, clock: Time,
    now: @escaping @Sendable () -> PointInTime,
    isStopped: @escaping @Sendable () -> Bool = { false },
    observe: @escaping @Sendable (DeliveryEvent) -> Void = { _ in }
  ) throws(StoreFailure) {
    self.journal = journal
    self.profile = profile
    self.options = options
    self.known = known
    self.clock = StoppableClock(base: clock, isStopped: isStopped)
    self.now = now
    self.observe = observe
    state = Mutex(State(latestCreation: clock.now))
    // The server's clock may have counted them a little later.
    let earlier = try journal.sends(since: now().advanced(by: .zero - QuotaWindow.length))
      .map { ($0.0, $0.1.advanced(by: .seconds(2))) }
    gate = Gate(
      transport, limits: options.limits, earlier: earlier, clock: self.clock, now: now,
      note: { mark in
        let entry = DeliveryJournal.Entry.sending(mark.scope, mark.time, call: mark.call)
        try await journal.settle(await journal.append(entry))
      },
      observe: observe)
    // Nobody would ask again for what the journal calls done.
    journal.beforeCommits { [known] () throws(StoreFailure) in try known?.sync() }
  }

  /// How much of each quota is used now.
  package var quotas: [QuotaStanding] { gate.standings }

  /// Tells that there may be another batch.
  package func wake() {
    state.withLock { state in
      state.hasNews = true
      state.waiter?.resume()
      state.waiter = nil
    }
  }

  /// Tells that no more batches will come.
  package func finishInput() {
    state.withLock { $0.isInputOver = true }
    wake()
  }

  /// Delivers batch after batch until no more will come or nothing can go on.
  package func run() async -> DeliveryReport {
    let ending = await deliverAll()
    return state.withLock { state in
      state.report.ending = ending
      return state.report
    }
  }

  private func deliverAll() async -> DeliveryReport.Ending {
    while true {
      if clock.isStopped() { return .stopped }
      // Asked before looking: what comes between the two is not missed.
      let isOver = state.withLock { state in
        state.hasNews = false
        return state.isInputOver
      }
      do throws(StoreFailure) {
        if let (batch, calls) = try journal.nextBatch() {
          if let ending = await deliver(batch, calls) { return ending }
          try journal.close(batch, at: now())
        } else if isOver {
          return .complete
        } else {
          await waitForMore()
        }
      } catch {
        return .unwritten(error.sentence)
      }
    }
  }

  private func waitForMore() async {
    await withCheckedContinuation { continuation in
      let isAwake = state.withLock { state in
        if state.hasNews || state.isInputOver { return true }
        state.waiter = continuation
        return false
      }
      if isAwake { continuation.resume() }
    }
  }

  /// Delivers a batch; why it ends before it is done, if it does.
  private func deliver(
    _ batch: Int, _ calls: [DeliveryJournal.PlannedCall]
  ) async -> DeliveryReport.Ending? {
    let openCount = calls.count { !$0.state.isDone }
    observe(.opened(batch: batch, calls: openCount))
    let work = BatchWork(batch, calls, of: journal)
    await withDiscardingTaskGroup { group in
      for _ in 0..<min(options.inFlight, openCount) {
        group.addTask { await self.work(on: work) }
      }
    }
    do throws(StoreFailure) { try await journal.settleAll() } catch {
      return .unwritten(error.sentence)
    }
    return work.ending
  }

  /// Carries out calls, one after the other, until none are left or none can be.
  private func work(on work: BatchWork) async {
    var reader = CallReader()
    while let index = await work.next() {
      if clock.isStopped() {
        work.end(.stopped)
      } else if let failure = await carryOut(index, of: work, &reader) {
        work.end(failure)
      } else {
        work.finish(index)
      }
    }
  }

  /// Carries out a call until all was said of it; why not, if so.
  private func carryOut(
    _ index: Int, of work: BatchWork, _ reader: inout CallReader
  ) async -> DeliveryReport.Ending? {
    let place = CallPlace(batch: work.batch, number: work.calls[index].number)
    let line: [UInt8]
    do throws(StoreFailure) {
      guard let found = try work.line(of: index) else { return nil }
      line = found
    } catch {
      return .unwritten(error.sentence)
    }
    reader.forget()
    let read = line.withUnsafeBytes { text in
      Result { () throws(CallReader.Failure) in try reader.read(text) }
    }
    guard case .success(let call?) = read else {
      return .unwritten("call \(place.number) of the journal cannot be read")
    }
    let courier = Courier(
      call, at: place, rules: reader.rules, gate: gate, reach: reach, delivery: self,
      needed: work.needed)
    var isRepeated = work.calls[index].state == .begun
    while true {
      let told = DeliveredCall(call, at: place, isRepeated: isRepeated)
      observe(.begun(told))
      let outcome = await courier.send(
        answers: work.answers(for: call), isRepeated: isRepeated,
        latestCreation: state.withLock(\.latestCreation),
        observe: { [observe] in observe(.waiting($0, $1)) })
      switch outcome {
      case .done(let done):
        await note(done, of: work, told)
        return nil
      case .failed(let interruption):
        if let failure = journal.failure { return .unwritten(failure.sentence) }
        if clock.isStopped() { return .stopped }
        guard options.isPatient, interruption.cause.mayPass else {
          return .interrupted(interruption.cause)
        }
        observe(.interrupted(interruption.cause))
        observe(.waiting(.failure, options.patientWait))
        let deadline = clock.now.advanced(by: options.patientWait)
        guard (try? await clock.sleep(until: deadline, tolerance: nil)) != nil else {
          return .stopped
        }
        isRepeated = isRepeated || interruption.mayBeApplied
      case .unwritten(let sentence): return .unwritten(sentence)
      }
    }
  }

  /// Has a call written down as done.
  ///
  /// Nobody waits for that here: a later call that needs it is written down behind it.
  private func note(
    _ done: Courier<Time>.Done, of work: BatchWork, _ call: DeliveredCall
  ) async {
    await journal.append(.acknowledged(done.acknowledgement, setAside: done.lines))
    work.keep(done.acknowledgement.answers)
    let counts = CallOutcomeCounts(
      requests: done.requestCount, setAside: done.acknowledgement.refusals.count,
      skipped: done.acknowledgement.skippedCount)
    state.withLock { state in
      if done.makesObject { state.latestCreation = clock.now }
      state.report.callCount += 1
      state.report.requestCount += counts.requests
      state.report.setAsideCount += counts.setAside
      state.report.skippedCount += counts.skipped
    }
    observe(.acknowledged(call, counts))
  }
}

extension Interruption.Cause {
  /// Whether waiting may help.
  fileprivate var mayPass: Bool {
    switch self {
    case .transport, .throttled, .serverError, .unexpected: true
    case .notAllowed, .cancelled: false
    }
  }
}
