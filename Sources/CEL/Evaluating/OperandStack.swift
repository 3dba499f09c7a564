/// Room for the values of one evaluation; a thread keeps it from one to the next.
///
/// An owner of its own, because ``Scratch`` has counted references: with a `deinit` beside them
/// the optimiser of Swift 6.3 destroys a noncopyable struct wrongly.
struct OperandStack: ~Copyable {
  // Safety: freed by its one owner; nothing on the stack survives an evaluation.
  private(set) var start: UnsafeMutablePointer<Value>
  private var capacity = 256

  init() { start = .allocate(capacity: capacity) }

  deinit { start.deallocate() }

  /// Makes it deep enough and empties it; must not be called within an evaluation.
  @inline(__always)
  mutating func reserve(_ depth: Int) {
    if depth > capacity { grow(to: depth) }
  }

  @inline(never)
  private mutating func grow(to depth: Int) {
    start.deallocate()
    capacity = depth
    start = .allocate(capacity: depth)
  }
}
