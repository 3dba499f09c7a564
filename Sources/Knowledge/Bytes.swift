internal import CJSON
internal import Glibc

/// Whether two runs of bytes are the same.
func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard left.count == right.count else { return false }
  guard left.count > 0, let one = left.baseAddress, let other = right.baseAddress else {
    return true
  }
  return memcmp(one, other, left.count) == 0
}

/// Where a byte first stands.
func position(of byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int? {
  guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else {
    return nil
  }
  return UnsafeRawPointer(found) - base
}

/// Asks the kernel for large pages behind a list's whole capacity, which is best done before it is
/// touched; where the kernel has none to give, nothing changes.
func preferLargePages<Element: BitwiseCopyable>(for list: [Element]) {
  list.withUnsafeBufferPointer { buffer in
    preferLargePages(
      for: UnsafeRawBufferPointer(
        start: buffer.baseAddress, count: list.capacity * MemoryLayout<Element>.stride))
  }
}

/// The same for memory that holds nothing yet.
public func preferLargePages(for memory: UnsafeRawBufferPointer) {
  let largePage = 2 << 20
  guard let base = memory.baseAddress else { return }
  // Safety: only whole pages within the memory are named, and advice changes no byte.
  let start = (Int(bitPattern: base) + largePage - 1) & -largePage
  let end = (Int(bitPattern: base) + memory.count) & -largePage
  guard start < end else { return }
  madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
}

/// Has what stands at an address brought into the cache; no address is wrong.
package func prefetch(_ address: UnsafeRawPointer?) { cjson_prefetch(address) }

/// What a list that wants so much room is better given, so that it moves seldom.
///
/// What is never touched costs nothing, and of large pages a few are enough; in small ones, asking
/// ahead waited for the tables of pages. What is larger still only doubles: where the system promises
/// no more than it has, room counts.
public func largeCapacity(_ count: Int, of stride: Int) -> Int {
  let byteCount = count * stride
  return byteCount > 1 << 20 && byteCount <= 32 << 20 ? 4 * count : count
}

/// Public because only what is public is specialised in other modules: an element at a time through the
/// witnesses of a collection took a third of planning.
extension Array where Element: BitwiseCopyable {
  /// Reserves room in large pages: a table of many megabytes is then touched at a fraction of the cost.
  public mutating func reserveLarge(_ capacity: Int) {
    reserveCapacity(capacity)
    withUnsafeBufferPointer { list in
      preferLargePages(
        for: UnsafeRawBufferPointer(
          start: list.baseAddress, count: capacity * MemoryLayout<Element>.stride))
    }
  }

  /// Makes room for as many elements again and more, in large pages, where a large list is full.
  public mutating func makeLargeRoom(for more: Int = 1) {
    guard count + more > capacity, capacity * MemoryLayout<Element>.stride >= 1 << 19 else {
      return
    }
    reserveLarge(largeCapacity(2 * (count + more), of: MemoryLayout<Element>.stride))
  }

  /// Becomes so many copies of an element; keeps its memory where that is large enough.
  public mutating func refill(with element: Element, count: Int) {
    guard count <= capacity else { return self = Array(large: element, count: count) }
    removeAll(keepingCapacity: true)
    for _ in 0..<count { append(element) }
  }

  /// So many copies of an element, in large pages.
  public init(large element: Element, count: Int) {
    self.init(unsafeUninitializedCapacity: count) { room, initializedCount in
      preferLargePages(for: UnsafeRawBufferPointer(room))
      room.baseAddress?.initialize(repeating: element, count: count)
      initializedCount = count
    }
  }
}
