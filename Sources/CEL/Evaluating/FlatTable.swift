/// A growing table of trivial elements at a stable place: read without reference counts.
struct FlatTable<Element: BitwiseCopyable>: ~Copyable {
  private(set) var start: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity = 16

  init() { start = .allocate(capacity: capacity) }

  deinit { start.deallocate() }

  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    start[count] = element
    count += 1
  }

  /// Keeps the memory.
  mutating func removeAll() { count = 0 }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
    capacity *= 2
  }

  mutating func append(contentsOf other: borrowing FlatTable) {
    for index in 0..<other.count { append(other.start[index]) }
  }
}
