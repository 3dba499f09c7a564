import Contacts
import Engine

/// One write, in words.
struct DraftWrite {
  var kind: MutationKind
  var target: String?
  var value: String?
  var comesAfterRemoval = false
  var rule = 0
  var event: Int?

  static func name(_ value: String) -> Self { Self(kind: .setName, value: value) }
  static func language(_ value: String) -> Self { Self(kind: .setLanguage, value: value) }
  static func field(_ key: String, _ value: String) -> Self {
    Self(kind: .setField, target: key, value: value)
  }
  static func clear(_ key: String) -> Self { Self(kind: .clearField, target: key) }
  static func add(_ group: String) -> Self { Self(kind: .addToGroup, target: group) }
  static func remove(_ group: String) -> Self { Self(kind: .removeFromGroup, target: group) }
  static func addURN(_ urn: String) -> Self { Self(kind: .addURN, target: urn, value: urn) }
  static func prefer(_ urn: String) -> Self { Self(kind: .preferURN, target: urn, value: urn) }
  static func removeURN(_ urn: String) -> Self { Self(kind: .removeURN, target: urn, value: urn) }
  static func plain(_ kind: MutationKind) -> Self { Self(kind: kind) }

  /// The same write, asked for by another rule or event.
  func by(rule: Int, event: Int? = nil) -> Self {
    var copy = self
    copy.rule = rule
    copy.event = event
    return copy
  }

  /// The same write behind a removal of its URN.
  var again: Self {
    var copy = self
    copy.comesAfterRemoval = true
    return copy
  }
}

/// A batch built in words.
struct DraftBatch {
  private(set) var batch = Batch(number: 1)
  private var targets: [String: Int32] = [:]
  private var contacts: [String: Int32] = [:]

  /// Changes the batch itself.
  mutating func edit(_ change: (inout Batch) -> Void) { change(&batch) }

  mutating func text(_ text: String) -> TextRange {
    let start = batch.bytes.count
    batch.bytes += Array(text.utf8)
    return TextRange(offset: UInt32(start), length: UInt32(text.utf8.count))
  }

  mutating func target(_ name: String) -> Int32 {
    if let known = targets[name] { return known }
    batch.targets.append(text(name))
    targets[name] = Int32(batch.targets.count - 1)
    return Int32(batch.targets.count - 1)
  }

  /// The event `e0`, `e1`, …, all of them up to `number`.
  mutating func event(_ number: Int) -> Int32 {
    while batch.events.count <= number {
      batch.events.append(Batch.Event(id: text("e\(batch.events.count)")))
    }
    return Int32(number)
  }

  /// Adds a part; contacts are one where their keys are, or where `contact` says so.
  mutating func part(
    _ key: String, missing: MissingPolicy = .create, round: Int32 = 0, event: Int = 0,
    contact: String? = nil, _ writes: [DraftWrite]
  ) {
    let name = contact ?? key
    let number = contacts[name] ?? Int32(contacts.count)
    contacts[name] = number
    let known = batch.parts.first { batch.string($0.key) == key }?.key
    let range = known ?? text(key)
    var part = Batch.Part(
      key: range, isUUID: !key.contains(":"), missing: missing, contact: number,
      round: round, firstEvent: self.event(event))
    for write in writes {
      add(write, event: event, to: &part)
      if write.kind.createsContact, missing == .create, !part.isUUID { part.creates = true }
      switch write.kind {
      case .replaceGroups: part.replacesGroups = true
      case .replaceURNs: part.replacesURNs = true
      case .deleteContact: part.deletes = true
      default: break
      }
    }
    batch.parts.append(part)
    batch.roundCount = max(batch.roundCount, Int(round) + 1)
  }

  private mutating func add(_ draft: DraftWrite, event: Int, to part: inout Batch.Part) {
    var write = Batch.Write(
      kind: draft.kind, target: draft.target.map { target($0) } ?? -1,
      value: draft.value.map { text($0) } ?? .none, rule: Int32(draft.rule),
      event: self.event(draft.event ?? event), sequence: Int32(batch.writes.count))
    write.comesAfterRemoval = draft.comesAfterRemoval
    let number = Int32(batch.writes.count)
    if part.lastWrite >= 0 {
      batch.writes[Int(part.lastWrite)].next = number
    } else {
      part.firstWrite = number
    }
    part.lastWrite = number
    batch.writes.append(write)
  }

  mutating func workspace(
    _ kind: MutationKind, _ subject: String, _ value: String = "", round: Int32 = 0,
    event: Int = 0
  ) {
    batch.workspace.append(
      Batch.WorkspaceWrite(
        kind: kind, subject: text(subject), value: text(value), rule: 0,
        event: self.event(event), round: round))
    batch.roundCount = max(batch.roundCount, Int(round) + 1)
  }
}

extension Batch {
  func string(_ range: TextRange) -> String { String(decoding: text(range), as: UTF8.self) }
}
