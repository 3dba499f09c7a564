internal import CJSON

/// What earlier windows of a run write to contacts, so that later ones need not write it again.
///
/// Nothing but hashes of 64 bits is kept: a value is taken for another one that was written to the
/// same place once in 2⁶⁴ comparisons. Values are kept as long as a snapshot counts as fresh, in at most
/// twice ``byteLimit``; what is forgotten is written again. What is known of a contact lies together:
/// memory is met cold, and answers for all of it at once.
/// Its questions are mutating, too: to lend out a part of a large struct is to copy it.
public struct WrittenValues: Sendable {
  /// About how many bytes each of two generations may take.
  static let byteLimit = 20 << 20

  private var young = Generation()
  private var old = Generation()
  private var youngSince: Int64 = 0

  package init() {}

  /// Whether nothing is known, so that nobody need ask.
  package var isEmpty: Bool { young.isEmpty && old.isEmpty }

  /// Forgets what was written more than `seconds` before `now`, in seconds since the run began.
  package mutating func age(to now: Int64, keeping seconds: Int64) {
    // A value is half as old when its generation ends, and goes with the next one.
    guard now - youngSince >= (seconds + 1) / 2 else { return }
    let isGone = now - youngSince >= seconds
    turn()
    if isGone { old.forget(withRoom: 0) }
    youngSince = now
  }

  private mutating func turn() {
    swap(&old, &young)
    // The older ones' memory is at hand, and about as large as will be needed; the first time there is none.
    young.forget(withRoom: old.room)
  }

  package mutating func removeAll() {
    young.removeAll()
    old.removeAll()
  }
}

/// Contacts.
extension WrittenValues {
  /// Where a contact stands; good until the next contact is asked for.
  package struct Contact {
    fileprivate let hash: UInt64
    /// -1 where it has nothing there.
    fileprivate var young: Int
    fileprivate var old: Int
    /// Whether it surely exists, because it was written to.
    package fileprivate(set) var isThere: Bool
  }

  /// What is known of a contact; `hash` is one of those that this type makes.
  package mutating func contact(_ hash: UInt64) -> Contact {
    if young.isFull(Self.byteLimit) { turn() }
    let place = young.find(hash)
    let isCut = place >= 0 && young.isCut(place)
    let former = isCut ? -1 : old.find(hash)
    let isThere =
      place >= 0 && young.isThere(place) || former >= 0 && old.isThere(former)
    return Contact(hash: hash, young: place, old: former, isThere: isThere)
  }

  /// Whether a contact surely exists.
  package mutating func isThere(_ hash: UInt64) -> Bool { contact(hash).isThere }

  /// Notes that a contact exists.
  package mutating func keep(_ contact: inout Contact) {
    if contact.young < 0 { contact.young = young.add(contact.hash) }
    young.setThere(contact.young)
    contact.isThere = true
  }

  /// Forgets what was written to a contact, and whether it exists.
  package mutating func forget(_ hash: UInt64) {
    var contact = contact(hash)
    if contact.isThere { forgetValues(&contact) }
  }

  /// Forgets what was written to a contact, and whether it exists.
  package mutating func forgetValues(_ contact: inout Contact) {
    if contact.young < 0 { contact.young = young.add(contact.hash) }
    young.cut(contact.young)
    contact.old = -1
    contact.isThere = false
  }

  /// Notes what is written to a place of a contact, unless it was written before; says whether it was.
  package mutating func holds(
    _ contact: inout Contact, _ place: UInt64, _ value: UInt64
  ) -> Bool {
    let tag = Self.tag(place)
    let whole = Self.combine(place, value)
    if contact.young >= 0 {
      let known = young.value(contact.young, tag)
      if known == whole { return true }
      if known == 0, contact.old >= 0, old.value(contact.old, tag) == whole { return true }
    } else {
      if contact.old >= 0, old.value(contact.old, tag) == whole { return true }
      contact.young = young.add(contact.hash)
    }
    young.setThere(contact.young)
    contact.isThere = true
    young.set(contact.young, tag, to: whole)
    return false
  }

  /// Has what leads to a contact brought into the cache: few are asked for twice, and memory answers many
  /// requests as fast as one.
  package mutating func prefetch(_ hash: UInt64) {
    young.prefetch(hash)
    old.prefetch(hash)
  }

  /// The same for the contact itself; what leads to it must be there by now.
  package mutating func prefetchContact(_ hash: UInt64) {
    young.prefetchEntry(hash)
    old.prefetchEntry(hash)
  }

