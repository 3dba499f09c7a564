import Knowledge

#if canImport(Glibc)
  import Glibc
#endif
private import CJSON

/// Whether two texts are the same bytes.
@inline(__always)
func areEqual(
  _ left: UnsafePointer<UInt8>, _ leftRange: TextRange, _ right: UnsafePointer<UInt8>,
  _ rightRange: TextRange
) -> Bool {
  leftRange.length == rightRange.length
    && memcmp(
      left + Int(leftRange.offset), right + Int(rightRange.offset), Int(leftRange.length)) == 0
}

/// Has what stands at an address brought into the cache.
@inline(__always)
func prefetch<Element>(_ address: UnsafeMutablePointer<Element>) {
  cjson_prefetch(address)
}

/// Numbers texts of a batch in the order they are first met: open addressing on their hash.
///
/// Who looks for a text compares in full with each number of the same tag:
///
///     var place = table.start(hash)
///     while let number = table.next(hash, &place) { … }
struct TextTable: ~Copyable {
  /// Eight bytes, so that the table of a window stays in the cache.
  struct Place: BitwiseCopyable {
    var tag: UInt32
    var number: Int32
  }

  private var places = Column(repeating: Place(tag: 0, number: -1), count: 256)
  private var count = 0

  @inline(__always)
  private static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

  /// Where the search for a hash begins.
  @inline(__always)
  mutating func start(_ hash: UInt64) -> Int { Int(Self.tag(hash)) & (places.count - 1) }

  /// The next number with the same tag, or nil behind the last; leaves `place` behind it.
  @inline(__always)
  mutating func next(_ hash: UInt64, _ place: inout Int) -> Int32? {
    let tag = Self.tag(hash)
    while true {
      let entry = places[place]
      if entry.number < 0 { return nil }
      place = (place + 1) & (places.count - 1)
      if entry.tag == tag { return entry.number }
    }
  }

  /// The first number with the tag of a hash, which is most likely that of its text; -1 where there is none.
  @inline(__always)
  mutating func peek(_ hash: UInt64) -> Int32 {
    var place = start(hash)
    return next(hash, &place) ?? -1
  }

  /// Has the place where the search for a hash begins brought into the cache.
  @inline(__always)
  mutating func prefetchPlace(_ hash: UInt64) { prefetch(places.base + start(hash)) }

  /// Adds a text that is not there yet.
  mutating func insert(_ hash: UInt64, _ number: Int32) {
    if count * 4 >= places.count * 3 { grow() }
    put(Place(tag: Self.tag(hash), number: number))
    count += 1
  }

  private mutating func put(_ entry: Place) {
    var place = Int(entry.tag) & (places.count - 1)
    while places[place].number >= 0 { place = (place + 1) & (places.count - 1) }
    places[place] = entry
  }

  /// Forgets all texts; keeps the memory.
  mutating func removeAll() {
    guard count > 0 else { return }
    places.fill(with: Place(tag: 0, number: -1))
    count = 0
  }

  private mutating func grow() {
    var before = Column(repeating: Place(tag: 0, number: -1), count: places.count * 2)
    swap(&before, &places)
    for index in 0..<before.count where before[index].number >= 0 { put(before[index]) }
  }
}

/// Finds the newest write to a target of a part: open addressing on both.
///
/// The target stands in the write itself, which whoever finds it will look at next.
struct WriteTable: ~Copyable {
  struct Place: BitwiseCopyable {
    var part: Int32
    /// -1 where the place is empty.
    var write: Int32
  }

  private static let empty = Place(part: -1, write: -1)

  private var places = Column(repeating: WriteTable.empty, count: 1024)
  private var count = 0

  @inline(__always)
  private mutating func start(_ part: Int32, _ target: Int32) -> Int {
    let key = UInt64(UInt32(bitPattern: part)) << 32 | UInt64(UInt32(bitPattern: target))
    return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (places.count - 1)
  }

  /// The place of a target, or the empty one where it belongs.
  private mutating func place(
    _ part: Int32, _ target: Int32, _ writes: UnsafeBufferPointer<Batch.Write>
  ) -> Int {
    var place = start(part, target)
    while true {
      let entry = places[place]
      if entry.write < 0 { return place }
      if entry.part == part, writes[Int(entry.write)].place == target { return place }
      place = (place + 1) & (places.count - 1)
    }
  }

  /// The write to a target, or -1.
  mutating func find(
    part: Int32, target: Int32, in writes: UnsafeBufferPointer<Batch.Write>
  ) -> Int32 {
    places[place(part, target, writes)].write
  }

  /// Has the place where the search for a target begins brought into the cache.
  @inline(__always)
  mutating func prefetchPlace(part: Int32, target: Int32) {
    prefetch(places.base + start(part, target))
  }

  /// Has the write that most likely is the one to a target brought into the cache, once its place had its time.
  @inline(__always)
  mutating func prefetchWrite(
    part: Int32, target: Int32, in writes: UnsafeBufferPointer<Batch.Write>
  ) {
    var place = start(part, target)
    while places[place].write >= 0, places[place].part != part {
      place = (place + 1) & (places.count - 1)
    }
    let write = places[place].write
    if write >= 0 { cjson_prefetch(writes.start + Int(write)) }
  }

  /// Notes the newest write to its target.
  mutating func set(
    part: Int32, write: Int32, in writes: UnsafeBufferPointer<Batch.Write>
  ) {
    if count * 4 >= places.count * 3 { grow(writes) }
    let place = place(part, writes[Int(write)].place, writes)
    if places[place].write < 0 { count += 1 }
    places[place] = Place(part: part, write: write)
  }

  /// Forgets all writes; keeps the memory.
  mutating func removeAll() {
    guard count > 0 else { return }
    places.fill(with: Self.empty)
    count = 0
  }

  private mutating func grow(_ writes: UnsafeBufferPointer<Batch.Write>) {
    var before = Column(repeating: Self.empty, count: places.count * 2)
    swap(&before, &places)
    for index in 0..<before.count where before[index].write >= 0 {
      let entry = before[index]
      let place = place(entry.part, writes[Int(entry.write)].place, writes)
      places[place] = entry
    }
  }
}

extension Batch.Write {
  /// Its target, or what stands for one.
  @inline(__always)
  var place: Int32 { target >= 0 ? target : kind.place }
}
