/// Trivial elements at an address that never changes, shared by all workers.
///
/// Safety: the elements are written in `init` only, before the table can be shared, and freed
/// when its last owner goes; every `Program` that hands out the address owns the table.
final class Table<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let base: UnsafePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    let room = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    room.initialize(from: elements, count: elements.count)
    base = UnsafePointer(room)
    count = elements.count
  }

  deinit { base.deallocate() }

  /// The elements; valid as long as the table is.
  var rows: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "a row outside its table")
    return base[index]
  }
}

/// Trivial elements that one owner changes in place, freed with it.
///
/// It holds nothing but its address: a noncopyable struct that has both a `deinit` and counted
/// references is destroyed wrongly by the optimiser of Swift 6.3.
struct Room<Element: BitwiseCopyable>: ~Copyable {
  let base: UnsafeMutablePointer<Element>

  init(_ count: Int, filledWith element: Element) {
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: element, count: max(1, count))
  }

  /// Of elements that are written before they are read.
  init(_ count: Int) { base = .allocate(capacity: max(1, count)) }

  deinit { base.deallocate() }
}