  /// The same for what was written to it; the contact must be there by now.
  package mutating func prefetchValues(_ hash: UInt64) {
    young.prefetchValues(hash)
    old.prefetchValues(hash)
  }

  /// Two places of one contact with one tag forget each other's values, and are never taken for each other.
  private static func tag(_ place: UInt64) -> UInt16 {
    max(1, UInt16(truncatingIfNeeded: place &* 0x9E37_79B9_7F4A_7C15 >> 48))
  }
}

/// Hashes.
extension WrittenValues {
  /// Of a text, never 0 nor any of the small numbers that stand for something else.
  package static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 { place(textHash(text)) }

  /// Of a text, as tables of the snapshot are searched by it.
  package static func textHash(_ text: UnsafeRawBufferPointer) -> UInt64 { RowTable.hash(text) }

  /// Of a text by its ``textHash(_:)``.
  package static func place(_ hash: UInt64) -> UInt64 { hash | 1 << 40 }

  /// Two hashes as one.
  public static func combine(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ 0x6A09_E667_F3BC_C909).multipliedFullWidth(
      by: right ^ 0xBB67_AE85_84CA_A73B)
    return product.high ^ product.low
  }
}

/// Contacts by their hash: open addressing, at most three quarters full, on places that are small beside what
/// they lead to.
///
/// Nothing is taken out but all at once. A value's tag says where it was written, and is 0 where there is none.
private struct Generation: Sendable {
  /// A contact with its first values, half a line of the cache.
  private struct Entry: BitwiseCopyable {
    var contact: UInt64
    var values: InlineArray<2, UInt64> = [0, 0]
    var tags: InlineArray<2, UInt16> = [0, 0]
    /// Whether it exists, whether what older generations know of it is void, and the line of its other
    /// values, counted from one.
    var bits: UInt32 = 0

    static let there: UInt32 = 1 << 31
    static let isCut: UInt32 = 1 << 30
    static let line: UInt32 = 1 << 30 - 1
  }

  /// Other values of a contact, a line of the cache.
  private struct Line: BitwiseCopyable {
    static let width = 6

    var values: InlineArray<6, UInt64> = .init(repeating: 0)
    var tags: InlineArray<6, UInt16> = .init(repeating: 0)
    /// Of an older line, counted from one; 0 behind the last.
    var next: UInt32 = 0
  }

  /// Where a contact's entry is, counted from one, and above that bits of its hash; 0 where there is none.
  private var places: [UInt32] = []
  private var entries: [Entry] = []
  private var lines: [Line] = []

  /// There are fewer contacts: more are never within ``WrittenValues/byteLimit``.
  private static let entryBits = 20
  private static let entryMask: UInt32 = 1 << 20 - 1

  var isEmpty: Bool { entries.isEmpty }

  private static func byteCount(_ placeCount: Int, _ lineCount: Int) -> Int {
    placeCount * MemoryLayout<Entry>.stride + lineCount * MemoryLayout<Line>.stride
  }

  private var mustGrow: Bool { entries.count * 4 >= places.count * 3 }

  /// Whether another contact would need more memory than that if there were an entry for each place.
  func isFull(_ byteLimit: Int) -> Bool {
    Self.byteCount(mustGrow ? places.count * 2 : places.count, lines.count) > byteLimit
  }

  /// The index of a contact, or -1.
  mutating func find(_ contact: UInt64) -> Int {
    guard !entries.isEmpty else { return -1 }
    let tag = Self.tag(contact)
    return places.withUnsafeBufferPointer { places in
      entries.withUnsafeBufferPointer { entries in
        var index = Self.start(contact, in: places)
        while places[index] != 0 {
          let entry = Int(places[index] & Self.entryMask) - 1
          if places[index] & ~Self.entryMask == tag, entries[entry].contact == contact {
            return entry
          }
          index = (index + 1) & (places.count - 1)
        }
        return -1
      }
    }
  }

