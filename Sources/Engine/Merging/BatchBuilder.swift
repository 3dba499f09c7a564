import Contacts
import Knowledge

/// The open window: contacts, their parts, and the newest write to each target.
///
/// Its methods are mutating where they change nothing, too: to lend out a struct of this size is to
/// copy all of it, a kilobyte a call.
struct BatchBuilder: ~Copyable {
  /// A contact as this window knows it.
  struct Contact: BitwiseCopyable {
    /// Its newest part; -1 before its first write.
    var part: Int32 = -1
    /// Its next part begins in this round or later.
    var minRound: Int32 = 0
    var lastTime = Int64.min
    /// In ``BatchBuilder/doubles``, with those that may be this contact; -1 where there are none.
    var double: Int32 = -1
    /// In the snapshot; -1 where it does not know the contact.
    var row: Int32 = -1
    /// Head of its list in ``BatchBuilder/links``.
    var firstLink: Int32 = -1
    var wasDeleted = false
    /// Named by an identifier whose contact was deleted in this window.
    var isMadeAgain = false
    /// Whether its URNs were replaced: those of the snapshot name it no more.
    var urnsAreReplaced = false
  }

  /// A URN or uuid, and whom it names now.
  struct Identifier: BitwiseCopyable {
    var text: TextRange
    var hash: UInt64
    /// -1 where it names nobody: the next event that uses it is about a new contact.
    var contact: Int32
    /// The round from which another contact may use it.
    var minRound: Int32
    /// In ``BatchBuilder/doubles``, for a contact that it names; -1 where nobody is in doubt.
    var double: Int32 = -1
    /// The part that gave it up: the same part may take it back.
    var releasedFrom: Int32 = -1
    var isUUID: Bool
    /// Whether this window knows whom it names, without asking the snapshot.
    var isResolved = false
  }

  /// An identifier that was assigned to a contact, and the one assigned before it.
  struct Link: BitwiseCopyable {
    var identifier: Int32
    var next: Int32
  }

  /// A part with what only the open window needs to know of it, on one line of the cache.
  struct OpenPart: BitwiseCopyable {
    var part: Batch.Part
    /// The kinds of write that the part has, or had until another replaced them.
    var kinds: KindSet = []
    /// A bit of 64 for each place that was ever written to: most are new to their part.
    var places: UInt64 = 0
    /// Writes that were ever linked.
    var writeCount: Int32 = 0
    /// Whether they stand in ``writeNumbers``.
    var isIndexed = false
  }

  /// A way to write the name of a group, in the batch's bytes.
  struct Spelling: BitwiseCopyable {
    var text: TextRange
    var target: Int32
  }

  private(set) var program: Program
  /// What is known of contacts as they will be once the calls of earlier windows are made.
  var snapshot: ContactSnapshot
  /// The contact of each row of the snapshot that this window has met.
  var contactNumbers: [Int32: Int32] = [:]
  /// In ``doubles``, for all of whom the snapshot is in doubt; -1 before the first.
  var uncertainty: Int32 = -1
  /// Whether the window moves URNs: later ones must know.
  var editsURNs = false
  var batch: Batch
  /// Whether the window's batch has its first bytes.
  private var isBegun = false
  /// A batch that was given back.
  private var spare = Batch(number: 0)
  private var lastCounts = (writes: 0, events: 0, bytes: 0)
  /// The parts; they are in ``batch`` once it is taken.
  var parts = Column<OpenPart>()
  var contacts = Column<Contact>()
  var identifiers = Column<Identifier>()
  /// Contacts that may be one.
  var doubles = Column<Chain>()
  /// Identifiers that were assigned to contacts, as lists; some may name others by now.
  var links = Column<Link>()
  var identifierNumbers = TextTable()
  var targetNumbers = TextTable()
  var spellings = Column<Spelling>()
  var spellingNumbers = TextTable()
  var targetIsGroup: [Bool] = []
  /// Of each constant target of the program its number in the batch; -1 before its first use.
  var constantTargets: [Int32]
  /// Of parts with many writes; the few of most parts are found by walking their list, which needs
  /// no memory that is not at hand.
  var writeNumbers = WriteTable()

  /// A part with more writes is indexed.
  static let walkLimit = 12
  var buffer: [UInt8] = []
  var sequence: Int32 = 0
  /// No part begins before this round.
  var globalRound: Int32 = 0
  /// The last round of any part; -1 before the first.
  var lastRound: Int32 = -1
  /// Fields and groups created since the last rename or deletion.
  var created: Set<[UInt8]> = []
  var overwrittenCount = 0
  /// The URNs that follow the `replaceURNs` which is applied.
  var urnList: [Int32] = []
  /// Whether the snapshot has anything to say, as of the log that is applied.
  var knowsContacts = false
  let urnMoves: URNMoves

  /// Whether writes are kept that others replace, for who wants to know what they were.
  let keepsReplaced: Bool

  init(
    _ program: Program, snapshot: ContactSnapshot, urnMoves: URNMoves, keepsReplaced: Bool = true
  ) {
    self.program = program
    self.keepsReplaced = keepsReplaced
    self.urnMoves = urnMoves
    self.snapshot = snapshot
    constantTargets = Array(repeating: -1, count: program.targets.count)
    batch = Batch(number: 1)
  }

  /// Goes on with other rules, between two windows.
  mutating func adopt(_ program: Program) {
    self.program = program
    constantTargets = Array(repeating: -1, count: program.targets.count)
    batch = Batch(number: batch.number)
    isBegun = false
  }

