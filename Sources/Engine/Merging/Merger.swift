import Contacts
package import Knowledge

/// Merges logs in the order of their chunks into one batch per window.
package struct Merger: ~Copyable {
  private(set) var program: Program
  private let mode: Mode
  private let sources: [String]
  var builder: BatchBuilder
  private var repeats = RepeatTable()
  private var finisher: DeferredRules?
  var memory: ContactMemory
  var tally: Tally
  /// What was counted under rules that were replaced since.
  private(set) var earlier: Statistics?
  /// `rule event-id` lines since ``takeTrace()``, where asked for.
  private var trace: [UInt8]?
  private var deletedContacts: [Int32] = []
  private var lastAction: Int32 = -1

  /// A merger for a run.
  ///
  /// - Parameters:
  ///   - program: the rules.
  ///   - mode: how mutations become batches.
  ///   - sources: the names of the inputs, for events without an id.
  ///   - tracesFirings: whether ``takeTrace()`` has something to give.
  ///   - snapshot: what is known of contacts before the first event.
  ///   - urnMoves: what happens to a URN that another contact is known to have.
  package init(
    _ program: Program, mode: Mode, sources: [String], tracesFirings: Bool = false,
    snapshot: ContactSnapshot? = nil, urnMoves: URNMoves = .refused
  ) {
    self.program = program
    self.mode = mode
    self.sources = sources
    builder = BatchBuilder(
      program, snapshot: snapshot ?? ContactSnapshot(program.profile), urnMoves: urnMoves)
    finisher = program.readsContact ? DeferredRules(program) : nil
    memory = ContactMemory(program)
    tally = Tally(program)
    trace = tracesFirings ? [] : nil
  }

  /// Goes on with other rules between two windows: snapshot, repeats and counts stay.
  package mutating func adopt(_ program: Program) {
    earlier = statistics
    self.program = program
    builder.adopt(program)
    finisher = program.readsContact ? DeferredRules(program) : nil
    memory = ContactMemory(program)
    tally = Tally(program)
  }

  /// Applies one log.
  package mutating func apply(_ log: borrowing Log) {
    tally.count(log)
    var source = MutationSource(
      mutations: log.mutations, keys: log.keys, bytes: log.bytes, eventBytes: log.bytes)
    repeats.touch(log.events)
    builder.touch(log.keys)
    for event in log.events { apply(event, log, &source) }
  }

  /// Bytes held by the merged writes of the open window.
  package var byteCount: Int { builder.byteCount }

  /// Whether the open window changes nothing so far.
  package var isEmpty: Bool { builder.batch.parts.isEmpty && builder.batch.workspace.isEmpty }

  /// What is known of contacts: planning a window carries it forward.
  package var snapshot: ContactSnapshot {
    get { builder.snapshot }
    _modify { yield &builder.snapshot }
  }

  /// Notes a write that planning cannot carry out.
  package mutating func setAside(rule: Int32, event: String, reason: String) {
    tally.setAside(rule: rule, event: event, reason: reason)
  }

  /// Closes the window: what it asks for, and a fresh table for the next.
  package mutating func closeWindow() -> Batch {
    tally.contactCount += builder.contacts.count { $0.part >= 0 }
    tally.overwrittenCount += builder.overwrittenCount
    builder.overwrittenCount = 0
    lastAction = -1
    // `--merge off` asks the server and leaves the snapshot as it was.
    if mode == .window { memory.closeWindow() }
    return builder.take()
  }

  /// Remembers events of an earlier run, and keeps those of this one for ``takeRepeatMarks()``.
  package mutating func remember(_ marks: [RepeatMark]) {
    for mark in marks { _ = repeats.insert(identity: mark.identity, content: mark.content) }
    repeats.keepMarks()
  }

  /// Events that were seen for the first time since the last call, if ``remember(_:)`` was called.
  package mutating func takeRepeatMarks() -> [RepeatMark] { repeats.takeMarks() }

  /// The `rule event-id` lines of the firings since the last call, in order.
  package mutating func takeTrace() -> [UInt8] {
    guard let lines = trace else { return [] }
    trace = []
    return lines
  }

  private mutating func apply(
    _ event: Log.Event, _ log: borrowing Log, _ source: inout MutationSource
  ) {
    if event.identity != 0 {
      switch repeats.insert(identity: event.identity, content: event.content) {
      case .new: break
      case .repeated:
        tally.repeats += 1
        return
      case .changed: tally.changedRepeats += 1
      }
    }
    let hasWork =
      event.mutations.count > 0 || event.deferred.count > 0 || event.firings.count > 0
    guard hasWork || event.outcomes.count > 0 else { return }
    let bytes = log.bytes
    if event.outcomes.count > 0 {
      tally.count(log.outcomes, event.outcomes, event: name(of: event, bytes))
    }
    guard hasWork else { return }
    lastAction = -1
    deletedContacts.removeAll(keepingCapacity: true)
    if event.deferred.count > 0 {
      applyWithDeferred(event, log, &source)
    } else {
      fire(log.firings, event.firings, event, bytes)
      guard event.mutations.count > 0 else { return }
      let mark = note(event, bytes)
      prepare(event.mutations, event, &source)
      for index in Int(event.mutations.first)..<Int(event.mutations.first + event.mutations.count) {
        apply(index, event, source, mark)
      }
    }
  }

  /// Finishes the rules that read `contact`, then merges their mutations with the event's other
  /// ones in firing order.
  private mutating func applyWithDeferred(
    _ event: Log.Event, _ log: borrowing Log, _ source: inout MutationSource
  ) {
    let finished = finisher?.finish(event, log, &memory, &builder.snapshot) ?? FinishedRules()
    var late = finished.source
    let bytes = log.bytes
    tally.count(
      finished.outcomes, RowRange(first: 0, count: Int32(finished.outcomes.count)),
      event: name(of: event, bytes))
    let first = Int(event.firings.first)
    let fired = (log.firings[first..<first + Int(event.firings.count)] + finished.firings).sorted()
    fire(fired, RowRange(first: 0, count: Int32(fired.count)), event, bytes)
    let mark = note(event, bytes)
    prepare(event.mutations, event, &source)
    prepare(RowRange(first: 0, count: Int32(late.mutations.count)), event, &late)
    var index = Int(event.mutations.first)
    let end = index + Int(event.mutations.count)
    var next = 0
    while index < end || next < late.mutations.count {
      let isLate =
        index >= end
        || (next < late.mutations.count && late.mutations[next].rule < source.mutations[index].rule)
      if isLate {
        apply(next, event, late, mark)
        next += 1
      } else {
        apply(index, event, source, mark)
        index += 1
      }
    }
  }

  private mutating func fire(
    _ firings: [Int32], _ range: RowRange, _ event: Log.Event, _ bytes: [UInt8]
  ) {
    for index in Int(range.first)..<Int(range.first + range.count) {
      let rule = Int(firings[index])
      tally.rules[rule].fired += 1
      if trace != nil {
        let line = "\(program.ruleIDs[rule]) \(name(of: event, bytes).text)\n"
        trace?.append(contentsOf: line.utf8)
      }
    }
  }

  private func name(of event: Log.Event, _ bytes: [UInt8]) -> EventName {
    EventName(event: event, bytes: bytes, sources: sources)
  }

  /// Adds the event to the batch and returns its number.
  private mutating func note(_ event: Log.Event, _ bytes: [UInt8]) -> Int32 {
    var id = builder.copy(event.id, isConstant: false, from: bytes)
    if id.length == 0 {
      let name = Array(name(of: event, bytes).text.utf8)
      id = builder.copy(
        TextRange(offset: 0, length: UInt32(name.count)), isConstant: false, from: name)
    }
    builder.batch.events.append(Batch.Event(id: id))
    return Int32(builder.batch.events.count - 1)
  }

  /// Finds the contacts of an event's mutations, and notes whom it deletes.
  ///
  /// All are found before any mutation is applied: later rules mean the same person even if an
  /// earlier one takes the URN away.
  private mutating func prepare(
    _ range: RowRange, _ event: Log.Event, _ source: inout MutationSource
  ) {
    for index in Int(range.first)..<Int(range.first + range.count) {
      let mutation = source.mutations[index]
      guard mutation.key >= 0 else { continue }
      if source.contacts[Int(mutation.key)] < 0 {
        let key = source.keys[Int(mutation.key)]
        let written = builder.identifier(
          key.text, in: source.bytes, hash: key.hash, isUUID: key.isUUID)
        let (contact, spelled) = builder.contact(named: written)
        // `--merge off` asks the server, who knows the other spelling by itself.
        let identifier = mode == .window ? spelled : written
        source.identifiers[Int(mutation.key)] = identifier
        source.contacts[Int(mutation.key)] = contact
        if event.time != Int64.min {
          if event.time < builder.contacts[Int(contact)].lastTime { tally.outOfOrder += 1 }
          builder.contacts[Int(contact)].lastTime = max(
            builder.contacts[Int(contact)].lastTime, event.time)
        }
      }
      if case .deleteContact = mutation.kind {
        deletedContacts.append(source.contacts[Int(mutation.key)])
      }
    }
  }

  private mutating func apply(
    _ index: Int, _ event: Log.Event, _ source: MutationSource, _ mark: Int32
  ) {
    let mutation = source.mutations[index]
    tally.mutationCount += 1
    if mode == .off, mutation.action != lastAction {
      if !isEmpty { builder.globalRound += 1 }
      lastAction = mutation.action
    }
    guard mutation.key >= 0 else { return applyToWorkspace(mutation, event, source, mark) }
    let contact = source.contacts[Int(mutation.key)]
    let identifier = source.identifiers[Int(mutation.key)]
    if !deletedContacts.isEmpty, deletedContacts.contains(contact) {
      // A deletion cancels every other change of its event, whatever the order of rules.
      guard mutation.kind == .deleteContact, !builder.contacts[Int(contact)].wasDeleted else {
        return
      }
    }
    if builder.contacts[Int(contact)].isMadeAgain, builder.contacts[Int(contact)].part < 0,
      !startsOver(mutation, event, source, identifier)
    {
      return
    }
    var value = builder.copy(mutation.value, isConstant: mutation.isConstant, from: source.bytes)
    var target: Int32 = -1
    if mutation.target >= 0 {
      target = builder.target(constant: mutation.target)
    } else if mutation.kind.takesTargetFromValue {
      target = builder.target(value, isGroup: mutation.kind.isAboutGroup)
      value = builder.batch.targets[Int(target)]
    }
    var write = PendingWrite(
      kind: mutation.kind, missing: mutation.missing, target: target, value: value,
      rule: mutation.rule, event: mark, contact: contact, identifier: identifier)
    if case .replaceURNs = mutation.kind { write.list = list(behind: index, source) }
    switch builder.apply(write) {
    case .merged:
      if program.readsContact { memory.observe(write, builder: &builder) }
    case .contactIsBlocked:
      tally.setAside(
        rule: mutation.rule, event: name(of: event, source.eventBytes),
        reason: "the contact was blocked earlier in this window")
    case .urnIsTaken(let row):
      let name = name(of: event, source.eventBytes)
      let key = builder.identifiers[Int(identifier)].text
      tally.setAside(
        rule: mutation.rule, event: name,
        Statistics.URNConflict(
          urn: String(decoding: builder.batch.text(write.value), as: UTF8.self),
          owner: snapshot.identifier(of: row),
          contact: String(decoding: builder.batch.text(key), as: UTF8.self),
          rule: Int(mutation.rule), event: name.text))
    }
  }

  /// Whether a write makes a contact anew that was deleted in this window; nothing else finds it.
  private mutating func startsOver(
    _ mutation: Log.Mutation, _ event: Log.Event, _ source: MutationSource, _ identifier: Int32
  ) -> Bool {
    let isUUID = builder.identifiers[Int(identifier)].isUUID
    if mutation.kind.makesContact, mutation.missing == .create, !isUUID {
      tally.madeAgain += 1
      return true
    }
    // Somebody else may have the number in its other spelling: the server will say.
    if builder.mayHaveOtherSpelling(identifier) { return true }
    if mutation.kind.makesContact, isUUID || mutation.missing == .fail {
      tally.setAside(
        rule: mutation.rule, event: name(of: event, source.eventBytes),
        reason: "the contact was deleted earlier in this window")
    }
    return false
  }

  /// The URNs of the `set_urns` that begins at a mutation.
  private mutating func list(behind index: Int, _ source: MutationSource) -> [Int32] {
    var urns: [Int32] = []
    var next = index + 1
    while next < source.mutations.count, source.mutations[next].kind == .addURN,
      source.mutations[next].action == source.mutations[index].action
    {
      let mutation = source.mutations[next]
      let text = builder.copy(
        mutation.value, isConstant: mutation.isConstant, from: source.bytes)
      urns.append(builder.target(text, isGroup: false))
      next += 1
    }
    return urns
  }

  private mutating func applyToWorkspace(
    _ mutation: Log.Mutation, _ event: Log.Event, _ source: MutationSource, _ mark: Int32
  ) {
    let value = builder.copy(mutation.value, isConstant: mutation.isConstant, from: source.bytes)
    if mutation.kind == .note {
      let text = String(decoding: builder.batch.text(value), as: UTF8.self)
      return tally.note(rule: mutation.rule, event: name(of: event, source.eventBytes), text: text)
    }
    let second = builder.copy(mutation.second, isConstant: false, from: source.bytes)
    builder.applyToWorkspace(
      mutation.kind, subject: value, value: second, rule: mutation.rule, event: mark)
  }
}

