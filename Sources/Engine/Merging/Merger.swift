import Contacts
package import Knowledge

/// Merges logs in the order of their chunks into one batch per window.
package struct Merger: ~Copyable {
  package private(set) var program: Program
  private let mode: Mode
  private let sources: [String]
  var builder: BatchBuilder
  var repeats = RepeatTable()
  private var finisher: DeferredRules?
  /// Whether some rule reads `contact`.
  private var isObserving: Bool
  var memory: ContactMemory
  var tally: Tally
  /// What was counted under rules that were replaced since.
  private(set) var earlier: Statistics?
  /// `rule event-id` lines since ``takeTrace()``, where asked for.
  private var trace: [UInt8]?
  private var deletedContacts: [Int32] = []
  /// Of each key of the log that is applied whom it names.
  var owners = Column<KeyOwner>()
  /// Of each event of that log the identifier by which its first write names a contact, or -1.
  var names = Column<Int32>()
  /// The rule and the action of the write before, in its event; -1 before the first.
  private var lastAction: (rule: Int32, number: UInt8) = (-1, 0)

  /// A merger for a run.
  ///
  /// - Parameters:
  ///   - program: the rules.
  ///   - mode: how mutations become batches.
  ///   - sources: the names of the inputs, for events without an id.
  ///   - tracesFirings: whether ``takeTrace()`` has something to give.
  ///   - snapshot: what is known of contacts before the first event.
  ///   - urnMoves: what happens to a URN that another contact is known to have.
  ///   - keepsReplaced: whether batches keep writes that later ones replaced, for who asks what they were.
  package init(
    _ program: Program, mode: Mode, sources: [String], tracesFirings: Bool = false,
    snapshot: ContactSnapshot? = nil, urnMoves: URNMoves = .refused, keepsReplaced: Bool = true
  ) {
    self.program = program
    self.mode = mode
    self.sources = sources
    builder = BatchBuilder(
      program, snapshot: snapshot ?? ContactSnapshot(program.profile), urnMoves: urnMoves,
      keepsReplaced: keepsReplaced)
    isObserving = program.readsContact
    finisher = isObserving ? DeferredRules(program) : nil
    memory = ContactMemory(program)
    tally = Tally(program)
    trace = tracesFirings ? [] : nil
  }

  /// Goes on with other rules between two windows: snapshot, repeats and counts stay.
  package mutating func adopt(_ program: Program) {
    earlier = statistics
    self.program = program
    builder.adopt(program)
    isObserving = program.readsContact
    finisher = isObserving ? DeferredRules(program) : nil
    memory = ContactMemory(program)
    tally = Tally(program)
  }

  /// Applies one log.
  package mutating func apply(_ log: borrowing Log) {
    tally.count(log)
    builder.begin()
    builder.knowsContacts = !builder.snapshot.isEmpty
    // What waits for its contact's state has the whole event among the texts.
    let bytes = log.bytes.elements
    let shift = log.deferred.isEmpty ? builder.append(all: bytes) : nil
    let source = LogView(
      mutations: log.mutations.elements, keys: log.keys.elements, bytes: bytes,
      eventBytes: bytes, shift: shift, firstOwner: 0)
    let events = log.events.elements
    owners.removeAll()
    builder.makeRoom(for: source, eventCount: events.count)
    builder.identify(source, into: &owners)
    noteNames(of: events, source)
    for index in events.indices {
      prefetch(ahead: index, events, source)
      apply(events.start + index, log, source)
    }
  }

  /// Bytes held by the merged writes of the open window.
  package var byteCount: Int { builder.byteCount }

  /// Whether the open window changes nothing so far.
  package var isEmpty: Bool { builder.parts.isEmpty && builder.batch.workspace.isEmpty }

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
    tally.contactCount += builder.writtenContactCount
    tally.overwrittenCount += builder.overwrittenCount
    builder.overwrittenCount = 0
    lastAction.rule = -1
    // `--merge off` asks the server and leaves the snapshot as it was.
    if mode == .window { memory.closeWindow() }
    return builder.take()
  }

  /// Takes the memory of a batch that nobody looks at any more, for the next window, and leaves it empty.
  package mutating func takeBack(_ batch: inout Batch) { builder.takeBack(&batch) }

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
    _ event: UnsafePointer<Log.Event>, _ log: borrowing Log, _ source: LogView
  ) {
    if event.pointee.identity != 0 {
      switch repeats.insert(identity: event.pointee.identity, content: event.pointee.content) {
      case .new: break
      case .repeated:
        tally.repeats += 1
        return
      case .changed: tally.changedRepeats += 1
      }
    }
    let mutations = event.pointee.mutations
    let rest = event.pointee.rest >= 0 ? log.rests[event.pointee.rest] : Log.Rest(now: 0)
    if rest.outcomes.count > 0 {
      tally.count(log.outcomes.elements, rest.outcomes, event: name(of: event, source))
    }
    guard mutations.count > 0 || rest.deferred.count > 0 || event.pointee.firings.count > 0 else {
      return
    }
    lastAction.rule = -1
    if !deletedContacts.isEmpty { deletedContacts.removeAll(keepingCapacity: true) }
    if rest.deferred.count > 0 { return applyWithDeferred(event, rest, log, source) }
    fire(log.firings.elements, event.pointee.firings, event, source)
    guard mutations.count > 0 else { return }
    let mark = note(event, source)
    prepare(mutations, event, source)
    for index in Int(mutations.first)..<Int(mutations.first + mutations.count) {
      apply(index, event, source, mark)
    }
  }

  /// Finishes the rules that read `contact`, then merges their mutations with the event's other
  /// ones in firing order.
  private mutating func applyWithDeferred(
    _ event: UnsafePointer<Log.Event>, _ rest: Log.Rest, _ log: borrowing Log, _ source: LogView
  ) {
    let finished =
      finisher?.finish(event.pointee, rest, log, &memory, &builder.snapshot) ?? FinishedRules()
    builder.knowsContacts = !builder.snapshot.isEmpty
    finished.outcomes.withUnsafeBufferPointer {
      tally.count(
        $0, RowRange(first: 0, count: Int32($0.count)), event: name(of: event, source))
    }
    let first = Int(event.pointee.firings.first)
    let fired =
      (log.firings.elements[first..<first + Int(event.pointee.firings.count)] + finished.firings)
      .sorted()
    fired.withUnsafeBufferPointer {
      fire($0, RowRange(first: 0, count: Int32($0.count)), event, source)
    }
    let mark = note(event, source)
    let firstOwner = owners.count
    finished.bytes.withUnsafeBufferPointer { bytes in
      finished.keys.withUnsafeBufferPointer { keys in
        finished.mutations.withUnsafeBufferPointer { mutations in
          let late = LogView(
            mutations: mutations, keys: keys, bytes: bytes, eventBytes: source.bytes, shift: nil,
            firstOwner: firstOwner)
          builder.identify(late, into: &owners)
          prepare(event.pointee.mutations, event, source)
          prepare(RowRange(first: 0, count: Int32(mutations.count)), event, late)
          apply(source, late, event, mark)
        }
      }
    }
    owners.removeAll(behind: firstOwner)
  }

  /// Merges an event's mutations and those of its late rules in firing order.
  private mutating func apply(
    _ source: LogView, _ late: LogView, _ event: UnsafePointer<Log.Event>, _ mark: Int32
  ) {
    var index = Int(event.pointee.mutations.first)
    let end = index + Int(event.pointee.mutations.count)
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
    _ firings: UnsafeBufferPointer<Int32>, _ range: RowRange, _ event: UnsafePointer<Log.Event>,
    _ source: LogView
  ) {
    let fired = Int(range.first)..<Int(range.first + range.count)
    tally.firings.withUnsafeMutableBufferPointer { counts in
      for index in fired { counts[Int(firings[index])] += 1 }
    }
    guard trace != nil else { return }
    for rule in firings[fired] {
      let line = "\(program.ruleIDs[Int(rule)]) \(name(of: event, source).text)\n"
      trace?.append(contentsOf: line.utf8)
    }
  }

  func name(of event: UnsafePointer<Log.Event>, _ source: LogView) -> EventName {
    EventName(event: event, bytes: source.eventBytes, sources: sources)
  }

  /// Adds the event to the batch and returns its number.
  private mutating func note(_ event: UnsafePointer<Log.Event>, _ source: LogView) -> Int32 {
    var id = builder.text(event.pointee.id, of: source)
    if id.length == 0 { id = builder.append(Array(name(of: event, source).text.utf8)) }
    builder.batch.events.append(Batch.Event(id: id))
    return Int32(builder.batch.events.count - 1)
  }

  /// Finds the contacts of an event's mutations, and notes whom it deletes.
  ///
  /// All are found before any mutation is applied: later rules mean the same person even if an
  /// earlier one takes the URN away.
  private mutating func prepare(
    _ range: RowRange, _ event: UnsafePointer<Log.Event>, _ source: LogView
  ) {
    for index in Int(range.first)..<Int(range.first + range.count) {
      let key = source.mutations[index].key
      guard key >= 0 else { continue }
      let place = source.firstOwner + Int(key)
      if owners[place].contact < 0 { owners[place] = owner(by: owners[place].identifier, event) }
      if case .deleteContact = source.mutations[index].kind {
        deletedContacts.append(owners[place].contact)
      }
    }
  }

  private mutating func owner(
    by written: Int32, _ event: UnsafePointer<Log.Event>
  ) -> KeyOwner {
    let (contact, spelled) = builder.contact(named: written)
    let time = event.pointee.time
    if time != Int64.min {
      if time < builder.contacts[contact].lastTime {
        tally.outOfOrder += 1
      } else {
        builder.contacts[contact].lastTime = time
      }
    }
    // `--merge off` asks the server, who knows the other spelling by itself.
    return KeyOwner(identifier: mode == .window ? spelled : written, contact: contact)
  }

  private mutating func apply(
    _ index: Int, _ event: UnsafePointer<Log.Event>, _ source: LogView, _ mark: Int32
  ) {
    let mutation = source.mutations[index]
    tally.mutationCount += 1
    if mode == .off, lastAction != (mutation.rule, mutation.action) {
      if !isEmpty { builder.globalRound += 1 }
      lastAction = (mutation.rule, mutation.action)
    }
    guard mutation.key >= 0 else { return applyToWorkspace(mutation, event, source, mark) }
    let owner = owners[source.firstOwner + Int(mutation.key)]
    if !deletedContacts.isEmpty, deletedContacts.contains(owner.contact) {
      // A deletion cancels every other change of its event, whatever the order of rules.
      guard mutation.kind == .deleteContact, !builder.contacts[owner.contact].wasDeleted else {
        return
      }
    }
    if builder.contacts[owner.contact].isMadeAgain, builder.contacts[owner.contact].part < 0,
      !startsOver(mutation, event, source, owner.identifier)
    {
      return
    }
    var value = builder.text(mutation.value, isConstant: mutation.isConstant, of: source)
    var target: Int32 = -1
    if mutation.target >= 0 {
      target = builder.target(constant: mutation.target)
    } else if mutation.kind.takesTargetFromValue {
      target = builder.target(value, isGroup: mutation.kind.isAboutGroup)
      value = builder.batch.targets[Int(target)]
    }
    if case .replaceURNs = mutation.kind { builder.urnList = list(behind: index, source) }
    let write = PendingWrite(
      kind: mutation.kind, missing: mutation.missing, target: target, value: value,
      rule: mutation.rule, event: mark, contact: owner.contact, identifier: owner.identifier)
    switch builder.apply(write) {
    case .merged:
      if isObserving { memory.observe(write, builder: &builder) }
    case .contactIsBlocked:
      tally.setAside(
        rule: mutation.rule, event: name(of: event, source),
        reason: "the contact was blocked earlier in this window")
    case .urnIsTaken(let row): setAside(write, event, source, ownedBy: row)
    }
  }

  /// The URNs of the `set_urns` that begins at a mutation.
  private mutating func list(behind index: Int, _ source: LogView) -> [Int32] {
    var urns: [Int32] = []
    var next = index + 1
    while next < source.mutations.count, source.mutations[next].kind == .addURN,
      source.mutations[next].action == source.mutations[index].action
    {
      let mutation = source.mutations[next]
      let text = builder.text(mutation.value, isConstant: mutation.isConstant, of: source)
      urns.append(builder.target(text, isGroup: false))
      next += 1
    }
    return urns
  }

  private mutating func applyToWorkspace(
    _ mutation: Log.Mutation, _ event: UnsafePointer<Log.Event>, _ source: LogView, _ mark: Int32
  ) {
    let value = builder.text(mutation.value, isConstant: mutation.isConstant, of: source)
    if mutation.kind == .note {
      let text = String(decoding: builder.batch.text(value), as: UTF8.self)
      return tally.note(rule: mutation.rule, event: name(of: event, source), text: text)
    }
    let second = builder.text(mutation.second, of: source)
    builder.applyToWorkspace(
      mutation.kind, subject: value, value: second, rule: mutation.rule, event: mark)
  }
}

extension MutationKind {
  var isAboutGroup: Bool { !KindSet(self).isDisjoint(with: [.addToGroup, .removeFromGroup]) }

  /// Whether a rendered value names the target: a group or URN.
  var takesTargetFromValue: Bool {
    switch self {
    case .addToGroup, .removeFromGroup, .addURN, .preferURN, .removeURN: true
    default: false
    }
  }
}