  /// Makes ready for the first write of a window, in memory that an earlier one gave back.
  ///
  /// The first bytes of every batch are the program's constants: they are copied once.
  mutating func begin() {
    guard !isBegun else { return }
    isBegun = true
    swap(&batch.bytes, &spare.bytes)
    swap(&batch.writes, &spare.writes)
    swap(&batch.events, &spare.events)
    swap(&batch.parts, &spare.parts)
    swap(&batch.targets, &spare.targets)
    spare = Batch(number: 0)
    batch.bytes.removeAll(keepingCapacity: true)
    batch.writes.removeAll(keepingCapacity: true)
    batch.events.removeAll(keepingCapacity: true)
    batch.parts.removeAll(keepingCapacity: true)
    batch.targets.removeAll(keepingCapacity: true)
    // The window is about as large as the one before.
    batch.writes.reserveLarge(lastCounts.writes)
    batch.events.reserveLarge(lastCounts.events)
    batch.bytes.reserveLarge(lastCounts.bytes)
    batch.bytes.append(
      contentsOf: UnsafeBufferPointer(
        start: program.constants.base, count: program.constants.count))
  }

  /// Bytes that the window holds, or would if it kept every write.
  var byteCount: Int {
    batch.bytes.count
      + (batch.writes.count + batch.forgottenWriteCount) * MemoryLayout<Batch.Write>.stride
      + parts.count * MemoryLayout<OpenPart>.stride
      + identifiers.count * MemoryLayout<Identifier>.stride * 2
  }

  /// Makes room for the writes and events of a log.
  mutating func makeRoom(for source: LogView, eventCount: Int) {
    Self.makeRoom(for: 2 * source.mutations.count, in: &batch.writes)
    Self.makeRoom(for: eventCount, in: &batch.events)
  }

  /// Grows a list that is nearly full, in large pages.
  private static func makeRoom<Element: BitwiseCopyable>(for more: Int, in list: inout [Element]) {
    guard list.count + more > list.capacity else { return }
    let wanted = max(list.count + more, 2 * list.capacity)
    list.reserveLarge(largeCapacity(wanted, of: MemoryLayout<Element>.stride))
  }

  /// Contacts that something was written to.
  var writtenContactCount: Int {
    mutating get {
      var count = 0
      for index in 0..<contacts.count where contacts[index].part >= 0 { count += 1 }
      return count
    }
  }

  /// Hands out the batch and begins the next window.
  mutating func take() -> Batch {
    batch.roundCount = Int(max(globalRound, lastRound)) + 1
    for write in batch.workspace { batch.roundCount = max(batch.roundCount, Int(write.round) + 1) }
    let open = UnsafeBufferPointer(start: parts.base, count: parts.count)
    batch.parts.reserveLarge(open.count)
    for index in open.indices { batch.parts.append(open[index].part) }
    if !snapshot.isEmpty || editsURNs || !doubles.isEmpty {
      batch.rows.reserveCapacity(contacts.count)
      batch.isUncertain.reserveCapacity(contacts.count)
      for index in 0..<contacts.count {
        batch.rows.append(contacts[index].row)
        batch.isUncertain.append(contacts[index].double >= 0)
      }
    }
    lastCounts = (batch.writes.count, batch.events.count, batch.bytes.count)
    var next = Batch(number: batch.number + 1)
    swap(&batch, &next)
    forget()
    isBegun = false
    return next
  }

  /// Takes the memory of a batch that nobody looks at any more, and leaves it empty.
  mutating func takeBack(_ batch: inout Batch) {
    spare = Batch(number: 0)
    swap(&spare, &batch)
  }

  /// Forgets the window; keeps the memory.
  private mutating func forget() {
    uncertainty = -1
    editsURNs = false
    contactNumbers.removeAll(keepingCapacity: true)
    parts.removeAll()
    contacts.removeAll()
    identifiers.removeAll()
    links.removeAll()
    doubles.removeAll()
    identifierNumbers.removeAll()
    targetNumbers.removeAll()
    spellings.removeAll()
    spellingNumbers.removeAll()
    targetIsGroup.removeAll(keepingCapacity: true)
    for index in constantTargets.indices { constantTargets[index] = -1 }
    writeNumbers.removeAll()
    globalRound = 0
    lastRound = -1
    created.removeAll()
    sequence = 0
  }

  /// Copies a text of a log into the batch; constants are there already.
  mutating func copy(
    _ range: TextRange, isConstant: Bool, from bytes: UnsafeBufferPointer<UInt8>
  ) -> TextRange {
    if isConstant || range.length == 0 { return range }
    return append(
      UnsafeBufferPointer(
        rebasing: bytes[Int(range.offset)..<Int(range.offset) + Int(range.length)]))
  }

  /// Adds all texts of a log to the batch's bytes and returns where they begin.
  mutating func append(all texts: UnsafeBufferPointer<UInt8>) -> UInt32 {
    Self.makeRoom(for: texts.count, in: &batch.bytes)
    return append(texts).offset
  }

  /// Adds a text to the batch's bytes.
  mutating func append(_ text: [UInt8]) -> TextRange {
    text.withUnsafeBufferPointer { append($0) }
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> TextRange {
    let start = batch.bytes.count
    batch.bytes.append(contentsOf: text)
    return TextRange(offset: UInt32(start), length: UInt32(text.count))
  }
}
