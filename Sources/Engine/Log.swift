import Contacts
import Knowledge

/// Where one event stands in a chunk of input.
package struct Record: BitwiseCopyable, Sendable {
  /// Byte offset in the chunk.
  package var offset: UInt32
  package var length: UInt32
  /// The line its first byte stands in, from one.
  package var line: UInt64

  package init(offset: UInt32, length: UInt32, line: UInt64) {
    self.offset = offset
    self.length = length
    self.line = line
  }
}

/// A piece of input that cannot be used, and why: reported, counted, set aside.
package struct InputProblem: Sendable, Hashable {
  /// Index of the source in the run's list of inputs.
  package var source: Int32
  package var line: UInt64
  /// A sentence without a full stop, such as `no JSON: the text ends inside an object`.
  package var cause: String

  package init(source: Int32, line: UInt64, cause: String) {
    self.source = source
    self.line = line
    self.cause = cause
  }
}

/// What one chunk of events asks for, in order; merged when its turn comes.
package struct Log: ~Copyable {
  /// An event with hits, or with an id that a repeat could have; a line of the cache.
  struct Event: BitwiseCopyable {
    var id = TextRange.none
    var line: UInt64
    /// Hash of shape, type and id; 0 where the event has no id.
    var identity: UInt64 = 0
    /// Hash of its bytes.
    var content: UInt64 = 0
    /// Nanoseconds since 1970; `Int64.min` where it has no time.
    var time = Int64.min
    var mutations = RowRange.empty
    var firings = RowRange.empty
    var source: Int32
    /// In ``Log/rests``: what few events have; -1 where it has nothing of it.
    var rest: Int32 = -1
  }

  /// What few events have.
  struct Rest: BitwiseCopyable {
    var outcomes = RowRange.empty
    /// Rules that read `contact`, to be finished at merge; `raw` holds the event for them.
    var deferred = RowRange.empty
    var raw = TextRange.none
    /// The run's clock, for those.
    var now: Int64
  }

  /// One write, as rendered.
  struct Mutation: BitwiseCopyable {
    var kind: MutationKind
    var missing: MissingPolicy
    /// Whether `value` stands in the program's constants instead of the log's bytes.
    var isConstant: Bool
    /// Another than that of the write before, unless both are of one action of their event.
    var action: UInt8
    /// In ``Log/keys``; -1 for changes of the workspace and notes.
    var key: Int32
    /// A constant target of the program; -1 where `value` is the target, or there is none.
    ///
    /// What has a second text has no target: here stands -2 less its length.
    var target: Int32
    var rule: Int32
    var value: TextRange

    /// The new name of a group, the type of a field: it stands behind `value`.
    var second: TextRange {
      guard target < -1 else { return .none }
      return TextRange(offset: value.offset + value.length, length: UInt32(-2 - target))
    }
  }

  /// A contact as events name it.
  struct ContactKey: BitwiseCopyable {
    var text: TextRange
    var hash: UInt64
    var isUUID: Bool
  }

  /// Something a rule did not do for an event.
  struct Outcome: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
      /// A hole was unknown, null or blank.
      case skipped
      /// The API would refuse the value.
      case refused
      /// No identifier of the contact was usable.
      case noContact
      /// Only an unknown kept the rule from firing.
      case unknown
    }

    var kind: Kind
    var refusal: Refusal?
    var rule: Int32
    var action: MutationKind
  }

  /// Counts of one event type in this chunk: events, then tags per slot of the type's rules.
  struct TypeCount {
    var shape: Int32
    /// Hash of shape and type.
    var key: UInt64
    var type: String
    var events: UInt64
    /// Slot by slot there are `tagCount` counters: those that are not 0, and where they stand.
    var tags: [(place: UInt32, count: UInt32)]
    var slots: [Int32]
  }

  static let tagCount = 16

  var events = Column<Event>()
  var rests = Column<Rest>()
  var mutations = Column<Mutation>()
  var keys = Column<ContactKey>()
  var firings = Column<Int32>()
  var outcomes = Column<Outcome>()
  var deferred = Column<Int32>()
  var bytes = Column<UInt8>()
  var problems: [InputProblem] = []
  /// Events with a key twice; they are used.
  var repeatedKeys: [InputProblem] = []
  var types: [TypeCount] = []
  var eventCount = 0
  var matchedCount = 0
  var withoutTypeCount = 0

  package init() {}

  /// Empties the log for the next chunk; keeps the memory.
  package mutating func reset() {
    events.removeAll()
    rests.removeAll()
    mutations.removeAll()
    keys.removeAll()
    firings.removeAll()
    outcomes.removeAll()
    deferred.removeAll()
    bytes.removeAll()
    problems.removeAll(keepingCapacity: true)
    repeatedKeys.removeAll(keepingCapacity: true)
    types.removeAll(keepingCapacity: true)
    eventCount = 0
    matchedCount = 0
    withoutTypeCount = 0
  }

  /// Makes room for as much as another log has, and a little more: what grows leaves its former memory behind.
  package mutating func makeRoom(like other: borrowing Log) {
    events.reserve(Self.room(for: other.events))
    mutations.reserve(Self.room(for: other.mutations))
    keys.reserve(Self.room(for: other.keys))
    firings.reserve(Self.room(for: other.firings))
    bytes.reserve(Self.room(for: other.bytes))
  }

  private static func room<Row>(for rows: borrowing Column<Row>) -> Int {
    rows.count + rows.count / 16
  }

  /// About how many bytes its events take.
  package var byteCount: Int {
    let found = Self.byteCount(of: events) + Self.byteCount(of: rests) + Self.byteCount(of: firings)
    let asked = Self.byteCount(of: mutations) + Self.byteCount(of: keys)
    let left = Self.byteCount(of: outcomes) + Self.byteCount(of: deferred)
    return found + asked + left + bytes.count
  }

  private static func byteCount<Row>(of rows: borrowing Column<Row>) -> Int {
    rows.count * MemoryLayout<Row>.stride
  }

  /// The bytes of a range of ``bytes``; good until the log changes.
  func text(_ range: TextRange) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(bytes.elements)[
        Int(range.offset)..<Int(range.offset + range.length)])
  }

  /// The text of a range of ``bytes``.
  func string(_ range: TextRange) -> String {
    String(decoding: text(range), as: UTF8.self)
  }

  /// The text from `start` to the end of ``bytes``.
  func range(from start: Int) -> TextRange {
    TextRange(offset: UInt32(start), length: UInt32(bytes.count - start))
  }
}
