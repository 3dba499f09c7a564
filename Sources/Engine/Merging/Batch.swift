package import Contacts

/// A text in ``Batch/bytes``.
package struct TextRange: BitwiseCopyable, Sendable, Hashable {
  package var offset: UInt32
  package var length: UInt32

  package init(offset: UInt32, length: UInt32) {
    self.offset = offset
    self.length = length
  }

  package static let none = TextRange(offset: 0, length: 0)
}

/// The merged mutations of one window: flat tables, ready to be planned.
///
/// A contact's changes are cut into parts by barriers: a deletion, a URN that moves away, a write
/// whose effect depends on one that planning would put later. Parts of one contact have rising
/// rounds. **Every call of a round comes before every call of the next**, and inside a part all
/// writes may be put into the order of phases that `Planner` uses; that is all planning must know.
package struct Batch: Sendable {
  /// Changes of one contact within one round.
  package struct Part: BitwiseCopyable, Sendable {
    /// `scheme:path` or a uuid.
    package var key: TextRange
    package var isUUID: Bool
    /// Whether its event took the key away in the part before: only an answer names the contact.
    package var isNameless: Bool
    package var missing: MissingPolicy
    /// Whether some write makes a contact that does not exist (under `missing: create`).
    package var creates: Bool
    /// Whether the static groups become exactly those of the `addToGroup` writes.
    package var replacesGroups: Bool
    /// Whether the URNs become exactly those of the `addURN` writes.
    package var replacesURNs: Bool
    /// Whether the deletion is the part's only remaining effect.
    package var deletes: Bool
    /// Parts of one contact share this number.
    package var contact: Int32
    package var round: Int32
    /// Index of its first event in ``Batch/events``: what calls are ordered by.
    package var firstEvent: Int32
    /// Head of its list of writes in the order of their targets' first writes; -1 where empty.
    package var firstWrite: Int32
    package var lastWrite: Int32

    package init(
      key: TextRange, isUUID: Bool, missing: MissingPolicy, contact: Int32, round: Int32,
      firstEvent: Int32
    ) {
      self.key = key
      self.isUUID = isUUID
      isNameless = false
      self.missing = missing
      creates = false
      replacesGroups = false
      replacesURNs = false
      deletes = false
      self.contact = contact
      self.round = round
      self.firstEvent = firstEvent
      firstWrite = -1
      lastWrite = -1
    }
  }

  /// The newest write to one target of a part.
  package struct Write: BitwiseCopyable, Sendable {
    package var kind: MutationKind
    /// addURN: the URN was removed before in this part, so it goes to the end of the list.
    package var comesAfterRemoval: Bool
    /// Index in ``Batch/targets`` (field key, group or URN); -1 for kinds without a target.
    package var target: Int32
    package var value: TextRange
    package var rule: Int32
    /// Index in ``Batch/events``.
    package var event: Int32
    /// The write this one replaced, in ``Batch/writes``; -1 where none, or where it was forgotten.
    package var previous: Int32
    /// The part's next write; -1 at the end.
    package var next: Int32
    /// Rises with every write of the batch: which of two URN edits came last.
    package var sequence: Int32

    package init(
      kind: MutationKind, target: Int32, value: TextRange, rule: Int32, event: Int32,
      sequence: Int32
    ) {
      self.kind = kind
      comesAfterRemoval = false
      self.target = target
      self.value = value
      self.rule = rule
      self.event = event
      previous = -1
      next = -1
      self.sequence = sequence
    }
  }

  /// An event that changed something.
  package struct Event: BitwiseCopyable, Sendable {
    /// Its id, or `SOURCE:LINE` where events have none.
    package var id: TextRange

    package init(id: TextRange) { self.id = id }
  }

  /// A change of the workspace itself: a field or a group.
  package struct WorkspaceWrite: BitwiseCopyable, Sendable {
    package var kind: MutationKind
    /// createField: the label · createGroup, deleteGroup: the group · renameGroup: the old name.
    package var subject: TextRange
    /// createField: the type's word · renameGroup: the new name.
    package var value: TextRange
    package var rule: Int32
    /// -1 where no event but `ensure` asks.
    package var event: Int32
    /// Creations open their round, renames and deletions close it.
    package var round: Int32

    package init(
      kind: MutationKind, subject: TextRange, value: TextRange, rule: Int32, event: Int32,
      round: Int32
    ) {
      self.kind = kind
      self.subject = subject
      self.value = value
      self.rule = rule
      self.event = event
      self.round = round
    }
  }

  /// Counted from one.
  package var number: Int
  /// In the order of their first events.
  package var parts: [Part] = []
  package var writes: [Write] = []
  /// How many writes were replaced and not kept.
  package var forgottenWriteCount = 0
  package var events: [Event] = []
  package var workspace: [WorkspaceWrite] = []
  /// Names of field keys, groups and URNs, in UTF-8; groups with the spelling first seen.
  package var targets: [TextRange] = []
  /// Of each contact its row in the snapshot, or -1; empty where nothing is known of any.
  package var rows: [Int32] = []
  /// Of each contact whether it may be the same as others of which that is said; empty like `rows`.
  package var isUncertain: [Bool] = []
  /// All texts.
  package var bytes: [UInt8] = []
  /// How many rounds there are.
  package var roundCount: Int = 1

  package init(number: Int) { self.number = number }

  /// The bytes of a text.
  package func text(_ range: TextRange) -> ArraySlice<UInt8> {
    bytes[Int(range.offset)..<Int(range.offset + range.length)]
  }
}
