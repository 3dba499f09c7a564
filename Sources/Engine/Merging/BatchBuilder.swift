import Contacts
import Knowledge

/// The open window: contacts, their parts, and the newest write to each target.
struct BatchBuilder: ~Copyable {
  /// A contact as this window knows it.
  struct Contact {
    /// Its newest part; -1 before its first write.
    var part: Int32 = -1
    /// Its next part begins in this round or later.
    var minRound: Int32 = 0
    var wasDeleted = false
    /// Named by an identifier whose contact was deleted in this window.
    var isMadeAgain = false
    var lastTime = Int64.min
    /// Contacts with one number here may be one: see ``BatchBuilder/doubles``.
    var double: Int32 = -1
    /// In the snapshot; -1 where it does not know the contact.
    var row: Int32 = -1
    /// Whether its URNs were replaced: those of the snapshot name it no more.
    var urnsAreReplaced = false
    /// Head of its list in ``BatchBuilder/links``.
    var firstLink: Int32 = -1
  }

  /// A URN or uuid, and whom it names now.
  struct Identifier {
    var text: TextRange
    var isUUID: Bool
    /// -1 where it names nobody: the next event that uses it is about a new contact.
    var contact: Int32
    /// The round from which another contact may use it.
    var minRound: Int32
    /// What a contact that it names is a double of.
    var double: Int32 = -1
    /// The part that gave it up: the same part may take it back.
    var releasedFrom: Int32 = -1
    /// Whether this window knows whom it names, without asking the snapshot.
    var isResolved = false
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
  var contacts: [Contact] = []
  var identifiers: [Identifier] = []
  /// Of contacts that may be one (only the server knows), the part written last: the parts of all
  /// of them follow each other in rounds.
  var doubles: [Int32] = []
  /// Identifiers that were assigned to contacts, as lists; some may name others by now.
  var links: [(identifier: Int32, next: Int32)] = []
  private var identifierNumbers = TextTable()
  var targetNumbers = TextTable()
  var targetIsGroup: [Bool] = []
  /// Of each constant target of the program its number in the batch; -1 before its first use.
  var constantTargets: [Int32]
  /// Of parts with many writes; the few of most parts are found by walking their list, which needs
  /// no memory that is not at hand.
  private var writeNumbers = WriteTable()
  private var states: [PartState] = []

  private struct PartState {
    /// The kinds of write that the part has, or had until another replaced them.
    var kinds: KindSet = []
    /// Writes that were ever linked.
    var writeCount: Int32 = 0
    /// Whether they stand in ``writeNumbers``.
    var isIndexed = false
  }

  /// A part with more writes is indexed.
  private static let walkLimit = 12
  var buffer: [UInt8] = []
  private var sequence: Int32 = 0
  /// No part begins before this round.
  var globalRound: Int32 = 0
  /// The last round of any part; -1 before the first.
  private(set) var lastRound: Int32 = -1
  /// Fields and groups created since the last rename or deletion.
  var created: Set<[UInt8]> = []
  var overwrittenCount = 0
  /// Keeps the loads of ``touch(_:)`` from being left out.
  private(set) var touched: Int32 = 0

  let urnMoves: URNMoves

  init(_ program: Program, snapshot: ContactSnapshot, urnMoves: URNMoves) {
    self.program = program
    self.urnMoves = urnMoves
    self.snapshot = snapshot
    constantTargets = Array(repeating: -1, count: program.targets.count)
    batch = Batch(number: 1)
    start()
  }

  /// Goes on with other rules, between two windows.
  mutating func adopt(_ program: Program) {
    self.program = program
    constantTargets = Array(repeating: -1, count: program.targets.count)
    batch = Batch(number: batch.number)
    start()
  }

  /// The first bytes of every batch are the program's constants: they are copied once.
  private mutating func start() {
    batch.bytes.append(
      contentsOf: UnsafeBufferPointer(
        start: program.constants.base, count: program.constants.count))
  }

  /// Bytes that the window holds.
  var byteCount: Int {
    batch.bytes.count + batch.writes.count * MemoryLayout<Batch.Write>.stride
      + batch.parts.count * MemoryLayout<Batch.Part>.stride
      + identifiers.count * MemoryLayout<Identifier>.stride * 2
  }

  /// Hands out the batch and begins the next window.
  mutating func take() -> Batch {
    batch.roundCount = Int(globalRound) + 1
    for part in batch.parts { batch.roundCount = max(batch.roundCount, Int(part.round) + 1) }
    for write in batch.workspace { batch.roundCount = max(batch.roundCount, Int(write.round) + 1) }
    if !snapshot.isEmpty || editsURNs {
      batch.rows = contacts.map(\.row)
      batch.isUncertain = contacts.map { $0.double >= 0 }
    }
    uncertainty = -1
    editsURNs = false
    contactNumbers.removeAll(keepingCapacity: true)
    var next = Batch(number: batch.number + 1)
    swap(&batch, &next)
    contacts.removeAll(keepingCapacity: true)
    identifiers.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    doubles.removeAll(keepingCapacity: true)
    identifierNumbers.removeAll()
    targetNumbers.removeAll()
    targetIsGroup.removeAll(keepingCapacity: true)
    for index in constantTargets.indices { constantTargets[index] = -1 }
    writeNumbers.removeAll()
    states.removeAll(keepingCapacity: true)
    globalRound = 0
    lastRound = -1
    created.removeAll()
    sequence = 0
    start()
    return next
  }

