internal import Glibc
internal import Synchronization

/// Tells the reading thread to stop, also while it waits for input.
package final class StopSignal: Sendable {
  private let isRaised = Atomic<Bool>(false)
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

  /// Raises the signal; later calls change nothing.
  package func raise() {
    guard !isRaised.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 1
    write(raiseDescriptor, &byte, 1)
  }
}
