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
        try known?.sync()
        try await journal.append(.sending(mark.scope, mark.time, call: mark.call))
      },
      observe: observe)
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
          try journal.close(batch)
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
    let work = BatchWork(batch, calls)
    observe(.opened(batch: batch, calls: calls.count { $0.state != .acknowledged }))
    var schedule = Schedule(
      calls.map(\.order), isDone: calls.map { $0.state == .acknowledged })
    return await withTaskGroup(of: (Int, DeliveryReport.Ending?).self) { group in
      var ending: DeliveryReport.Ending?
      var running = 0
      while true {
        while ending == nil, running < options.inFlight, let index = schedule.next() {
          if clock.isStopped() {
            ending = .stopped
            break
          }
          running += 1
          group.addTask { (index, await self.carryOut(index, of: work)) }
        }
        guard running > 0, let (index, failure) = await group.next() else { return ending }
        running -= 1
        if let failure {
          // What is under way is waited for: its answers are worth having.
          if ending == nil { ending = failure }
        } else {
          schedule.finish(index)
        }
      }
    }
  }

  /// Carries out a call until it is acknowledged and written down; why not, if so.
  private func carryOut(_ index: Int, of work: BatchWork) async -> DeliveryReport.Ending? {
    let place = CallPlace(batch: work.batch, number: work.calls[index].number)
    let line: [UInt8]
    do throws(StoreFailure) {
      guard let found = try journal.line(of: place) else { return nil }
      line = found
    } catch {
      return .unwritten(error.sentence)
    }
    var reader = CallReader()
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
        if let failure = await write(done, of: work, told) { return failure }
        return nil
      case .failed(let interruption):
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

  private func write(
    _ done: Courier<Time>.Done, of work: BatchWork, _ call: DeliveredCall
  ) async -> DeliveryReport.Ending? {
    do {
      // Nobody would ask for it again.
      try known?.sync()
      try await journal.append(
        .acknowledged(done.acknowledgement, at: now(), setAside: done.lines))
    } catch {
      return .unwritten((error as? StoreFailure)?.sentence ?? "\(error)")
    }
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
    return nil
  }
}

/// A batch while it is delivered.
final class BatchWork: Sendable {
  let batch: Int
  let calls: [DeliveryJournal.PlannedCall]
  /// Numbers of the calls whose answers others are made of.
  let needed: Set<Int>
  private let answers: Mutex<[Int: KeptAnswer]>

  init(_ batch: Int, _ calls: [DeliveryJournal.PlannedCall]) {
    self.batch = batch
    self.calls = calls
    needed = Set(calls.flatMap(\.order.after))
    var answers: [Int: KeptAnswer] = [:]
    for call in calls { answers[call.number] = call.answer }
    self.answers = Mutex(answers)
  }

  func answers(for call: Call) -> [Int: KeptAnswer] {
    answers.withLock { known in
      var answers: [Int: KeptAnswer] = [:]
      for number in call.references { answers[number] = known[number] }
      return answers
    }
  }

  func keep(_ new: [(call: Int, answer: KeptAnswer)]) {
    answers.withLock { known in
      for (call, answer) in new { known[call] = answer }
    }
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
