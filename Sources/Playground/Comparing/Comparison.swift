package import Planning

/// What two rulesets make of the same events, in the same workspace.
///
/// Each has gone the path of a run, against a server of its own; compared is what both servers have in
/// the end, and which calls each rule asked for.
package struct Comparison: Sendable {
  /// Which of the two rulesets.
  package enum Side: String, Sendable, Hashable, CaseIterable {
    case old, new

    package var other: Side { self == .old ? .new : .old }
  }

  /// What one ruleset came to.
  package struct Half: Sendable {
    package let rules: TracedRules
    /// The calls as they would be sent.
    package var calls = CallCounts()
    /// How often each rule fired.
    package var fired: [Int] = []
    package var setAsideCount = 0
    /// How many contacts are there in the end.
    package var contactCount = 0
    /// Why a guard would have stopped a run; the comparison went on.
    package var objection: String?
    /// Why some guards could not be judged.
    package var unjudgedGuards: [String] = []
  }

  /// The rule that asked for something, and an event for which it did.
  package struct Origin: Sendable, Hashable {
    /// Index in the rules of its side.
    package var rule: Int
    package var event: String
  }

  /// The origins on both sides; absent where a side did nothing, or no rule did it by name.
  package struct Origins: Sendable, Hashable {
    package var old: Origin?
    package var new: Origin?

    package subscript(side: Side) -> Origin? {
      get { side == .old ? old : new }
      set { if side == .old { old = newValue } else { new = newValue } }
    }
  }

  /// A part of a contact that ends differently.
  package struct Part: Sendable, Hashable {
    /// `old` is what the old rules leave behind, `new` what the new ones do.
    package var difference: ContactDifference
    package var origins: Origins
  }

  /// A contact that ends differently.
  package struct Contact: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      /// These rules alone delete it.
      case deleted(Side)
      /// These rules alone make it.
      case made(Side)
      /// Both leave it, with other parts.
      case changed
    }

    package var kind: Kind
    /// The URN or uuid that people know it by.
    package var name: String
    /// Who asked that it be deleted or made.
    package var origins = Origins()
    package var parts: [Part] = []
  }

  /// How the calls of two sides go together.
  package struct CallDifference: Sendable, Hashable {
    /// Calls of both sides.
    package var same = 0
    /// Calls of both sides about the same contact that say other things.
    package var changed = 0
    /// Calls of the old rules alone.
    package var lost = 0
    /// Calls of the new rules alone.
    package var gained = 0

    package var isNothing: Bool { changed + lost + gained == 0 }
  }

  /// The calls that a rule asked for, alone or with others.
  package struct RuleDifference: Sendable, Hashable {
    package var id: String
    /// Index in the rules of each side; absent where the side has no such rule, and for what `ensure` asks.
    package var old: Int?
    package var new: Int?
    package var calls: CallDifference
  }

  package var eventCount = 0
  /// Lines that are no events.
  package var problemCount = 0
  /// How many contacts were there before the first event.
  package var contactCount = 0
  package var old: Half
  package var new: Half
  /// Deleted ones first, then made ones, then others.
  package var contacts: [Contact] = []
  /// Of the new rules in their order, then of those that are gone.
  package var rules: [RuleDifference] = []
  /// Of all rules together, each call once.
  package var calls = CallDifference()

  package subscript(side: Side) -> Half { side == .old ? old : new }

  /// Contacts of a kind.
  package func contacts(_ kind: Contact.Kind) -> [Contact] { contacts.filter { $0.kind == kind } }

  /// Whether both do the same: contacts, calls, what guards say and how much is set aside.
  package var isNothing: Bool {
    contacts.isEmpty && calls.isNothing && rules.allSatisfy(\.calls.isNothing)
      && (old.objection == nil) == (new.objection == nil)
      && old.setAsideCount == new.setAsideCount
  }
}