/// What people know an event by, its id or where it was read; made only when it is printed.
struct EventName {
  let event: Log.Event
  let bytes: [UInt8]
  let sources: [String]

  var text: String {
    guard event.id.length > 0 else { return place }
    let range = Int(event.id.offset)..<Int(event.id.offset + event.id.length)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// `SOURCE:LINE`.
  var place: String {
    let source = Int(event.source)
    return "\(source < sources.count ? sources[source] : "-"):\(event.line)"
  }
}

/// Mutations with what their ranges point into, and whom their keys name.
struct MutationSource {
  let mutations: [Log.Mutation]
  let keys: [Log.ContactKey]
  let bytes: [UInt8]
  /// What the ranges of their event point into.
  let eventBytes: [UInt8]
  /// Of each key its contact and identifier in the batch; -1 before they are looked up.
  var contacts: [Int32]
  var identifiers: [Int32]

  init(
    mutations: [Log.Mutation], keys: [Log.ContactKey], bytes: [UInt8], eventBytes: [UInt8]
  ) {
    self.mutations = mutations
    self.keys = keys
    self.bytes = bytes
    self.eventBytes = eventBytes
    contacts = Array(repeating: -1, count: keys.count)
    identifiers = contacts
  }
}

extension MutationKind {
  fileprivate var isAboutGroup: Bool { self == .addToGroup || self == .removeFromGroup }

  /// Whether a rendered value names the target: a group or URN.
  var takesTargetFromValue: Bool {
    switch self {
    case .addToGroup, .removeFromGroup, .addURN, .preferURN, .removeURN: true
    default: false
    }
  }
}
