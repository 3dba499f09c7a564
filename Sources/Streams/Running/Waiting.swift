/// Waits on this thread until the work is done, which other threads do.
package func waiting<Result: Sendable>(
  for work: @escaping () async throws -> Result
) throws -> Result {
  // This thread does nothing with what the work holds until it is done.
  nonisolated(unsafe) let work = work
  let outcome = Monitor<Swift.Result<Result, any Error>?>(nil)
  Task.detached {
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await work()) } catch { result = .failure(error) }
    outcome.update { $0 = result }
  }
  let result = outcome.update(when: { $0 != nil }) { $0 }
  guard let result else { preconditionFailure("nothing was waited for") }
  return try result.get()
}

/// Does work that blocks on a thread of its own, so that tasks can go on meanwhile.
package func onThread<Result: Sendable>(_ work: @escaping () -> Result) async -> Result {
  // Nobody else does anything with what the work holds until it is done.
  nonisolated(unsafe) let work = work
  return await withCheckedContinuation { continuation in
    onOwnThread { continuation.resume(returning: work()) }
  }
}

/// Does work on a thread of its own, and waits for nothing.
package func onOwnThread(_ work: @escaping @Sendable () -> Void) {
  let isStarted = WorkerThread.start(work)
  precondition(isStarted, "the system refuses a thread")
}

/// Does work on a thread of its own, or here where the system refuses one.
package func onSpareThread(_ work: @escaping @Sendable () -> Void) {
  if !WorkerThread.start(work) { work() }
}

/// Does two pieces of work at the same time, the other on a thread of its own, and returns when both are done.
///
/// Where the system refuses a thread, one is done after the other.
package func onTwoThreads(_ other: @escaping @Sendable () -> Void, _ own: () -> Void) {
  let isDone = Monitor(false)
  let isStarted = WorkerThread.start {
    other()
    isDone.update { $0 = true }
  }
  if !isStarted { other() }
  own()
  if isStarted { isDone.update(when: { $0 }) { _ in } }
}