  @inline(__always)
  private static func tag(_ contact: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: contact >> 32) & ~entryMask
  }

  @inline(__always)
  private static func start(_ contact: UInt64, in places: UnsafeBufferPointer<UInt32>) -> Int {
    Int(truncatingIfNeeded: contact) & (places.count - 1)
  }

  /// Adds a contact that is not there yet.
  mutating func add(_ contact: UInt64) -> Int {
    if mustGrow { grow() }
    entries.makeLargeRoom()
    entries.append(Entry(contact: contact))
    precondition(entries.count <= Self.entryMask, "more contacts than places can lead to")
    put(entries.count - 1)
    return entries.count - 1
  }

  /// Lets the empty place where a contact belongs lead to it.
  private mutating func put(_ entry: Int) {
    let contact = entries[entry].contact
    places.withUnsafeMutableBufferPointer { places in
      var index = Self.start(contact, in: UnsafeBufferPointer(places))
      while places[index] != 0 { index = (index + 1) & (places.count - 1) }
      places[index] = Self.tag(contact) | UInt32(entry + 1)
    }
  }

  private mutating func grow() {
    places = Array(large: 0, count: max(1 << 10, places.count * 2))
    for entry in entries.indices { put(entry) }
  }

  func isThere(_ index: Int) -> Bool { entries[index].bits & Entry.there != 0 }

  func isCut(_ index: Int) -> Bool { entries[index].bits & Entry.isCut != 0 }

  mutating func setThere(_ index: Int) { entries[index].bits |= Entry.there }

  /// Forgets a contact's values, here and in older generations.
  mutating func cut(_ index: Int) {
    entries[index] = Entry(contact: entries[index].contact, bits: Entry.isCut)
  }

  /// What was written under a tag; 0 where nothing was.
  mutating func value(_ index: Int, _ tag: UInt16) -> UInt64 {
    entries.withUnsafeBufferPointer { entries in
      if entries[index].tags[0] == tag { return entries[index].values[0] }
      if entries[index].tags[1] == tag { return entries[index].values[1] }
      var next = Int(entries[index].bits & Entry.line)
      return lines.withUnsafeBufferPointer { lines in
        while next > 0 {
          for place in 0..<Line.width where lines[next - 1].tags[place] == tag {
            return lines[next - 1].values[place]
          }
          next = Int(lines[next - 1].next)
        }
        return 0
      }
    }
  }

  /// Notes what is written under a tag.
  mutating func set(_ index: Int, _ tag: UInt16, to value: UInt64) {
    for place in 0..<2
    where entries[index].tags[place] == tag || entries[index].tags[place] == 0 {
      entries[index].tags[place] = tag
      entries[index].values[place] = value
      return
    }
    let first = entries[index].bits & Entry.line
    // The newest line is the one with room, and is asked first.
    if first > 0 {
      let line = Int(first) - 1
      for place in 0..<Line.width
      where lines[line].tags[place] == tag || lines[line].tags[place] == 0 {
        lines[line].tags[place] = tag
        lines[line].values[place] = value
        return
      }
    }
    var line = Line(next: first)
    line.tags[0] = tag
    line.values[0] = value
    lines.makeLargeRoom()
    lines.append(line)
    entries[index].bits = entries[index].bits & ~Entry.line | UInt32(lines.count)
  }

  mutating func prefetch(_ contact: UInt64) {
    guard !entries.isEmpty else { return }
    places.withUnsafeBufferPointer { places in
      cjson_prefetch(places.baseAddress.map { $0 + Self.start(contact, in: places) })
    }
  }

  /// Most likely the entry of the first place with the contact's tag is its own.
  mutating func prefetchEntry(_ contact: UInt64) {
    guard !entries.isEmpty else { return }
    let tag = Self.tag(contact)
    places.withUnsafeBufferPointer { places in
      var index = Self.start(contact, in: places)
      while places[index] != 0, places[index] & ~Self.entryMask != tag {
        index = (index + 1) & (places.count - 1)
      }
      guard places[index] != 0 else { return }
      let entry = Int(places[index] & Self.entryMask) - 1
      entries.withUnsafeBufferPointer { cjson_prefetch($0.baseAddress.map { $0 + entry }) }
    }
  }

  mutating func prefetchValues(_ contact: UInt64) {
    let index = find(contact)
    guard index >= 0 else { return }
    let first = Int(entries[index].bits & Entry.line)
    guard first > 0 else { return }
    lines.withUnsafeBufferPointer { cjson_prefetch($0.baseAddress.map { $0 + (first - 1) }) }
  }

  /// Forgets all; has so many places or what it had, so that it need not grow again.
  mutating func forget(withRoom wanted: Int) {
    guard !entries.isEmpty || places.count < wanted else { return }
    entries.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    places.refill(with: 0, count: max(places.count, wanted))
    entries.reserveLarge(places.count / 4 * 3 + 1)
  }

  /// How many places it has.
  var room: Int { places.count }

  mutating func removeAll() {
    guard !entries.isEmpty else { return }
    places.removeAll()
    entries.removeAll()
    lines.removeAll()
  }
}
