internal import CJSON

/// Finds rows by the hash of what names them: open addressing, at most three quarters full, compared in full by
/// the caller.
///
/// Nothing is taken out: an entry whose row has lost its name is passed over, until the table is
/// made anew.
struct RowTable: Sendable {
  private struct Place: BitwiseCopyable {
    var tag: UInt32
    var row: Int32
  }

  private var places: [Place] = []
  private(set) var count = 0

  init() {}

  /// A table for so many names.
  init(capacity: Int) {
    var size = 64
    while size * 3 < capacity * 4 { size *= 2 }
    places = Array(large: Place(tag: 0, row: -1), count: size)
  }

  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    cjson_hash(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  private static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

  /// Where the search for a hash begins; nowhere in an empty table.
  @inline(__always)
  func start(_ hash: UInt64) -> Int {
    places.isEmpty ? -1 : Int(Self.tag(hash)) & (places.count - 1)
  }

  /// The next row with the tag of a hash, or -1 behind the last; leaves `place` behind it.
  ///
  /// Who looks for a name compares in full with each. A closure that does would hold a copy of all that it
  /// looks at.
  @inline(__always)
  func next(_ hash: UInt64, _ place: inout Int) -> Int32 {
    guard place >= 0 else { return -1 }
    let mask = places.count - 1
    let tag = Self.tag(hash)
    while true {
      let entry = places[place]
      if entry.row < 0 { return -1 }
      place = (place + 1) & mask
      if entry.tag == tag { return entry.row }
    }
  }

  /// Bytes that a name takes, about two places.
  var entryByteCount: Int { 2 * MemoryLayout<Place>.stride }

  /// Bytes that all names take.
  var byteCount: Int { count * entryByteCount }

  /// The first row with the tag of a hash, which is most likely that of its name; or -1.
  func peek(_ hash: UInt64) -> Int32 {
    var place = start(hash)
    return next(hash, &place)
  }

  /// Has the place where the search for a hash begins brought into the cache.
  func prefetch(_ hash: UInt64) {
    guard !places.isEmpty else { return }
    let place = Int(Self.tag(hash)) & (places.count - 1)
    places.withUnsafeBufferPointer { cjson_prefetch($0.baseAddress.map { $0 + place }) }
  }

  /// Adds a name of a row.
  mutating func insert(_ hash: UInt64, _ row: Int32) {
    if count * 4 >= places.count * 3 { grow(to: Swift.max(64, places.count * 2)) }
    put(Place(tag: Self.tag(hash), row: row))
    count += 1
  }

  private mutating func put(_ entry: Place) {
    let mask = places.count - 1
    // Of names with one tag the newest row is found first only by chance: the caller compares.
    var place = Int(entry.tag) & mask
    while places[place].row >= 0 { place = (place + 1) & mask }
    places[place] = entry
  }

  /// Grows once for so many names.
  mutating func makeRoom(for nameCount: Int) {
    var size = Swift.max(64, places.count)
    while size * 3 <= nameCount * 4 { size *= 2 }
    if size > places.count { grow(to: size) }
  }

  private mutating func grow(to size: Int) {
    let before = places
    places = Array(large: Place(tag: 0, row: -1), count: size)
    for entry in before where entry.row >= 0 { put(entry) }
  }
}
