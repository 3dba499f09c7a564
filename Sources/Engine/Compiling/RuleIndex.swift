/// The rules that one kind of event meets, each hung on the one of its predicates that fewest events
/// answer with yes: an event that does not touch that predicate does not touch the rule.
///
/// Whatever the index leaves out would have been answered with false; what is true or unknown is found.
final class RuleIndex {
  /// A rule at its place in firing order.
  struct Entry: BitwiseCopyable, Sendable {
    /// What it hangs on; -1 where it has no predicate.
    var access: Int32
    /// Its other predicates, in ``clauses``; those first that are cheap and hold for few events.
    var clauses = RowRange.empty
  }

  /// One condition of a rule below what the rule hangs on.
  ///
  /// Those of a rule lie side by side, and so do the rules of a bucket: most are answered with no look at any
  /// other table.
  struct Clause: BitwiseCopyable, Sendable {
    /// The first eight bytes of the text, or the number.
    var bits: UInt64 = 0
    /// The last eight bytes of a longer text.
    var tail: UInt64 = 0
    /// Row of the program.
    var rule: Int32
    /// Answers where the clause cannot; -1 where there is no condition.
    var predicate: Int32 = -1
    var slot: Int32 = -1
    var test = Test.none
    /// Of the text.
    var length: UInt8 = 0
    /// Compare with an int; otherwise with a double.
    var isInteger = false
    /// Whether the next clause is another rule's.
    var isLast = false
  }

  /// How a clause is answered.
  enum Test: UInt8, BitwiseCopyable, Sendable {
    /// The rule has no other condition.
    case none
    /// By its predicate's row.
    case row
    /// Here, where the slot has the right type or nothing.
    case equalText, startsWith, equalNumber, less, lessOrEqual, greater, greaterOrEqual, equalBool
    case present
  }

  /// How the text of a slot leads to rules.
  enum Way: UInt8, BitwiseCopyable, Sendable {
    /// The whole text is a constant.
    case equal
    /// The same, but what is no text may equal it as text.
    case equalAsText
    /// The text begins with a constant.
    case prefix
    /// The slot is a list with an item that is a constant.
    case item
  }

  /// All rules that hang on the text of one slot in one way.
  struct Lookup: BitwiseCopyable, Sendable {
    var slot: Int32
    var way: Way
    /// Absent or null is false; otherwise unknown.
    var isGuarded: Bool
    /// In ``buckets``: `mask + 1` of them.
    var firstBucket: Int32
    var mask: Int32
    /// Bit n is set where a constant has n bytes, the last one where it has as many or more.
    var lengths: UInt64
    /// item: its constants, to be found within a text; in ``needles``.
    var needles = RowRange.empty
    /// Of those, where each chain begins, in ``chains``; -1 where they are too few for chains.
    var firstChain: Int32 = -1
    /// All its rules, in ``positions``.
    var rules: RowRange
  }

  /// A constant that may stand within a text.
  struct Needle: BitwiseCopyable, Sendable {
    var text: TextConstant
    var bucket: Int32
    /// The next one whose first two bytes fall into the same chain; -1 at the end.
    var next: Int32 = -1
  }

  /// How many chains a lookup has.
  static let chainCount = 256

  /// Fewer constants are sought one by one.
  static let chainedCount = 4

  /// The chain of a text's first two bytes.
  static func chain(_ first: UInt8, _ second: UInt8) -> Int {
    Int(truncatingIfNeeded: first &* 37 &+ second)
  }

  /// The rules of one constant.
  struct Bucket: BitwiseCopyable, Sendable {
    var text = TextConstant.none
    /// In ``clauses``; none in an empty bucket.
    var rules = RowRange.empty
  }

  /// The rules that hang on a predicate no lookup answers.
  struct Group: BitwiseCopyable, Sendable {
    var predicate: Int32
    /// In ``clauses``.
    var rules: RowRange
  }

  /// Where all of it stands; valid as long as the index is.
  struct View: BitwiseCopyable {
    var entries: UnsafePointer<Entry>
    var lookups: UnsafeBufferPointer<Lookup>
    var buckets: UnsafePointer<Bucket>
    /// Of each bucket a part of its constant's hash, 0 where it is empty: what leads nowhere ends here.
    var marks: UnsafePointer<UInt8>
    /// Of each bucket the last event that met it.
    var meetings: UnsafeMutablePointer<UInt64>
    var needles: UnsafePointer<Needle>
    var chains: UnsafePointer<Int32>
    var groups: UnsafeBufferPointer<Group>
    var clauses: UnsafePointer<Clause>
    var positions: UnsafePointer<Int32>
  }

  let view: View
  private let entries: Table<Entry>
  private let lookups: Table<Lookup>
  private let buckets: Table<Bucket>
  private let marks: Table<UInt8>
  private let needles: Table<Needle>
  private let chains: Table<Int32>
  private let groups: Table<Group>
  private let clauses: Table<Clause>
  private let positions: Table<Int32>
  private let meetings: UnsafeMutablePointer<UInt64>

  /// - Parameters:
  ///   - rules: rows of the program, in firing order, which is that of the rows.
  ///   - program: whose rules they are.
  init(_ rules: [Int32], of program: Program) {
    let builder = RuleIndexBuilder(rules, of: program)
    entries = Table(builder.entries)
    lookups = Table(builder.lookups)
    buckets = Table(builder.buckets)
    marks = Table(builder.marks)
    needles = Table(builder.needles)
    chains = Table(builder.chains)
    groups = Table(builder.groups)
    clauses = Table(builder.clauses)
    positions = Table(builder.positions)
    meetings = .allocate(capacity: builder.buckets.count + 1)
    meetings.initialize(repeating: 0, count: builder.buckets.count + 1)
    view = View(
      entries: entries.base, lookups: lookups.rows, buckets: buckets.base,
      marks: marks.base, meetings: meetings, needles: needles.base, chains: chains.base,
      groups: groups.rows, clauses: clauses.base, positions: positions.base)
  }

  deinit { meetings.deallocate() }

  /// Where a constant's bucket is sought first.
  ///
  /// - Parameters:
  ///   - head: its first eight bytes, padded with zeros.
  ///   - tail: its last eight, if it has more than eight; else 0.
  ///   - length: how many it has.
  /// - Returns: a number whose low bits are well mixed.
  static func hash(head: UInt64, tail: UInt64, length: Int) -> UInt64 {
    let mixed = (head ^ (UInt64(length) &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    let both = (mixed ^ (mixed >> 32) ^ tail) &* 0xFF51_AFD7_ED55_8CCD
    return both >> 32
  }

  /// What of a constant's hash stands for it in ``View/marks``; never 0.
  @inline(__always)
  static func mark(of hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 24) | 1 }
}
