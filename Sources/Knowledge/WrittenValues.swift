/// What earlier windows of a run write to contacts, so that later ones need not write it again.
///
/// Nothing but hashes of 64 bits is kept: a value is taken for another one that was written to the
/// same place once in 2⁶⁴ comparisons. Values are kept as long as a snapshot counts as fresh, and no
/// more than ``limit`` of them; what is forgotten is written again.
package struct WrittenValues: Sendable {
  static let limit = 1 << 20

  private var young = Generation()
  private var old = Generation()
  private var youngSince: Int64 = 0
  private var mark: UInt64 = 0

  package init() {}

  /// Whether nothing is known, so that nobody need ask.
  package var isEmpty: Bool { young.count == 0 && old.count == 0 }

  /// Forgets what was written more than `seconds` before `now`, in seconds since the run began.
  package mutating func age(to now: Int64, keeping seconds: Int64) {
    // A value is half as old when its generation ends, and goes with the next one.
    guard now - youngSince >= (seconds + 1) / 2 else { return }
    let isGone = now - youngSince >= seconds
    turn()
    if isGone { old.removeAll() }
    youngSince = now
  }

  private mutating func turn() {
    swap(&old, &young)
    young.removeAll()
  }

  /// What was written last, as ``set(_:to:)`` was told; 0 where nobody knows.
  package func value(at place: UInt64) -> UInt64 {
    let known = young.value(at: place)
    return known != 0 ? known : old.value(at: place)
  }

  /// Notes what is written; `value` must not be 0.
  package mutating func set(_ place: UInt64, to value: UInt64) {
    if young.count >= Self.limit { turn() }
    young.set(place, to: value)
  }

  /// What the values of a contact are kept under from now on, and never were before.
  package mutating func newLife(of contact: UInt64) -> UInt64 {
    mark += 1
    return Self.combine(contact, mark) | 2
  }

  /// Forgets what was written to a contact.
  package mutating func forget(_ contact: UInt64) {
    if value(at: contact) > 1 { set(contact, to: 1) }
  }

  /// Of a text, never 0 nor any of the small numbers that stand for something else.
  package static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    RowTable.hash(text) | 1 << 40
  }

  package mutating func removeAll() {
    young.removeAll()
    old.removeAll()
  }

  /// Two hashes as one.
  package static func combine(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ 0x6A09_E667_F3BC_C909).multipliedFullWidth(
      by: right ^ 0xBB67_AE85_84CA_A73B)
    return product.high ^ product.low
  }
}

/// Pairs of hashes by the first: open addressing; nothing is taken out but all at once.
private struct Generation: Sendable {
  private struct Entry: BitwiseCopyable {
    /// 0 where there is none.
    var place: UInt64
    var value: UInt64
  }

  private var entries: [Entry] = []
  private(set) var count = 0

  func value(at place: UInt64) -> UInt64 {
    guard count > 0 else { return 0 }
    let mask = entries.count - 1
    var index = Int(truncatingIfNeeded: place) & mask
    while entries[index].place != 0 {
      if entries[index].place == place { return entries[index].value }
      index = (index + 1) & mask
    }
    return 0
  }

  mutating func set(_ place: UInt64, to value: UInt64) {
    if count * 2 >= entries.count { grow() }
    let mask = entries.count - 1
    var index = Int(truncatingIfNeeded: place) & mask
    while entries[index].place != 0, entries[index].place != place { index = (index + 1) & mask }
    if entries[index].place == 0 { count += 1 }
    entries[index] = Entry(place: place, value: value)
  }

  private mutating func grow() {
    let before = entries
    entries = Array(
      repeating: Entry(place: 0, value: 0), count: Swift.max(1 << 10, before.count * 2))
    count = 0
    for entry in before where entry.place != 0 { set(entry.place, to: entry.value) }
  }

  mutating func removeAll() {
    guard count > 0 else { return }
    entries.removeAll()
    count = 0
  }
}
