internal import CJSON

/// What earlier windows of a run write to contacts, so that later ones need not write it again.
///
/// Nothing but hashes of 64 bits is kept: a value is taken for another one that was written to the
/// same place once in 2⁶⁴ comparisons. Values are kept as long as a snapshot counts as fresh, and no
/// more than ``limit`` of them; what is forgotten is written again.
/// Its questions are mutating, too: to lend out a part of a large struct is to copy it.
public struct WrittenValues: Sendable {
  static let limit = 3 << 18

  private var young = Generation()
  private var old = Generation()
  private var youngSince: Int64 = 0
  /// How often a contact was given a life.
  package private(set) var mark: UInt64 = 0

  package init() {}

  /// Whether nothing is known, so that nobody need ask.
  package var isEmpty: Bool { young.count == 0 && old.count == 0 }

  /// Forgets what was written more than `seconds` before `now`, in seconds since the run began.
  package mutating func age(to now: Int64, keeping seconds: Int64) {
    // A value is half as old when its generation ends, and goes with the next one.
    guard now - youngSince >= (seconds + 1) / 2 else { return }
    let isGone = now - youngSince >= seconds
    turn()
    if isGone { old.forget(withRoom: old.room) }
    youngSince = now
  }

  private mutating func turn() {
    swap(&old, &young)
    // The older ones' memory is at hand, and about as large as will be needed; the first time there is none.
    young.forget(withRoom: old.room)
  }

  /// What was written last, as ``set(_:to:)`` was told; 0 where nobody knows.
  package mutating func value(at place: UInt64) -> UInt64 {
    let known = young.value(at: place)
    return known != 0 ? known : old.value(at: place)
  }

  /// Notes what is written; `value` must not be 0.
  package mutating func set(_ place: UInt64, to value: UInt64) {
    if young.count >= Self.limit { turn() }
    young.set(place, to: value)
  }

  /// Notes what is written, unless it was written before; says whether it was.
  package mutating func holds(_ place: UInt64, _ value: UInt64) -> Bool {
    if self.value(at: place) == value { return true }
    set(place, to: value)
    return false
  }

  /// Has a place brought into the cache: few are asked for twice, and memory answers many requests
  /// as fast as one.
  package mutating func prefetch(_ place: UInt64) {
    young.prefetch(place)
    old.prefetch(place)
  }

  /// What the values of a contact are kept under from now on, and never were before.
  package mutating func newLife(of contact: UInt64) -> UInt64 {
    mark += 1
    return Self.life(of: contact, mark)
  }

  /// The life that a contact is given when ``mark`` has come so far.
  package static func life(of contact: UInt64, _ mark: UInt64) -> UInt64 {
    combine(contact, mark) | 2
  }

  /// Forgets what was written to a contact.
  package mutating func forget(_ contact: UInt64) {
    if value(at: contact) > 1 { set(contact, to: 1) }
  }

  /// Of a text, never 0 nor any of the small numbers that stand for something else.
  package static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 { place(textHash(text)) }

  /// Of a text, as tables of the snapshot are searched by it.
  package static func textHash(_ text: UnsafeRawBufferPointer) -> UInt64 { RowTable.hash(text) }

  /// Of a text by its ``textHash(_:)``.
  package static func place(_ hash: UInt64) -> UInt64 { hash | 1 << 40 }

  package mutating func removeAll() {
    young.removeAll()
    old.removeAll()
  }

  /// Two hashes as one.
  public static func combine(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ 0x6A09_E667_F3BC_C909).multipliedFullWidth(
      by: right ^ 0xBB67_AE85_84CA_A73B)
    return product.high ^ product.low
  }
}

/// Pairs of hashes by the first: open addressing, at most three quarters full; nothing is taken out but
/// all at once.
private struct Generation: Sendable {
  private struct Entry: BitwiseCopyable {
    /// 0 where there is none.
    var place: UInt64
    var value: UInt64
  }

  private var entries: [Entry] = []
  private(set) var count = 0

  mutating func value(at place: UInt64) -> UInt64 {
    guard count > 0 else { return 0 }
    return entries.withUnsafeBufferPointer { entries in
      let index = Self.index(of: place, in: entries)
      return entries[index].place == place ? entries[index].value : 0
    }
  }

  mutating func prefetch(_ place: UInt64) {
    guard count > 0 else { return }
    entries.withUnsafeBufferPointer { entries in
      let index = Int(truncatingIfNeeded: place) & (entries.count - 1)
      cjson_prefetch(entries.baseAddress.map { $0 + index })
      // What is searched for stands seldom further away than on the next line.
      cjson_prefetch(entries.baseAddress.map { $0 + index + 4 })
    }
  }

  /// Where a place stands, or the empty entry where it belongs.
  @inline(__always)
  private static func index(of place: UInt64, in entries: UnsafeBufferPointer<Entry>) -> Int {
    let mask = entries.count - 1
    var index = Int(truncatingIfNeeded: place) & mask
    while entries[index].place != 0, entries[index].place != place { index = (index + 1) & mask }
    return index
  }

  mutating func set(_ place: UInt64, to value: UInt64) {
    if count * 4 >= entries.count * 3 { grow() }
    let isNew = entries.withUnsafeMutableBufferPointer { entries in
      let index = Self.index(of: place, in: UnsafeBufferPointer(entries))
      let isNew = entries[index].place == 0
      entries[index] = Entry(place: place, value: value)
      return isNew
    }
    if isNew { count += 1 }
  }

  private mutating func grow() {
    let empty = Entry(place: 0, value: 0)
    guard !entries.isEmpty else { return entries = Array(large: empty, count: 1 << 10) }
    let size = 2 * entries.count
    if size > entries.capacity {
      entries.reserveLarge(largeCapacity(size, of: MemoryLayout<Entry>.stride))
    }
    while entries.count < size { entries.append(empty) }
    entries.withUnsafeMutableBufferPointer {
      spread($0, leaving: empty, isEmpty: { $0.place == 0 }, home: { $0.place })
    }
  }

  /// Forgets all; has so much memory or what it had, so that it need not grow again.
  mutating func forget(withRoom wanted: Int) {
    guard count > 0 || entries.count < wanted else { return }
    entries.refill(with: Entry(place: 0, value: 0), count: max(entries.count, wanted))
    count = 0
  }

  /// How many entries it has memory for.
  var room: Int { entries.count }

  mutating func removeAll() {
    guard count > 0 else { return }
    entries.removeAll()
    count = 0
  }
}
