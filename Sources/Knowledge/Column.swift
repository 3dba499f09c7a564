internal import Glibc

/// Trivial elements side by side that one owner appends and changes in place, freed with it.
///
/// Against an array it saves the question before every change whether somebody else holds it. It is
/// public because only what is public is
/// specialised in other modules; `package` code costs a call an access there.
public struct Column<Element: BitwiseCopyable>: ~Copyable {
  // Safety: the memory behind `base` has room for `capacity` elements, the first `count` of which were
  // written; every index is held against `count`, and nobody else knows the address for longer than
  // the column is borrowed.

  /// Where the elements stand; it moves when the column grows.
  public private(set) var base: UnsafeMutablePointer<Element>
  /// How many elements there are.
  public private(set) var count: Int
  /// How many there may be before the column grows.
  public private(set) var capacity: Int

  /// An empty column.
  public init() {
    capacity = 16
    count = 0
    base = resizeMemory(nil, of: 0, to: 16 * MemoryLayout<Element>.stride)
      .bindMemory(to: Element.self, capacity: 16)
  }

  /// So many copies of an element.
  public init(repeating element: Element, count: Int) {
    self.init()
    append(repeating: element, count: count)
  }

  deinit { freeMemory(UnsafeMutableRawPointer(base)) }

  /// Whether there is no element.
  public var isEmpty: Bool { count == 0 }

  /// The element at an index, which must be there.
  @inline(__always)
  public subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "outside the column")
      return base[index]
    }
    _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "outside the column")
      yield &base[index]
    }
  }

  /// The element at an index, which must be there.
  @inline(__always)
  public subscript(index: Int32) -> Element {
    get { self[Int(index)] }
    _modify { yield &self[Int(index)] }
  }

  /// Where an element stands, which must be there; good until the column grows.
  @inline(__always)
  public mutating func place(of index: Int32) -> UnsafeMutablePointer<Element> {
    precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count), "outside the column")
    return base + Int(index)
  }

  /// Adds an element behind the last.
  @inline(__always)
  public mutating func append(_ element: Element) {
    if count == capacity { reserve(count + 1) }
    base[count] = element
    count += 1
  }

  /// Appends so many copies of an element.
  public mutating func append(repeating element: Element, count more: Int) {
    guard more > 0 else { return }
    reserve(count + more)
    (base + count).initialize(repeating: element, count: more)
    count += more
  }

  /// Makes room for so many elements in all, or for twice as many as there were.
  @inline(never)
  public mutating func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let before = count * MemoryLayout<Element>.stride
    capacity = max(wanted, capacity * 2)
    capacity = largeCapacity(capacity, of: MemoryLayout<Element>.stride)
    let memory = resizeMemory(
      UnsafeMutableRawPointer(base), of: before, to: capacity * MemoryLayout<Element>.stride)
    base = memory.bindMemory(to: Element.self, capacity: capacity)
  }

  /// All elements; good until the column changes.
  @inline(__always)
  public var elements: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base, count: count)
  }

  /// Forgets all elements; keeps the memory.
  public mutating func removeAll() { count = 0 }

  /// Forgets all but the first elements.
  public mutating func removeAll(behind first: Int) {
    precondition(first >= 0 && first <= count, "more elements than there are")
    count = first
  }

  /// Overwrites every element.
  public mutating func fill(with element: Element) {
    base.update(repeating: element, count: count)
  }
}

extension Column<UInt8> {
  /// Appends bytes; most texts are short, so that the call of a function would take longer than to copy them.
  @inline(__always)
  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    let more = bytes.count
    guard more > 0, let source = bytes.baseAddress else { return }
    if count + more > capacity { reserve(count + more) }
    let target = UnsafeMutableRawPointer(base + count)
    // The last block overlaps the one before it.
    if more >= 16 {
      var place = 0
      while place < more - 16 {
        copyBlock(of: SIMD16<UInt8>.self, source + place, target + place)
        place += 16
      }
      copyBlock(of: SIMD16<UInt8>.self, source + (more - 16), target + (more - 16))
    } else if more >= 8 {
      copyBlock(of: UInt64.self, source, target)
      copyBlock(of: UInt64.self, source + (more - 8), target + (more - 8))
    } else {
      for place in 0..<more { copyBlock(of: UInt8.self, source + place, target + place) }
    }
    count += more
  }

  /// The bytes from a place to the end; good until the column changes.
  @inline(__always)
  public func bytes(from start: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(elements)[start...])
  }
}

@inline(__always)
private func copyBlock<Block: BitwiseCopyable>(
  of _: Block.Type, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
) {
  target.storeBytes(of: source.loadUnaligned(as: Block.self), as: Block.self)
}

/// Larger memory with the same first bytes; what is large lies in large pages from its beginning on.
public func resizeMemory(
  _ memory: UnsafeMutableRawPointer?, of usedCount: Int, to byteCount: Int
) -> UnsafeMutableRawPointer {
  let largePage = 2 << 20
  guard byteCount >= largePage else {
    guard let resized = realloc(memory, byteCount) else { fatalError("out of memory") }
    return resized
  }
  var aligned: UnsafeMutableRawPointer?
  guard posix_memalign(&aligned, largePage, byteCount) == 0, let aligned else {
    fatalError("out of memory")
  }
  preferLargePages(for: UnsafeRawBufferPointer(start: aligned, count: byteCount))
  if let memory { aligned.copyMemory(from: memory, byteCount: usedCount) }
  free(memory)
  return aligned
}

/// Frees memory of ``resizeMemory(_:of:to:)``.
public func freeMemory(_ memory: UnsafeMutableRawPointer) { free(memory) }
