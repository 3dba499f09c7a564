import CEL
import Contacts

/// A range of rows in another table.
struct RowRange: BitwiseCopyable, Sendable, Hashable {
  var first: Int32
  var count: Int32

  static let empty = RowRange(first: 0, count: 0)
}

extension RowRange {
  /// The rows from one to the one before another.
  init(from first: Int, to end: Int) {
    self.init(first: Int32(first), count: Int32(end - first))
  }
}

/// A constant text in the program's bytes.
struct TextConstant: BitwiseCopyable, Sendable, Hashable {
  var offset: UInt32
  var length: UInt32
  /// The first eight bytes, padded with zeros: most comparisons end here.
  var head: UInt64
  /// The last eight bytes of a longer one, which are all of one up to sixteen.
  var tail: UInt64

  static let none = TextConstant(offset: 0, length: 0, head: 0, tail: 0)
}

/// How a predicate is answered.
enum Kernel: UInt8, BitwiseCopyable, Sendable, Hashable {
  /// The slot's text is one constant, or one of several.
  case equalText, inTexts
  /// `string(slot)` is one constant; what is no text is left to the program in `rows`.
  case equalAsText
  case startsWith, endsWith
  /// Part of a text, or (`containsItem`) also an item of a list of texts.
  case containsText, containsItem
  /// Compare with an int or double constant.
  case equalNumber, less, lessOrEqual, greater, greaterOrEqual
  case equalBool
  /// There and not null; otherwise its opposite.
  case present
  /// The slot itself is a bool.
  case isTrue
  /// Anything else: the CEL evaluator.
  case program
  /// Combinations of other predicates, by Kleene's logic.
  case all, any, none
}

/// One boolean line, or a part of one, shared by all rules that have the same.
struct PredicateRow: BitwiseCopyable, Sendable, Equatable {
  var kernel: Kernel
  /// `present(x) && …`: absent or null is false instead of unknown.
  var isGuarded: Bool = false
  /// Compare as int; otherwise as double.
  var isInteger: Bool = false
  var slot: Int32 = -1
  /// Texts, children; of a program its entry is `rows.first`.
  var rows: RowRange = .empty
  var text = TextConstant.none
  /// The constant's bits: Int64, Double or Bool.
  var bits: UInt64 = 0

  /// What most rows that differ have different; constants that are equal stand in one place.
  var hash: UInt64 {
    var hash = WordHash()
    hash.add(UInt32(kernel.rawValue) << 2 | (isGuarded ? 2 : 0) | (isInteger ? 1 : 0), slot)
    hash.add(rows.first, rows.count)
    hash.add(text.offset, text.length)
    hash.add(bits)
    return hash.value
  }
}

/// One `when`/`if`/`do`.
struct RuleRow: BitwiseCopyable, Sendable {
  /// In ``Program/ruleIDs``.
  var number: Int32
  var shape: Int32
  /// All must hold; cheap and selective ones first.
  var predicates: RowRange
  /// The predicates that do not read `contact`: what a worker can decide.
  var eventPredicates: RowRange
  var actions: RowRange
  /// -1 where neither an action nor an expression needs a contact.
  var contact: Int32
  var readsContact: Bool
}

/// What one action writes.
struct ActionRow: BitwiseCopyable, Sendable {
  var kind: MutationKind
  /// The constant target (field key or group), -1 where it comes from `value` or there is none.
  var target: Int32 = -1
  /// In templates; -1 where the action has no value.
  var value: Int32 = -1
  /// renameGroup: the new name.
  var second: Int32 = -1
  /// setField: what the value must be; an index in `FieldType.allCases`, -1 where nobody says.
  var fieldType: Int8 = -1
  /// Actions written as one share a number within their rule.
  var group: Int32
}

/// Text with holes.
struct TemplateRow: BitwiseCopyable, Sendable {
  var parts: RowRange
  /// Without holes, and already in the form the API keeps: the bytes as they are sent.
  var isConstant: Bool
  var form = KeptForm.unseen
}

/// A piece of a template.
struct TemplatePart: BitwiseCopyable, Sendable, Equatable {
  enum Kind: UInt8, BitwiseCopyable, Sendable { case text, slot, program }

  var kind: Kind
  /// slot: its number · program: its entry.
  var number: Int32
  var text: TextConstant
}

/// Whom rules are about, and what happens when there is no such contact.
struct ContactRow: BitwiseCopyable, Sendable {
  var identifiers: RowRange
  var missing: MissingPolicy
}

/// One way to name a contact.
struct IdentifierRow: BitwiseCopyable, Sendable {
  var template: Int32
  var isUUID: Bool
}

/// Where the type, id and time of events are; files that agree share one.
struct EventShape: BitwiseCopyable, Sendable {
  /// Entries of the CEL program; -1 where files do not say.
  var type: Int32
  var id: Int32
  var time: Int32
  /// The slots of those that are plain paths; -1 for others.
  var typeSlot: Int32
  var idSlot: Int32
  var timeSlot: Int32
}

/// The line of a rule file that a predicate was written on.
struct PredicateLine: Sendable {
  var line: Int
  var text: String
  /// Its number.
  var predicate: Int32
  /// The slots it reads, and for kernels the tags that are of the right type.
  var reads: [(slot: Int, expected: Set<UInt8>)]
}
