import Foundation

/// How two pieces of work may be done where whoever asks has a thread to give.
package struct TwoPieces: Sendable {
  /// What messages call it.
  package let name: String
  /// Does both, and returns when both are done.
  package let both: @Sendable (_ other: @escaping @Sendable () -> Void, _ own: () -> Void) -> Void

  /// The other piece first, the own piece first, and both at the same time.
  package static let ways = [
    TwoPieces(name: "other first") { other, own in
      other()
      own()
    },
    TwoPieces(name: "own first") { other, own in
      own()
      other()
    },
    TwoPieces(name: "two threads") { other, own in
      let isDone = DispatchSemaphore(value: 0)
      let thread = Thread {
        other()
        isDone.signal()
      }
      thread.stackSize = 8 << 20
      thread.start()
      own()
      isDone.wait()
    },
  ]
}
