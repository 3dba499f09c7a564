/// Threads that all do the same until there is nothing left to do.
final class Crew: Sendable {
  private let work: @Sendable () -> Void
  private let running = Monitor(0)

  init(_ work: @escaping @Sendable () -> Void) { self.work = work }

  /// Starts threads; where the system refuses them all, the first one is a trap.
  func start(_ count: Int) {
    for index in 0..<count {
      running.update { $0 += 1 }
      let isStarted = WorkerThread.start { [self] in
        work()
        running.update { $0 -= 1 }
      }
      guard !isStarted else { continue }
      running.update { $0 -= 1 }
      precondition(index > 0, "the system refuses a thread")
    }
  }

  /// Waits until all have ended.
  func join() { running.update(when: { $0 == 0 }) { _ in } }
}
