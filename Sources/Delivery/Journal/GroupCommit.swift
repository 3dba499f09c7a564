internal import GRDB
package import StateStore
import Synchronization

/// What waits to be written down, and who waits for it: one sync for all that comes while the disk is
/// busy.
struct GroupCommit {
  /// The first one of a commit is woken, with the others whom it wakes in turn: those are on its thread.
  typealias Outcome = (result: Result<Void, StoreFailure>, others: [Waiter])

  struct Waiter {
    var number: Int
    var continuation: CheckedContinuation<Outcome, Never>
  }

  fileprivate var entries: [DeliveryJournal.Entry] = []
  fileprivate var waiters: [Waiter] = []
  /// How many entries there were, and how many of them are on the disk.
  fileprivate var entryCount = 0
  fileprivate var durableCount = 0
  fileprivate var isScheduled = false
  /// Nothing is written behind what could not be.
  fileprivate var failure: StoreFailure?
  /// What must be on the disk before.
  fileprivate var prepare: @Sendable () throws(StoreFailure) -> Void = {}

  fileprivate mutating func takeWaiters(upTo number: Int) -> [Waiter] {
    let done = waiters.filter { $0.number <= number }
    waiters.removeAll { $0.number <= number }
    return done
  }
}

extension DeliveryJournal {
  /// Brings something else to the disk before each commit.
  package func beforeCommits(_ prepare: @escaping @Sendable () throws(StoreFailure) -> Void) {
    waiting.withLock { $0.prepare = prepare }
  }

  /// Has an entry written down soon, behind all before it; ``settle(_:)`` waits until that is done.
  ///
  /// - Returns: the entry's number.
  @discardableResult
  package func append(_ entry: Entry) async -> Int {
    let (number, schedules) = waiting.withLock { waiting in
      waiting.entries.append(entry)
      waiting.entryCount += 1
      defer { waiting.isScheduled = true }
      return (waiting.entryCount, !waiting.isScheduled)
    }
    if schedules {
      // Whoever is ready to go on gets into the same commit.
      await Task.yield()
      commitWaiting()
    }
    return number
  }

  /// Waits until an entry is on the disk.
  package func settle(_ number: Int) async throws(StoreFailure) {
    let (result, others): GroupCommit.Outcome = await withCheckedContinuation { continuation in
      let result: Result<Void, StoreFailure>? = waiting.withLock { waiting in
        if waiting.durableCount >= number { return .success(()) }
        if let failure = waiting.failure { return .failure(failure) }
        waiting.waiters.append(.init(number: number, continuation: continuation))
        return nil
      }
      if let result { continuation.resume(returning: (result, [])) }
    }
    for other in others { other.continuation.resume(returning: (result, [])) }
    try result.get()
  }

  /// Why nothing can be written down any more, if so.
  package var failure: StoreFailure? { waiting.withLock(\.failure) }

  /// Waits until all entries so far are on the disk.
  package func settleAll() async throws(StoreFailure) {
    try await settle(waiting.withLock(\.entryCount))
  }

  private func commitWaiting() {
    queue.asyncWriteWithoutTransaction { [self] database in
      let (entries, number, prepare) = waiting.withLock { waiting in
        defer { waiting.entries.removeAll() }
        return (waiting.entries, waiting.entryCount, waiting.prepare)
      }
      do {
        let start = ContinuousClock.now
        try prepare()
        try database.inTransaction {
          for entry in entries { try Self.write(entry, to: database) }
          return .commit
        }
        observeSync(ContinuousClock.now - start)
        finish(upTo: number)
      } catch {
        fail((error as? StoreFailure) ?? StoreFailure(error, path: path))
      }
    }
  }

  private func finish(upTo number: Int) {
    let (waiters, goesOn) = waiting.withLock { waiting in
      waiting.durableCount = number
      waiting.isScheduled = !waiting.entries.isEmpty
      return (waiting.takeWaiters(upTo: number), waiting.isScheduled)
    }
    wake(waiters, .success(()))
    if goesOn { commitWaiting() }
  }

  private func fail(_ failure: StoreFailure) {
    let waiters = waiting.withLock { waiting in
      waiting.failure = failure
      return waiting.takeWaiters(upTo: .max)
    }
    wake(waiters, .failure(failure))
  }

  private func wake(_ waiters: [GroupCommit.Waiter], _ result: Result<Void, StoreFailure>) {
    waiters.first?.continuation.resume(returning: (result, Array(waiters.dropFirst())))
  }
}
