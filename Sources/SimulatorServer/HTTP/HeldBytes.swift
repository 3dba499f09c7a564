import Synchronization

/// Counts the bytes that a server holds for all its connections, so that it can refuse more.
final class HeldBytes: Sendable {
  private let limit: Int
  private let count = Atomic(0)

  init(limit: Int) { self.limit = limit }

  /// What all leases hold now.
  var total: Int { count.load(ordering: .relaxed) }

  /// A part of the count that ends with its last reference, however its request ends.
  final class Lease: Sendable {
    private let owner: HeldBytes
    private let count = Atomic(0)

    init(of owner: HeldBytes) { self.owner = owner }

    deinit { owner.count.subtract(count.load(ordering: .relaxed), ordering: .relaxed) }

    /// Makes the lease this large; says whether it fits beside all others.
    func resize(to byteCount: Int) -> Bool {
      let growth = byteCount - count.exchange(byteCount, ordering: .relaxed)
      let (_, total) = owner.count.add(growth, ordering: .relaxed)
      return growth <= 0 || total <= owner.limit
    }
  }
}
