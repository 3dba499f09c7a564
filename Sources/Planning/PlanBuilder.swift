import Contacts
import Engine
import Knowledge
import Rulesets

/// A batch on its way into calls: round by round, and within a round phase by phase.
///
/// What an answer of this batch tells of a contact is in ``known``; what was known before any call
/// is in ``snapshot``, which every round leaves as its calls will leave the workspace.
struct PlanBuilder: ~Copyable {
  /// A part with its writes side by side, in the order it is planned.
  struct Step: BitwiseCopyable {
    var part: Int32
    /// Range in ``writes``.
    var first: Int32 = 0
    var count: Int32 = 0
    var effects: Effects = []
    /// The row whose answer names the contact for later phases; -1 where its key does.
    var answer: Int32 = -1
    /// Whether a POST of this part makes the contact if need be.
    var isSure = false
    /// In ``settlements``; -1 where the snapshot says nothing of the contact.
    var settlement: Int32 = -1
  }

  /// What the answers of this batch say about a contact.
  struct Known: BitwiseCopyable {
    /// The row whose answer is the contact, its URNs as they were in `epoch`.
    var answer: Int32 = -1
    var epoch: Int32 = 0
    /// The first event of the part that asked.
    var event: Int32 = -1
    var key = TextRange.none
    /// Whether the answer surely holds a contact.
    var isSure = false
    /// The event that took the key away; its later writes mean the same person still.
    var movingEvent: Int32 = -1
  }

  var batch: Batch
  var snapshot: ContactSnapshot
  let profile: APIProfile
  let mode: Merger.Mode
  let aim: Aim
  let recording: Recording
  /// Whether writes are compared with earlier ones, and kept in mind for later ones.
  let recalls: Bool
  /// Whether all contacts and groups are known.
  let knowsAll: Bool
  var table: CallTable
  /// In the order of rounds, then of first events.
  var steps: [Step]
  /// The batch's, which has none meanwhile: once gathered, those of a step stand side by side.
  var writes: [Batch.Write] = []
  /// How many of ``writes`` are a step's.
  var gatheredCount = 0
  /// Of each write where it goes when they are gathered.
  var places: [Int32]
  var known: [Known]
  /// Rises with every round that moves URNs or deletes contacts.
  var epoch: Int32 = 0
  var collector: BulkCollector
  var workspace: WorkspacePlan
  /// Of each target that is a place its level (1 state, 2 district, 3 ward); empty if none is.
  var placeLevels: [UInt8] = []
  var fieldOrder: [Int32] = []
  var edit = URNEdit()
  /// What the snapshot makes of the steps of known contacts.
  var settlements: [Settlement] = []
  /// URNs, as targets of the batch, and groups, as numbers of the inventory, that settlements send.
  var settledURNs: [Int32] = []
  var settledGroups: [Int32] = []
  var groupNumbering = GroupNumbering()
  /// Of each target what stands for it in ``WrittenValues``; 0 before its first use.
  var targetHashes: [UInt64] = []
  /// Of the steps that come next.
  var foresights = Column<Foresight>()
  /// Room for another spelling of a key.
  var spelling: [UInt8] = []
  /// Of each write of the step that is being settled, whether it goes.
  var drops: [Bool] = []
  /// Of each write what it finds, if changes are recorded and something is known.
  var olds: [ContactSnapshot.Text] = []
  /// Whether a POST empties the groups before the step's block.
  var emptiesGroups = false
  /// Rows of the snapshot from here on are of contacts that this batch makes.
  let firstNewRow: Int32
  private var roundStarts: [Int32] = []

  init(
    _ batch: consuming Batch, _ snapshot: consuming ContactSnapshot, _ wishes: PlanningWishes,
    in memory: consuming PlanMemory
  ) {
    let profile = wishes.profile
    let ensuredCount = batch.appendEnsured(wishes, lackingIn: snapshot.inventory)
    steps = memory.steps
    places = memory.places
    known = memory.known
    table = memory.table
    collector = BulkCollector(groupCount: batch.targets.count, limit: profile.itemLimit)
    workspace = WorkspacePlan(
      batch, ensuredCount: ensuredCount, inventory: snapshot.inventory, profile: profile)
    placeLevels = Self.placeLevels(of: wishes.ensure, in: batch)
    swap(&writes, &batch.writes)
    self.batch = batch
    knowsAll = snapshot.isComplete && snapshot.inventory.isKnown
    firstNewRow = Int32(snapshot.rowCount)
    self.snapshot = snapshot
    self.profile = profile
    mode = wishes.mode
    aim = wishes.aim
    recording = wishes.recording
    recalls =
      wishes.mode == .window
      && !(wishes.isLast && self.batch.roundCount == 1 && self.snapshot.written.isEmpty)
  }

