import Contacts
import Engine

/// The calls of one batch as flat rows, in the order they are sent; `CallEncoder` prints them.
///
/// Rows point into the batch they were planned from; keep the two together.
package struct CallTable: Sendable {
  /// What a call asks of the API.
  enum Kind: UInt8, BitwiseCopyable {
    case findContact, postContact, deleteContact
    case add, remove, block, unblock, interrupt, archiveMessages, delete
    case createField, createGroup, findGroup, renameGroup, deleteGroup
  }

  /// How a call names the contact or group it is about.
  enum Address: UInt8, BitwiseCopyable { case none, urn, uuid, name, answer }

  /// What stands under `urns` in the body.
  enum URNs: UInt8, BitwiseCopyable { case none, list, edit }

  /// What the sender does about a contact that is not there.
  enum Missing: UInt8, BitwiseCopyable {
    /// Nothing: the call makes the contact itself, or one before it did.
    case unsaid
    case create, skip, fail
    /// Each member has its own word.
    case listed

    var word: StaticString {
      switch self {
      case .unsaid, .listed: ""
      case .create: "create"
      case .skip: "skip"
      case .fail: "fail"
      }
    }
  }

  /// One call.
  struct Row: BitwiseCopyable {
    var kind: Kind
    var address: Address = .none
    var urns: URNs = .none
    var missing: Missing = .unsaid
    /// Whether the body is `{}`, its items only saying why the call is made.
    var isBare = false
    /// Whether it is the first to use something that a call of an earlier batch makes.
    var waits = false
    /// Of one contact: its part · bulk: the group's target, or -1 · else: the workspace write.
    var subject: Int32
    /// The row whose answer names the contact or group; -1 where the batch's text does.
    var answer: Int32 = -1
    /// The row whose answer holds the URN list that is edited.
    var list: Int32 = -1
    /// Range in ``items``, of bulk calls in ``members``.
    var first: Int32 = 0
    var count: Int32 = 0
    /// Range in ``uses``: rows that create a field or group this one is the first to use.
    var firstUse: Int32 = 0
    var useCount: Int32 = 0

    /// Whether it must wait for something new to become usable.
    var waitsForNewObjects: Bool { useCount > 0 || waits }
  }

  /// Where a write stands in a call's body.
  enum Role: UInt8, BitwiseCopyable {
    case name, language, field
    /// Opens the list of groups or URNs, which replace those there are.
    case groups, urns
    case group, urn
    case addedURN, firstURN, removedURN
    /// Nowhere: it is among the reasons for the call.
    case reason
  }

  /// One write in a call of one contact.
  struct Item: BitwiseCopyable {
    var role: Role
    var isCleared: Bool
    var target: Int32
    var value: TextRange
    var rule: Int32
    var event: Int32
  }

  /// One contact of a bulk call.
  struct Member: BitwiseCopyable {
    var part: Int32
    /// The row whose answer names the contact; -1 where its key does.
    var answer: Int32
    var rule: Int32
    var event: Int32
    var missing: Missing
    /// Whether a POST before this call makes the contact if need be.
    var isSure: Bool
  }

  /// How long what is made takes until it can be used.
  package static let newObjectSeconds = 6

  var rows: [Row] = []
  var items: [Item] = []
  var members: [Member] = []
  var uses: [Int32] = []
  /// Of each round its first row.
  var roundStarts: [Int32] = []
  /// How the group changes of each round are carried.
  package internal(set) var proofs: [MembershipProof] = []
  /// What is changed, in the order of the calls, if it was asked for.
  package internal(set) var changes: [PlannedChange] = []
  /// Groups that contacts leave because a list without them replaces theirs, if changes were asked for.
  package internal(set) var departures: [PlannedChange] = []
  /// Contacts whose groups are replaced and that may leave groups of which nobody knows.
  package internal(set) var unseenDepartureCount = 0
  /// URNs that are taken from contacts that are known to have them, if changes were asked for.
  package internal(set) var moves: [PlannedMove] = []
  /// Writes that the API would refuse, by what is known of contacts and groups.
  package internal(set) var refused: [RefusedWrite] = []

  package init() {}

  /// How many calls there are.
  package var count: Int { rows.count }

  /// How many calls there are of each sort.
  package internal(set) var counts = CallCounts()
}

/// A write that is not planned because the API would refuse it.
package struct RefusedWrite: Sendable, Hashable {
  /// Index in `Program.ruleIDs`.
  package var rule: Int32
  package var event: String
  /// A sentence for people, without a full stop.
  package var reason: String
}

/// Calls by what they do, for the summary.
package struct CallCounts: Sendable, Hashable {
  /// Contacts made or updated.
  package var posts = 0
  /// Contacts and groups looked up.
  package var lookups = 0
  /// Bulk calls that add to a group or remove from it.
  package var groups = 0
  /// Bulk calls that block, unblock, interrupt or archive messages.
  package var statuses = 0
  /// Calls that delete contacts.
  package var deletes = 0
  /// Calls that change fields or groups of the workspace.
  package var workspace = 0
  /// What one call per write would be.
  package var naive = 0
  /// Group changes of contacts that have no other: each is paid by a POST or a bulk call.
  package var memberships = 0
  /// Writes that would change nothing, by what is known of the contact.
  package var unchanged = 0

  package init() {}

  /// All calls.
  package var total: Int { posts + lookups + groups + statuses + deletes + workspace }
}

extension CallCounts {
  mutating func count(_ kind: CallTable.Kind) {
    switch kind {
    case .findContact, .findGroup: lookups += 1
    case .postContact: posts += 1
    case .add, .remove: groups += 1
    case .block, .unblock, .interrupt, .archiveMessages: statuses += 1
    case .delete, .deleteContact: deletes += 1
    case .createField, .createGroup, .renameGroup, .deleteGroup: workspace += 1
    }
  }
}

extension CallTable.Kind {
  /// Whether the call is one of `contact_actions`.
  var isBulk: Bool {
    switch self {
    case .add, .remove, .block, .unblock, .interrupt, .archiveMessages, .delete: true
    case .findContact, .postContact, .deleteContact, .createField, .createGroup, .findGroup,
      .renameGroup, .deleteGroup:
      false
    }
  }
}
