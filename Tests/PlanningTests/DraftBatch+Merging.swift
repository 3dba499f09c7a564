import Contacts
import Engine

/// Parts that grow write by write, as a merger leaves them.
extension DraftBatch {
  var isEmpty: Bool { batch.parts.isEmpty && batch.workspace.isEmpty }

  mutating func open(
    _ key: String, _ missing: MissingPolicy, round: Int32, event: Int, contact: String
  ) -> Int32 {
    part(key, missing: missing, round: round, event: event, contact: contact, [])
    return Int32(batch.parts.count - 1)
  }

  func kinds(of part: Int32) -> [MutationKind] {
    var kinds: [MutationKind] = []
    var next = batch.parts[Int(part)].firstWrite
    while next >= 0 {
      kinds.append(batch.writes[Int(next)].kind)
      next = batch.writes[Int(next)].next
    }
    return kinds
  }

  /// The URNs that a part adds.
  func takenURNs(of part: Int32) -> [String] {
    var urns: [String] = []
    var next = batch.parts[Int(part)].firstWrite
    while next >= 0 {
      let write = batch.writes[Int(next)]
      if write.kind == .addURN || write.kind == .preferURN {
        urns.append(batch.string(batch.targets[Int(write.target)]))
      }
      next = write.next
    }
    return urns
  }

  /// Takes writes out of a part.
  mutating func drop(_ kinds: [MutationKind], from part: Int32) {
    var kept: [Int32] = []
    var next = batch.parts[Int(part)].firstWrite
    while next >= 0 {
      if !kinds.contains(batch.writes[Int(next)].kind) { kept.append(next) }
      next = batch.writes[Int(next)].next
    }
    edit { batch in
      batch.parts[Int(part)].firstWrite = kept.first ?? -1
      batch.parts[Int(part)].lastWrite = kept.last ?? -1
      for (index, write) in kept.enumerated() {
        batch.writes[Int(write)].next = index + 1 < kept.count ? kept[index + 1] : -1
      }
    }
  }

  /// Writes to a target of a part, in the place of an earlier write to it.
  mutating func put(_ mutation: ModelMutation, _ part: Int32, event: Int) {
    let name = mutation.name
    var write = Batch.Write(
      kind: mutation.kind, target: name.isEmpty ? -1 : target(name),
      value: text(mutation.value), rule: Int32(mutation.rule), event: self.event(event),
      sequence: Int32(batch.writes.count))
    let known = find(mutation.place, in: part, target: write.target)
    if let known, batch.parts[Int(part)].creates, !mutation.kind.createsContact,
      batch.writes[Int(known)].kind.createsContact
    {
      keepCreation(mutation, part, event: event)
    }
    edit { batch in
      if let known {
        let before = batch.writes[Int(known)]
        write.next = before.next
        write.previous = Int32(batch.writes.count)
        if before.kind == .removeURN || before.comesAfterRemoval { write.comesAfterRemoval = true }
        batch.writes.append(before)
        batch.writes[Int(known)] = write
      } else {
        let number = Int32(batch.writes.count)
        let last = batch.parts[Int(part)].lastWrite
        if last >= 0 {
          batch.writes[Int(last)].next = number
        } else {
          batch.parts[Int(part)].firstWrite = number
        }
        batch.parts[Int(part)].lastWrite = number
        batch.writes.append(write)
      }
      if mutation.makes { batch.parts[Int(part)].creates = true }
      switch mutation.kind {
      case .replaceGroups: batch.parts[Int(part)].replacesGroups = true
      case .replaceURNs: batch.parts[Int(part)].replacesURNs = true
      case .deleteContact:
        batch.parts[Int(part)].deletes = true
        batch.parts[Int(part)].creates = false
        batch.parts[Int(part)].replacesGroups = false
        batch.parts[Int(part)].replacesURNs = false
      default: break
      }
    }
  }

  /// A write that makes a missing contact keeps doing so when one that does not replaces it.
  private mutating func keepCreation(_ mutation: ModelMutation, _ part: Int32, event: Int) {
    var creation = mutation
    creation.kind = .createContact
    creation.missing = .create
    put(creation, part, event: event)
  }

  private func find(_ place: ModelMutation.Place, in part: Int32, target: Int32) -> Int32? {
    var next = batch.parts[Int(part)].firstWrite
    while next >= 0 {
      let write = batch.writes[Int(next)]
      if write.target == target, ModelMutation.place(of: write.kind) == place { return next }
      next = write.next
    }
    return nil
  }
}

extension ModelMutation {
  /// What a later write overwrites, besides its target.
  enum Place { case name, language, field, group, urn, status, other(MutationKind) }

  var place: Place { Self.place(of: kind) }

  static func place(of kind: MutationKind) -> Place {
    switch kind {
    case .setName, .clearName: .name
    case .setLanguage, .clearLanguage: .language
    case .setField, .clearField: .field
    case .addToGroup, .removeFromGroup: .group
    case .addURN, .preferURN, .removeURN: .urn
    case .blockContact, .unblockContact: .status
    case .replaceGroups, .replaceURNs, .createContact, .deleteContact, .interruptContact,
      .archiveMessages, .createField, .createGroup, .renameGroup, .deleteGroup, .note:
      .other(kind)
    }
  }

  /// What the write's target is called in the batch: groups are equal whatever their case.
  fileprivate var name: String {
    switch place {
    case .group: target.uppercased()
    case .field, .urn: target
    case .name, .language, .status, .other: ""
    }
  }
}

extension ModelMutation.Place: Equatable {}
