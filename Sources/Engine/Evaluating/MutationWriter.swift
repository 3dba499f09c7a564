import CEL
import Contacts
import Knowledge

/// Writes what firing rules ask for into the log, one mutation a write.
struct MutationWriter: ~Copyable {
  private let program: Program
  /// Of each contact reference the key found for the present event.
  private let keys: Room<Int32>
  private let keyCount: Int
  private var buffer: [UInt8] = []
  /// Of the last write.
  private var action: UInt8 = 0
  private let fieldTypes = FieldType.allCases

  private static let notAsked: Int32 = -2
  /// No identifier of the reference is usable.
  private static let nobody: Int32 = -1

  init(_ program: Program) {
    self.program = program
    keyCount = program.contacts.count
    keys = Room(keyCount, filledWith: Self.notAsked)
  }

  /// Forgets the contacts of the event before.
  mutating func begin(log: borrowing Log) {
    keys.base.update(repeating: Self.notAsked, count: keyCount)
    action = 0
  }

  /// Writes the actions of one rule.
  mutating func write(_ rule: RuleRow, _ event: inout EventEvaluator, into log: inout Log) {
    var key: Int32 = -1
    var missing = MissingPolicy.create
    var hasContact = true
    let actions = program.actions.base + Int(rule.actions.first)
    let actionCount = Int(rule.actions.count)
    if rule.contact >= 0 {
      key = self.key(of: rule.contact, &event, &log)
      missing = program.contacts.base[Int(rule.contact)].missing
      hasContact = key >= 0
      // A rule that only reads the contact sets nothing aside.
      if !hasContact, (0..<actionCount).contains(where: { actions[$0].kind.isAboutContact }) {
        log.outcomes.append(
          Log.Outcome(kind: .noContact, refusal: nil, rule: rule.number, action: .note))
      }
    }
    var group: Int32 = -1
    for index in 0..<actionCount {
      let row = actions[index]
      let isAboutContact = row.kind.isAboutContact
      guard hasContact || !isAboutContact else { continue }
      var policy = missing
      if case .createContact = row.kind { policy = .create }
      var mutation = Log.Mutation(
        kind: row.kind, missing: policy, isConstant: false, action: action,
        key: isAboutContact ? key : -1, target: row.target, rule: rule.number, value: .none)
      guard fill(&mutation, from: row, rule.number, &event, &log) else { continue }
      if row.group != group { action &+= 1 }
      group = row.group
      mutation.action = action
      log.mutations.append(mutation)
    }
  }

  /// Renders a mutation's texts; false where it is skipped or refused.
  private mutating func fill(
    _ mutation: inout Log.Mutation, from row: ActionRow, _ rule: Int32,
    _ event: inout EventEvaluator, _ log: inout Log
  ) -> Bool {
    if row.value >= 0 {
      let rendered = event.render(
        row.value, as: row.kind, type: row.fieldType < 0 ? nil : fieldTypes[Int(row.fieldType)],
        buffer: &buffer, into: &log)
      guard let text = accept(rendered, row, rule, &log) else { return false }
      (mutation.value, mutation.isConstant) = text
    }
    if row.second >= 0 {
      let rendered = event.render(
        row.second, as: row.kind, type: nil, buffer: &buffer, into: &log)
      guard let second = accept(rendered, row, rule, &log) else { return false }
      // One behind the other.
      mutation.value = copy(mutation.value, isConstant: mutation.isConstant, &log)
      mutation.isConstant = false
      let length = copy(second.range, isConstant: second.isConstant, &log).length
      mutation.target = -2 - Int32(length)
    }
    return true
  }

  private mutating func accept(
    _ rendered: Rendered, _ row: ActionRow, _ rule: Int32, _ log: inout Log
  ) -> (range: TextRange, isConstant: Bool)? {
    switch rendered {
    case .text(let range, let isConstant): return (range, isConstant)
    case .skipped:
      log.outcomes.append(
        Log.Outcome(kind: .skipped, refusal: nil, rule: rule, action: row.kind))
    case .refused(let refusal):
      log.outcomes.append(
        Log.Outcome(kind: .refused, refusal: refusal, rule: rule, action: row.kind))
    }
    return nil
  }

  /// A text behind all others of the log.
  private mutating func copy(
    _ range: TextRange, isConstant: Bool, _ log: inout Log
  ) -> TextRange {
    let start = log.bytes.count
    log.bytes.reserve(start + Int(range.length))
    let base = (isConstant ? program.constants.base : UnsafePointer(log.bytes.base))
    log.bytes.append(
      UnsafeRawBufferPointer(start: base + Int(range.offset), count: Int(range.length)))
    return log.range(from: start)
  }

  /// The key of the first usable identifier, rendered once an event.
  mutating func key(
    of reference: Int32, _ event: inout EventEvaluator, _ log: inout Log
  ) -> Int32 {
    let known = keys.base[Int(reference)]
    if known != Self.notAsked { return known }
    let contact = program.contacts.base[Int(reference)]
    var found = Self.nobody
    for index in 0..<Int(contact.identifiers.count) {
      let identifier = program.identifiers.base[Int(contact.identifiers.first) + index]
      let kind: MutationKind? = identifier.isUUID ? nil : .addURN
      let rendered = event.render(
        identifier.template, as: kind, type: nil, buffer: &buffer, into: &log)
      guard case .text(let text, let isConstant) = rendered,
        let range = usable(text, isConstant, isUUID: identifier.isUUID, &log)
      else { continue }
      log.keys.append(
        Log.ContactKey(
          text: range, hash: stableHash(log.text(range)), isUUID: identifier.isUUID))
      found = Int32(log.keys.count - 1)
      break
    }
    keys.base[Int(reference)] = found
    return found
  }

  private mutating func usable(
    _ text: TextRange, _ isConstant: Bool, isUUID: Bool, _ log: inout Log
  ) -> TextRange? {
    let range = isConstant ? copy(text, isConstant: true, &log) : text
    guard isUUID else { return range.length > 0 ? range : nil }
    buffer.removeAll(keepingCapacity: true)
    guard program.profile.normalizeUUID(log.text(range), into: &buffer) == nil else { return nil }
    let start = log.bytes.count
    buffer.withUnsafeBytes { log.bytes.append($0) }
    return log.range(from: start)
  }
}