  /// Copies a text of a log into the batch; constants are there already.
  mutating func copy(_ range: TextRange, isConstant: Bool, from bytes: [UInt8]) -> TextRange {
    if isConstant || range.length == 0 { return range }
    let start = batch.bytes.count
    batch.bytes.append(
      contentsOf: bytes[Int(range.offset)..<Int(range.offset + range.length)])
    return TextRange(offset: UInt32(start), length: range.length)
  }

  /// Brings the places of a chunk's contacts into the cache, as ``RepeatTable/touch(_:)`` does.
  mutating func touch(_ keys: [Log.ContactKey]) {
    for key in keys { touched &+= identifierNumbers.peek(key.hash) }
  }

  /// The number of an identifier, a new one at its first use.
  mutating func identifier(
    _ text: TextRange, in bytes: [UInt8], hash: UInt64, isUUID: Bool
  ) -> Int32 {
    let known = identifierNumbers.find(hash) { number in
      let candidate = identifiers[Int(number)]
      return candidate.isUUID == isUUID
        && areEqual(batch.bytes, candidate.text, bytes, text)
    }
    if let known { return known }
    let start = batch.bytes.count
    batch.bytes.append(contentsOf: bytes[Int(text.offset)..<Int(text.offset + text.length)])
    let range = TextRange(offset: UInt32(start), length: text.length)
    return addIdentifier(range, hash: hash, isUUID: isUUID)
  }

  /// The identifier of a URN that stands in the batch's own bytes.
  mutating func identifier(of urn: TextRange) -> Int32 {
    let hash = batch.bytes.withUnsafeBytes {
      stableHash(
        UnsafeRawBufferPointer(rebasing: $0[Int(urn.offset)..<Int(urn.offset + urn.length)]))
    }
    let known = identifierNumbers.find(hash) { number in
      let candidate = identifiers[Int(number)]
      return !candidate.isUUID && areEqual(batch.bytes, candidate.text, batch.bytes, urn)
    }
    return known ?? addIdentifier(urn, hash: hash, isUUID: false)
  }

  /// The number of a URN that was used in this window; -1 where it was not.
  func number(ofURN urn: [UInt8]) -> Int32 {
    let whole = TextRange(offset: 0, length: UInt32(urn.count))
    return identifierNumbers.find(urn.withUnsafeBytes { stableHash($0) }) { number in
      let candidate = identifiers[Int(number)]
      return !candidate.isUUID && areEqual(batch.bytes, candidate.text, urn, whole)
    } ?? -1
  }

  private mutating func addIdentifier(_ text: TextRange, hash: UInt64, isUUID: Bool) -> Int32 {
    identifiers.append(Identifier(text: text, isUUID: isUUID, contact: -1, minRound: 0))
    identifierNumbers.insert(hash, Int32(identifiers.count - 1))
    return Int32(identifiers.count - 1)
  }

  /// Lets an identifier name a contact from now on.
  mutating func assign(_ identifier: Int32, to contact: Int32) {
    identifiers[Int(identifier)].contact = contact
    identifiers[Int(identifier)].isResolved = true
    links.append((identifier, contacts[Int(contact)].firstLink))
    contacts[Int(contact)].firstLink = Int32(links.count - 1)
  }

  /// Lets an identifier name nobody from now on, if it names this contact.
  mutating func release(_ identifier: Int32, from contact: Int32) {
    guard identifiers[Int(identifier)].contact == contact else { return }
    identifiers[Int(identifier)].contact = -1
    identifiers[Int(identifier)].isResolved = true
    identifiers[Int(identifier)].minRound = round(after: contacts[Int(contact)].part)
    identifiers[Int(identifier)].releasedFrom = contacts[Int(contact)].part
  }

  /// The round behind a part's.
  func round(after part: Int32) -> Int32 { part < 0 ? 0 : batch.parts[Int(part)].round + 1 }

  /// Opens a part of a contact, in `round` or later.
  mutating func open(
    _ contact: Int32, as identifier: Int32, missing: MissingPolicy, round: Int32, event: Int32
  ) -> Int32 {
    let known = contacts[Int(contact)]
    let first = max(max(globalRound, known.minRound), round)
    let name = identifiers[Int(identifier)]
    batch.parts.append(
      Batch.Part(
        key: name.text, isUUID: name.isUUID, missing: missing, contact: contact, round: first,
        firstEvent: event))
    states.append(PartState())
    lastRound = max(lastRound, first)
    contacts[Int(contact)].part = Int32(batch.parts.count - 1)
    if known.double >= 0 { doubles[Int(known.double)] = Int32(batch.parts.count - 1) }
    return Int32(batch.parts.count - 1)
  }

