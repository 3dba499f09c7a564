package import YAMLTree

/// Two pieces of work at the same time, where whoever asks has a thread to give.
///
/// What comes of it is the same without: nothing goes on before both are done.
package struct ForkJoin: Sendable {
  /// Does both, the other perhaps on another thread, and returns when both are done.
  package typealias Both = YAMLDocument.Both

  /// Does work for whose end nobody waits.
  package typealias Leave = @Sendable (_ work: @escaping @Sendable () -> Void) -> Void

  private let run: Both
  private let leave: Leave
  private let leastItems: Int

  /// Work of fewer items than `leastItems` is not worth a thread.
  package init(
    from leastItems: Int, leaving leave: @escaping Leave = { $0() }, _ run: @escaping Both
  ) {
    self.run = run
    self.leave = leave
    self.leastItems = leastItems
  }

  /// One after the other, on the thread that asks.
  package static let inOrder = ForkJoin(from: .max) { other, own in
    other()
    own()
  }

  /// Whether so many items are worth being shared.
  package func isWorth(_ itemCount: Int) -> Bool { itemCount >= leastItems }

  /// What does both, if so many items are worth it.
  func both(for itemCount: Int) -> Both? { isWorth(itemCount) ? run : nil }

  /// Lets go of what its owner is about to let go of, too, so that the memory of so many items is given back beside what comes
  /// next: that takes a twentieth of a start with ten thousand rules.
  func release<Value: Sendable>(_ value: Value, of itemCount: Int) {
    guard isWorth(itemCount) else { return }
    // It goes while the work is done, and not with the work.
    nonisolated(unsafe) var value: Value? = value
    leave { _ = value.take() }
  }

  /// Does both and gives what came of them.
  package func both<Other: Sendable, Own>(
    _ other: @escaping @Sendable () -> Other, _ own: () -> Own
  ) -> (other: Other, own: Own) {
    // Safety: one thread writes it, and it is read when both are done.
    nonisolated(unsafe) var otherResult: Other?
    var ownResult: Own?
    run({ otherResult = other() }, { ownResult = own() })
    guard let otherResult, let ownResult else { preconditionFailure("not both were done") }
    return (otherResult, ownResult)
  }
}