  /// Plans all rounds.
  mutating func build() {
    orderParts()
    gatherWrites()
    table.rows.reserveLarge(steps.count)
    table.items.reserveLarge(gatheredCount)
    table.members.reserveLarge(gatheredCount)
    // New fields and groups let in what was refused before.
    if !batch.workspace.isEmpty { snapshot.written.removeAll() }
    if recording == .changes, !batch.rows.isEmpty {
      olds = Array(repeating: .none, count: gatheredCount)
    }
    table.counts.naive = writes.count + batch.forgottenWriteCount + batch.workspace.count
    for round in 0..<batch.roundCount {
      let range = Int(roundStarts[round])..<Int(roundStarts[round + 1])
      table.roundStarts.append(Int32(table.rows.count))
      openWorkspace(round)
      if batch.rows.isEmpty {
        if recalls { recall(range) }
      } else {
        settle(range)
      }
      record(range)
      var effects: Effects = []
      for step in range { effects.formUnion(steps[step].effects) }
      plan(range, effects)
      closeWorkspace(round)
      if !effects.isDisjoint(with: .disturbing) { epoch += 1 }
    }
    dropEnsuredIfAlone()
    for row in table.rows { table.counts.count(row.kind) }
  }

  private mutating func plan(_ range: Range<Int>, _ effects: Effects) {
    switch mode {
    case .window:
      bulk(.unblock, .unblocks, range, effects)
      for step in range { post(step) }
    case .off:
      // One action a round: who it is about is resolved before anything.
      for step in range { post(step) }
      bulk(.unblock, .unblocks, range, effects)
    }
    bulk(.remove, .removes, range, effects)
    bulk(.add, .adds, range, effects)
    // These two must find the contact as it was; a block or deletion is its last word.
    bulk(.interrupt, .interrupts, range, effects)
    bulk(.archiveMessages, .archives, range, effects)
    bulk(.block, .blocks, range, effects)
    switch mode {
    case .window: bulk(.delete, .deletes, range, effects)
    case .off: deleteOneByOne(range, effects)
    }
  }

  /// Sorts the parts by round; within a round they keep their order.
  private mutating func orderParts() {
    roundStarts = Array(repeating: 0, count: batch.roundCount + 1)
    var contactCount: Int32 = 0
    for part in batch.parts {
      roundStarts[Int(part.round) + 1] += 1
      contactCount = max(contactCount, part.contact + 1)
    }
    for round in 0..<batch.roundCount { roundStarts[round + 1] += roundStarts[round] }
    var next = roundStarts
    steps.refill(with: Step(part: -1), count: batch.parts.count)
    for (number, part) in batch.parts.enumerated() {
      steps[Int(next[Int(part.round)])].part = Int32(number)
      next[Int(part.round)] += 1
    }
    known.refill(with: Known(), count: Int(contactCount))
  }

  /// The writes of a step.
  @inline(__always)
  mutating func writeRange(_ step: Int) -> Range<Int> {
    let first = Int(steps[step].first)
    return first..<first + Int(steps[step].count)
  }

  private static func placeLevels(of ensure: Ensure, in batch: borrowing Batch) -> [UInt8] {
    var places: [(key: [UInt8], level: UInt8)] = []
    for field in ensure.fields {
      switch field.type {
      case .state: places.append((Array(field.key.utf8), 1))
      case .district: places.append((Array(field.key.utf8), 2))
      case .ward: places.append((Array(field.key.utf8), 3))
      case .text, .number, .datetime: break
      }
    }
    guard !places.isEmpty else { return [] }
    var levels: [UInt8] = []
    levels.reserveCapacity(batch.targets.count)
    for target in batch.targets {
      let text = batch.text(target)
      levels.append(places.first { text.elementsEqual($0.key) }?.level ?? 0)
    }
    return levels
  }
}
