internal import Glibc
internal import Synchronization

/// Tells the reading thread to stop, also while it waits for input.
package final class StopSignal: Sendable {
  private let isRaised = Atomic<Bool>(false)
  private let number = Atomic<Int32>(0)
  /// Becomes readable when the signal is raised; -1 where the system gave no pipe.
  let wakeDescriptor: Int32
  private let raiseDescriptor: Int32

  package init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) != 0 { ends = [-1, -1] }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wakeDescriptor = ends[0]
    raiseDescriptor = ends[1]
  }

  deinit {
    close(wakeDescriptor)
    close(raiseDescriptor)
  }

  package var isSet: Bool { isRaised.load(ordering: .acquiring) }

  /// The number it was raised with.
  package var signal: Int32 { number.load(ordering: .acquiring) }

  /// Raises the signal; later calls change nothing.
  package func raise(_ signal: Int32 = 0) {
    _ = number.compareExchange(expected: 0, desired: signal, ordering: .acquiringAndReleasing)
    guard !isRaised.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 1
    write(raiseDescriptor, &byte, 1)
  }

  /// Lets SIGINT and SIGTERM raise the signal; the second one ends the process at once.
  ///
  /// SIGHUP is answered by `hangUp`, if there is one. Call this before other threads start: they
  /// inherit that these signals wait for this one.
  package func watchInterrupts(hangUp: (@Sendable () -> Void)? = nil) {
    var watched = sigset_t()
    sigemptyset(&watched)
    sigaddset(&watched, SIGINT)
    sigaddset(&watched, SIGTERM)
    if hangUp != nil { sigaddset(&watched, SIGHUP) }
    pthread_sigmask(SIG_BLOCK, &watched, nil)
    // A closed output shows as a failed write.
    Glibc.signal(SIGPIPE, SIG_IGN)
    let set = watched
    _ = WorkerThread.start { [self] in
      var set = set
      var signal: Int32 = 0
      while sigwait(&set, &signal) == 0 {
        if signal == SIGHUP {
          hangUp?()
          continue
        }
        if isSet { _exit(128 + signal) }
        raise(signal)
      }
    }
  }
}