  /// Writes to a target of a part; an earlier write to it becomes its `previous`.
  @discardableResult
  mutating func put(
    _ kind: MutationKind, target: Int32, value: TextRange, in part: Int32, rule: Int32,
    event: Int32
  ) -> Int {
    var write = Batch.Write(
      kind: kind, target: target, value: value, rule: rule, event: event, sequence: sequence)
    sequence += 1
    let place = target >= 0 ? target : kind.place
    let known = Int(find(place, in: part))
    if known >= 0, batch.writes[known].next != Self.unlinked {
      let before = batch.writes[known]
      if before.event != event || before.rule != rule { overwrittenCount += 1 }
      batch.writes.append(before)
      batch.writes[batch.writes.count - 1].next = Self.unlinked
      write.previous = Int32(batch.writes.count - 1)
      write.next = before.next
      batch.writes[known] = write
      states[Int(part)].kinds.insert(KindSet(kind))
      keepCreation(part, instead: before, by: kind)
      return known
    }
    if known >= 0 { write.previous = Int32(known) }
    batch.writes.append(write)
    let number = Int32(batch.writes.count - 1)
    link(number, to: part)
    states[Int(part)].kinds.insert(KindSet(kind))
    states[Int(part)].writeCount += 1
    index(number, place, of: part)
    return Int(number)
  }

  /// The newest write to a target, or what stands for one; -1 where there is none.
  func find(_ place: Int32, in part: Int32) -> Int32 {
    if states[Int(part)].isIndexed { return writeNumbers.find(part: part, target: place) }
    var next = batch.parts[Int(part)].firstWrite
    while next >= 0 {
      let write = batch.writes[Int(next)]
      if (write.target >= 0 ? write.target : write.kind.place) == place { return next }
      next = write.next
    }
    return -1
  }

  private mutating func index(_ write: Int32, _ place: Int32, of part: Int32) {
    if states[Int(part)].isIndexed {
      return writeNumbers.set(part: part, target: place, write: write)
    }
    guard states[Int(part)].writeCount > Self.walkLimit else { return }
    states[Int(part)].isIndexed = true
    var next = batch.parts[Int(part)].firstWrite
    while next >= 0 {
      let known = batch.writes[Int(next)]
      let place = known.target >= 0 ? known.target : known.kind.place
      writeNumbers.set(part: part, target: place, write: next)
      next = known.next
    }
  }

  /// A write that makes a missing contact keeps doing so when one that does not replaces it.
  private mutating func keepCreation(
    _ part: Int32, instead before: Batch.Write, by kind: MutationKind
  ) {
    guard batch.parts[Int(part)].creates, before.kind.makesContact, !kind.makesContact else {
      return
    }
    var next = batch.parts[Int(part)].firstWrite
    while next >= 0 {
      if batch.writes[Int(next)].kind.makesContact { return }
      next = batch.writes[Int(next)].next
    }
    put(
      .createContact, target: -1, value: .none, in: part, rule: before.rule, event: before.event)
  }

  /// `next` of a write that is only kept as another's `previous`.
  static let unlinked: Int32 = -2

  private mutating func link(_ write: Int32, to part: Int32) {
    let last = batch.parts[Int(part)].lastWrite
    if last >= 0 {
      batch.writes[Int(last)].next = write
    } else {
      batch.parts[Int(part)].firstWrite = write
    }
    batch.parts[Int(part)].lastWrite = write
  }

  /// Takes writes out of a part.
  mutating func drop(from part: Int32, where isDropped: (Batch.Write) -> Bool) {
    var kept: Int32 = -1
    var keptKinds: KindSet = []
    var next = batch.parts[Int(part)].firstWrite
    batch.parts[Int(part)].firstWrite = -1
    while next >= 0 {
      let write = next
      next = batch.writes[Int(write)].next
      if isDropped(batch.writes[Int(write)]) {
        batch.writes[Int(write)].next = Self.unlinked
        overwrittenCount += 1
        continue
      }
      if kept >= 0 {
        batch.writes[Int(kept)].next = write
      } else {
        batch.parts[Int(part)].firstWrite = write
      }
      kept = write
      keptKinds.insert(KindSet(batch.writes[Int(write)].kind))
    }
    states[Int(part)].kinds = keptKinds
    if kept >= 0 { batch.writes[Int(kept)].next = -1 }
    batch.parts[Int(part)].lastWrite = kept
  }

  /// Whether a part has a write of one of these kinds.
  func contains(in part: Int32, _ wanted: KindSet) -> Bool {
    !states[Int(part)].kinds.isDisjoint(with: wanted)
  }
}
