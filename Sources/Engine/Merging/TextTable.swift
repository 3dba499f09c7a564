#if canImport(Glibc)
  import Glibc
#endif

/// Whether two ranges hold the same bytes.
func areEqual(
  _ left: [UInt8], _ leftRange: TextRange, _ right: [UInt8], _ rightRange: TextRange
) -> Bool {
  guard leftRange.length == rightRange.length else { return false }
  return left.withUnsafeBytes { left in
    right.withUnsafeBytes { right in
      guard let left = left.baseAddress, let right = right.baseAddress else { return true }
      return memcmp(
        left + Int(leftRange.offset), right + Int(rightRange.offset), Int(leftRange.length)) == 0
    }
  }
}

/// Numbers texts of a batch in the order they are first met: open addressing on their hash.
struct TextTable {
  private struct Place {
    var hash: UInt64
    var number: Int32
  }

  private var places: [Place] = Array(repeating: Place(hash: 0, number: -1), count: 256)
  private var count = 0

  /// The number of a text, or nil; `isSame` compares in full with a number of equal hash.
  func find(_ hash: UInt64, _ isSame: (Int32) -> Bool) -> Int32? {
    var place = Int(truncatingIfNeeded: hash >> 16) & (places.count - 1)
    while places[place].number >= 0 {
      if places[place].hash == hash, isSame(places[place].number) { return places[place].number }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// The number at the place where the search for a hash begins.
  func peek(_ hash: UInt64) -> Int32 {
    places[Int(truncatingIfNeeded: hash >> 16) & (places.count - 1)].number
  }

  /// Adds a text that is not there yet.
  mutating func insert(_ hash: UInt64, _ number: Int32) {
    if count * 2 >= places.count { grow() }
    var place = Int(truncatingIfNeeded: hash >> 16) & (places.count - 1)
    while places[place].number >= 0 { place = (place + 1) & (places.count - 1) }
    places[place] = Place(hash: hash, number: number)
    count += 1
  }

  /// Forgets all texts; keeps the memory.
  mutating func removeAll() {
    guard count > 0 else { return }
    for index in places.indices { places[index].number = -1 }
    count = 0
  }

  private mutating func grow() {
    let before = places
    places = Array(repeating: Place(hash: 0, number: -1), count: before.count * 2)
    count = 0
    for place in before where place.number >= 0 { insert(place.hash, place.number) }
  }
}

/// Finds the newest write to a target of a part.
struct WriteTable {
  /// Eight bytes, so that the table of a window stays in the cache: the upper half of the key's
  /// hash, and the write.
  private struct Place {
    var tag: UInt32
    var write: Int32
  }

  private var places: [Place] = Array(repeating: Place(tag: 0, write: -1), count: 1024)
  /// The key of each write in the table.
  private var keys: [UInt64] = []
  private var count = 0

  private static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

  private static func key(_ part: Int32, _ target: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: part)) << 32 | UInt64(UInt32(bitPattern: target))
  }

  /// The place of a key, or the empty one where it belongs.
  private func place(of key: UInt64) -> Int {
    let hash = Self.hash(key)
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var place = Int(truncatingIfNeeded: hash >> 40) & (places.count - 1)
    while places[place].write >= 0 {
      if places[place].tag == tag, keys[Int(places[place].write)] == key { break }
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  /// The write to a target, or -1.
  func find(part: Int32, target: Int32) -> Int32 {
    places[place(of: Self.key(part, target))].write
  }

  /// Notes the newest write to a target; writes come in rising order.
  mutating func set(part: Int32, target: Int32, write: Int32) {
    if count * 2 >= places.count { grow() }
    let key = Self.key(part, target)
    let place = place(of: key)
    if places[place].write < 0 { count += 1 }
    while keys.count <= Int(write) { keys.append(0) }
    keys[Int(write)] = key
    places[place] = Place(
      tag: UInt32(truncatingIfNeeded: Self.hash(key) >> 32), write: write)
  }

  /// Forgets all writes; keeps the memory.
  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    guard count > 0 else { return }
    for index in places.indices { places[index].write = -1 }
    count = 0
  }

  private mutating func grow() {
    let before = places
    places = Array(repeating: Place(tag: 0, write: -1), count: before.count * 2)
    for known in before where known.write >= 0 {
      places[place(of: keys[Int(known.write)])] = known
    }
  }
}
