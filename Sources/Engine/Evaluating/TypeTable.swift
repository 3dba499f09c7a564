import CEL
import Knowledge
import Rulesets

#if canImport(Glibc)
  import Glibc
#endif

/// The rules that each event type meets, found when the type is first seen.
struct TypeTable: ~Copyable {
  /// One event type of one shape; the type "" stands for events without one.
  struct Row: BitwiseCopyable {
    var shape: Int32
    /// Hash of both, and of the type alone.
    var key: UInt64
    var typeHash: UInt64
    /// The rules that it meets: those of its own, or all where there is no other index.
    var index: RuleIndex.View
    /// The rules without `when`, where they are many; owned by the table.
    var common: UnsafePointer<RuleIndex.View>?
    /// How many rules both have.
    var ruleCount: Int
    /// Slots that its rules read, for counting what is missing.
    var slots: UnsafeBufferPointer<Int32>
    /// Events seen in the present chunk, and the tags of each slot.
    var events: UInt64 = 0
    var tags: UnsafeMutablePointer<UInt32>
    var type: UnsafeRawBufferPointer
  }

  /// What a row points into.
  private final class Memory {
    let rules: RuleSet
    let tags: UnsafeMutablePointer<UInt32>
    let text: UnsafeMutableRawBufferPointer

    init(_ rules: RuleSet, type: UnsafeRawBufferPointer) {
      self.rules = rules
      text = .allocate(byteCount: type.count + 1, alignment: 1)
      text.copyBytes(from: type)
      let count = rules.slots.count * Log.tagCount + 1
      tags = .allocate(capacity: count)
      tags.initialize(repeating: 0, count: count)
    }

    deinit {
      tags.deallocate()
      text.deallocate()
    }
  }

  /// Rules with their index and the slots they read; types that meet the same rules share one.
  private final class RuleSet {
    let index: RuleIndex
    let common: CommonRules?
    let ruleCount: Int
    let slots: Table<Int32>

    /// Of rules that name a type and those that always listen; `common` has the latter if they are many.
    init(named: [Int32], always: [Int32], _ common: CommonRules?, of program: Program) {
      let rules = (always + named).sorted()
      index = RuleIndex(common == nil ? rules : named.sorted(), of: program)
      self.common = common
      ruleCount = rules.count
      var slots: Set<Int32> = []
      for row in rules {
        for line in program.lines[Int(program.rules[Int(row)].number)] {
          program.lines.forEachSlot(of: line) { slots.insert($0) }
        }
      }
      self.slots = Table(slots.sorted())
    }
  }

  /// The rules that every event of a shape meets, in an index that all types share: in each type's own they would take
  /// memory, and the processor's caches, as often as there are types.
  private final class CommonRules {
    let view: UnsafeMutablePointer<RuleIndex.View>
    private let index: RuleIndex

    init(_ rules: [Int32], of program: Program) {
      index = RuleIndex(rules, of: program)
      view = .allocate(capacity: 1)
      view.initialize(to: index.view)
    }

    deinit { view.deallocate() }
  }

  /// So many rules are worth a second search an event.
  private static let leastCommonRules = 48

  /// Types beyond this many share one row each time anew: a hostile stream cannot grow the table.
  static let capacity = 4096

  private let program: Program
  private var rows = Column<Row>()
  private var memories: [Memory] = []
  /// Of each shape what types meet that no rule names.
  private var unnamed: [Int32: RuleSet] = [:]
  /// By shape.
  private var common: [Int32: CommonRules] = [:]
  private var numbers: [UInt64: Int32] = [:]
  /// The row last found at each place; -1 where none was.
  private let recent = Room<Int32>(256, filledWith: -1)

  init(_ program: Program) { self.program = program }

  /// The row of a type, empty where an event has none; made at its first event, and there until the next one is
  /// asked for.
  mutating func row(shape: Int32, type: UnsafeRawBufferPointer) -> UnsafeMutablePointer<Row> {
    let place = Self.place(of: type)
    let last = recent.base[place]
    if last >= 0, last < rows.count {
      let row = rows.place(of: last)
      if row.pointee.shape == shape, isSame(row, type) { return row }
    }
    let typeHash = stableHash(type)
    let key = typeHash &* 31 &+ UInt64(shape) &* 2 &+ (type.isEmpty ? 0 : 1)
    if let number = numbers[key] {
      let row = rows.place(of: number)
      if isSame(row, type) {
        recent.base[place] = number
        return row
      }
    }
    return make(shape: shape, type: type, typeHash, key: key)
  }

