/// Finds the numbers of what was met before by a hash; whoever asks tells what is equal.
///
/// Rows are told apart by a few words, and a dictionary would hash and copy each of their fields.
struct NumberTable {
  private struct Place: BitwiseCopyable {
    var tag: UInt32
    /// One more than the number; 0 where the place is empty.
    var next: Int32
  }

  /// At most half of them are taken.
  private var places = [Place](repeating: Place(tag: 0, next: 0), count: 64)
  private var count = 0

  /// The number with this hash that is the one sought; nil where there is none.
  func first(_ hash: UInt64, where isSought: (Int32) -> Bool) -> Int32? {
    let tag = Self.tag(hash)
    var place = Int(tag) & (places.count - 1)
    while places[place].next > 0 {
      if places[place].tag == tag, isSought(places[place].next - 1) {
        return places[place].next - 1
      }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// Adds a number that is not there yet.
  mutating func insert(_ number: Int32, _ hash: UInt64) {
    if count * 2 >= places.count { grow() }
    put(Place(tag: Self.tag(hash), next: number + 1))
    count += 1
  }

  private mutating func grow() {
    let before = places
    places = Array(repeating: Place(tag: 0, next: 0), count: before.count * 4)
    for place in before where place.next > 0 { put(place) }
  }

  private mutating func put(_ entry: Place) {
    var place = Int(entry.tag) & (places.count - 1)
    while places[place].next > 0 { place = (place + 1) & (places.count - 1) }
    places[place] = entry
  }

  private static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }
}

/// A hash of several words, the same on every machine and run.
struct WordHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ word: UInt64) {
    value = (value ^ word) &* 0xD6E8_FEB8_6659_FD93
    value ^= value >> 32
  }

  mutating func add(_ first: some BinaryInteger, _ second: some BinaryInteger) {
    add(UInt64(truncatingIfNeeded: first) << 32 ^ UInt64(truncatingIfNeeded: second))
  }
}
