import Streams
import Synchronization

/// Work for whose end nobody waits, each piece on a thread of its own.
final class LeftWork: Sendable {
  private struct State {
    var count = 0
    var last: (@Sendable () -> Void)?
  }

  /// What reading rules leaves.
  static let ofRules = LeftWork()

  private let state = Mutex(State())

  /// Begins a piece.
  @Sendable
  func add(_ work: @escaping @Sendable () -> Void) {
    state.withLock { $0.count += 1 }
    onSpareThread { [self] in
      work()
      let last = state.withLock { state in
        state.count -= 1
        return state.count == 0 ? state.last.take() : nil
      }
      last?()
    }
  }

  /// Adds a piece that must come behind all others.
  func end(with work: @escaping @Sendable () -> Void) {
    state.withLock { $0.last = work }
    add {}
  }
}