  /// A place among ``recent``, from the length and the last bytes of a type.
  private static func place(of type: UnsafeRawBufferPointer) -> Int {
    guard let start = type.baseAddress, type.count >= 8 else {
      return type.count | Int(type.first ?? 0) & 31 << 3
    }
    let tail = (start + (type.count - 8)).loadUnaligned(as: UInt64.self)
    return Int(truncatingIfNeeded: ((tail ^ UInt64(type.count)) &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }

  private mutating func isSame(_ row: UnsafePointer<Row>, _ type: UnsafeRawBufferPointer) -> Bool {
    let known = row.pointee.type
    guard known.count == type.count else { return false }
    guard let left = known.baseAddress, let right = type.baseAddress else { return true }
    return memcmp(left, right, known.count) == 0
  }

  private mutating func make(
    shape: Int32, type: UnsafeRawBufferPointer, _ typeHash: UInt64,
    key: UInt64
  ) -> UnsafeMutablePointer<Row> {
    let name = type.isEmpty ? nil : String(decoding: type, as: UTF8.self)
    let memory = Memory(rules(of: shape, name), type: type)
    if rows.count > Self.capacity {
      rows.removeAll(behind: rows.count - 1)
      memories.removeLast()
    }
    rows.append(
      Row(
        shape: shape, key: key, typeHash: typeHash,
        index: memory.rules.index.view,
        common: memory.rules.common.map { UnsafePointer($0.view) },
        ruleCount: memory.rules.ruleCount,
        slots: memory.rules.slots.rows,
        tags: memory.tags,
        type: UnsafeRawBufferPointer(rebasing: memory.text[..<type.count])))
    memories.append(memory)
    let number = Int32(rows.count - 1)
    if rows.count <= Self.capacity { numbers[key] = number }
    return rows.place(of: number)
  }

  private mutating func rules(of shape: Int32, _ name: String?) -> RuleSet {
    let named = program.listeners.rules(naming: name)
    if named.isEmpty, let known = unnamed[shape] { return known }
    let always = program.listeners.always.filter { program.rules[Int($0)].shape == shape }
    if always.count >= Self.leastCommonRules, common[shape] == nil {
      common[shape] = CommonRules(always, of: program)
    }
    let set = RuleSet(
      named: named.filter { program.rules[Int($0)].shape == shape }, always: always,
      common[shape], of: program)
    if named.isEmpty { unnamed[shape] = set }
    return set
  }

  /// Adds an event of a row to its counters.
  mutating func count(_ row: UnsafeMutablePointer<Row>, slots: UnsafePointer<Value>) {
    row.pointee.events += 1
    guard let numbers = row.pointee.slots.baseAddress else { return }
    var tags = row.pointee.tags
    for number in 0..<row.pointee.slots.count {
      tags[Int(slots[Int(numbers[number])].tag.rawValue)] &+= 1
      tags += Log.tagCount
    }
  }

  /// Moves the counters of all types into the log and starts anew.
  mutating func flush(into log: inout Log) {
    for row in 0..<rows.count where rows[row].events > 0 {
      let counted = rows[row]
      log.types.append(
        Log.TypeCount(
          shape: counted.shape, key: counted.key,
          type: String(decoding: counted.type, as: UTF8.self), events: counted.events,
          tags: takeTags(of: counted), slots: Array(counted.slots)))
      rows[row].events = 0
    }
  }

  /// The counters that are not 0; most values of a path have one type.
  private func takeTags(of row: Row) -> [(place: UInt32, count: UInt32)] {
    var taken: [(place: UInt32, count: UInt32)] = []
    taken.reserveCapacity(row.slots.count * 2)
    // Two at a time: most are 0.
    let tags = UnsafeRawPointer(row.tags)
    for pair in stride(from: 0, to: row.slots.count * Log.tagCount, by: 2)
    where tags.loadUnaligned(fromByteOffset: pair * 4, as: UInt64.self) != 0 {
      for place in pair..<pair + 2 where row.tags[place] != 0 {
        taken.append((UInt32(place), row.tags[place]))
        row.tags[place] = 0
      }
    }
    return taken
  }
}

/// Which rules listen to which event types.
struct Listeners: Sendable {
  /// The rows of the rules without `when`.
  private(set) var always: [Int32] = []
  /// By the bytes of the name: texts that only look alike are not equal.
  private var byName: [[UInt8]: [Int32]] = [:]
  private var byPattern: [(rule: Int32, trigger: Trigger)] = []

  /// - Parameter triggers: of each rule of a program, by its row.
  init(_ triggers: [Trigger]) {
    for (row, trigger) in triggers.enumerated() {
      switch trigger {
      case .every: always.append(Int32(row))
      case .types(let patterns) where patterns.contains { $0.utf8.contains(UInt8(ascii: "*")) }:
        byPattern.append((Int32(row), trigger))
      case .types(let names):
        for name in Set(names.map { Array($0.utf8) }) {
          byName[name, default: []].append(Int32(row))
        }
      }
    }
  }

  /// The rows of the rules that listen to a type (nil: to events without one).
  func rules(hearing type: String?) -> Set<Int32> { Set(always + rules(naming: type)) }

  /// The rows of the rules whose `when` meets a type.
  func rules(naming type: String?) -> [Int32] {
    guard let type else { return [] }
    return (byName[Array(type.utf8)] ?? [])
      + byPattern.filter { $0.trigger.listens(to: type) }.map(\.rule)
  }
}

extension Trigger {
  /// Whether an event of this type (nil: without one) is listened to.
  package func listens(to type: String?) -> Bool {
    switch self {
    case .every: return true
    case .types(let patterns):
      guard let type else { return false }
      let bytes = Array(type.utf8)
      return patterns.contains { matches(Array($0.utf8)[...], bytes[...]) }
    }
  }

  /// Glob matching where `*` is any text; greedy with one point of return.
  private func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var pattern = pattern
    var text = text
    var resume: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
    while let byte = text.first {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        resume = (pattern, text)
      } else if pattern.first == byte {
        pattern = pattern.dropFirst()
        text = text.dropFirst()
      } else if let point = resume {
        pattern = point.pattern
        text = point.text.dropFirst()
        resume = (point.pattern, text)
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
