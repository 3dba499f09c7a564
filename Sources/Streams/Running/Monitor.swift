internal import Glibc

/// A state that threads change one at a time, and whose changes they can wait for.
final class Monitor<State: ~Copyable>: Sendable {
  // Safety: the state is touched only while the mutex is held.
  nonisolated(unsafe) private let state: UnsafeMutablePointer<State>
  // Safety: POSIX mutexes and conditions are made to be shared, and do not move.
  nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  nonisolated(unsafe) private let changed: UnsafeMutablePointer<pthread_cond_t>

  init(_ initial: consuming State) {
    state = .allocate(capacity: 1)
    state.initialize(to: initial)
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    changed = .allocate(capacity: 1)
    changed.initialize(to: pthread_cond_t())
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    changed.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  /// Changes the state and wakes whoever waits for it.
  func update<Result>(_ change: (inout State) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return change(&state.pointee)
  }

  /// Waits until the condition holds, then changes the state and wakes the others, unless what became of
  /// it is of no interest to them.
  ///
  /// Who waits for what takes less time than to fall asleep and be woken looks again first, so many times.
  func update<Result>(
    when condition: (borrowing State) -> Bool, lookingAgain lookCount: Int = 0,
    waking concerns: (borrowing State) -> Bool = { _ in true }, _ change: (inout State) -> Result
  ) -> Result {
    pthread_mutex_lock(mutex)
    var looksLeft = lookCount
    while !condition(state.pointee) {
      guard looksLeft > 0 else {
        pthread_cond_wait(changed, mutex)
        continue
      }
      looksLeft -= 1
      pthread_mutex_unlock(mutex)
      sched_yield()
      pthread_mutex_lock(mutex)
    }
    defer {
      if concerns(state.pointee) { pthread_cond_broadcast(changed) }
      pthread_mutex_unlock(mutex)
    }
    return change(&state.pointee)
  }
}
