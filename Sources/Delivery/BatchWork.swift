import Execution
import Planning
import StateStore
import Synchronization

/// A batch while it is delivered, by several at a time.
final class BatchWork: Sendable {
  private struct State {
    var schedule: Schedule
    var answers: [Int: KeptAnswer] = [:]
    var ending: DeliveryReport.Ending?
    /// Those who wait for a call that may be sent.
    var idle: [CheckedContinuation<Void, Never>] = []
    /// Lines that were read ahead.
    var lines: [Int: [UInt8]] = [:]

    /// Whether no call is taken up any more.
    var isOver: Bool { ending != nil || schedule.openCount == 0 }
    var leavesNobodyWaiting: Bool { isOver || schedule.hasReady }
  }

  /// So many lines are read at once, and at most twice as many kept.
  private static let lineCount = 64

  let batch: Int
  let calls: [DeliveryJournal.PlannedCall]
  /// Numbers of the calls whose answers others are made of.
  let needed: Set<Int>
  private let journal: DeliveryJournal
  private let state: Mutex<State>

  init(_ batch: Int, _ calls: [DeliveryJournal.PlannedCall], of journal: DeliveryJournal) {
    self.batch = batch
    self.calls = calls
    self.journal = journal
    needed = Set(calls.flatMap(\.order.after))
    var state = State(
      schedule: Schedule(calls.map(\.order), isDone: calls.map(\.state.isDone)))
    for call in calls { state.answers[call.number] = call.answer }
    self.state = Mutex(state)
  }

  /// Why it ends before all calls are done, if it does.
  var ending: DeliveryReport.Ending? { state.withLock(\.ending) }

  /// The next call that may be sent, once there is one; nothing where all are done or none go on.
  func next() async -> Int? {
    while true {
      let (index, isOver) = state.withLock { state in
        state.isOver ? (nil, true) : (state.schedule.next(), false)
      }
      if index != nil || isOver { return index }
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          if !state.leavesNobodyWaiting { state.idle.append(continuation) }
          return state.leavesNobodyWaiting
        }
        if goesOn { continuation.resume() }
      }
    }
  }

  /// Notes that a call is done: those that waited for it may be sent.
  func finish(_ index: Int) {
    wake { $0.schedule.finish(index) }
  }

  /// Ends the work: what is under way is waited for, as its answers are worth having.
  func end(_ ending: DeliveryReport.Ending) {
    wake { $0.ending = $0.ending ?? ending }
  }

  private func wake(after change: (inout State) -> Void) {
    let idle = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      change(&state)
      guard state.leavesNobodyWaiting else { return [] }
      defer { state.idle = [] }
      return state.idle
    }
    for continuation in idle { continuation.resume() }
  }

  /// The line of a call; nothing where it is done.
  func line(of index: Int) throws(StoreFailure) -> [UInt8]? {
    let number = calls[index].number
    if let line = state.withLock({ $0.lines.removeValue(forKey: number) }) { return line }
    let read = try journal.lines(of: batch, from: number, atMost: Self.lineCount)
    return state.withLock { state in
      if state.lines.count > Self.lineCount { state.lines = [:] }
      for (number, line) in read { state.lines[number] = line }
      return state.lines.removeValue(forKey: number)
    }
  }

  func answers(for call: Call) -> [Int: KeptAnswer] {
    state.withLock { state in
      var answers: [Int: KeptAnswer] = [:]
      for number in call.references { answers[number] = state.answers[number] }
      return answers
    }
  }

  func keep(_ new: [(call: Int, answer: KeptAnswer)]) {
    guard !new.isEmpty else { return }
    state.withLock { state in
      for (call, answer) in new { state.answers[call] = answer }
    }
  }
}
