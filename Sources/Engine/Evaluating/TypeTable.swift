import CEL
import Rulesets

#if canImport(Glibc)
  import Glibc
#endif

/// The rules that each event type meets, found when the type is first seen.
struct TypeTable: ~Copyable {
  /// One event type of one shape; the type "" stands for events without one.
  struct Row {
    var shape: Int32
    var type: [UInt8]
    /// Hash of both.
    var key: UInt64
    /// Rules in firing order, as rows of the program.
    var rules: [Int32]
    /// Slots that these rules read, for counting what is missing.
    var slots: [Int32]
    /// Events seen in the present chunk, and the tags of each slot.
    var events: UInt64 = 0
    var tags: [UInt32]
  }

  /// Types beyond this many share one row each time anew: a hostile stream cannot grow the table.
  static let capacity = 4096

  private let program: Program
  var rows: [Row] = []
  private var index: [UInt64: Int] = [:]
  /// The row last found for each value of a hash's low bits; -1 where none was.
  private var recent: [Int32] = Array(repeating: -1, count: 256)

  init(_ program: Program) { self.program = program }

  /// The row of a type, made at its first event.
  mutating func row(shape: Int32, type: UnsafeRawBufferPointer, hasType: Bool) -> Int {
    let key = stableHash(type) &* 31 &+ UInt64(shape) &* 2 &+ (hasType ? 1 : 0)
    let place = Int(truncatingIfNeeded: key & 255)
    let last = Int(recent[place])
    if last >= 0, last < rows.count, rows[last].key == key, isSame(last, type) { return last }
    if let row = index[key], isSame(row, type) {
      recent[place] = Int32(row)
      return row
    }
    return make(shape: shape, type: Array(type), hasType: hasType, key: key)
  }

  private func isSame(_ row: Int, _ type: UnsafeRawBufferPointer) -> Bool {
    rows[row].type.withUnsafeBytes { known in
      guard known.count == type.count else { return false }
      guard let left = known.baseAddress, let right = type.baseAddress else { return true }
      return memcmp(left, right, known.count) == 0
    }
  }

  private mutating func make(shape: Int32, type: [UInt8], hasType: Bool, key: UInt64) -> Int {
    let name = hasType ? String(decoding: type, as: UTF8.self) : nil
    var rules: [Int32] = []
    var slots: Set<Int32> = []
    for (row, trigger) in program.triggers.enumerated() {
      let rule = program.rules[row]
      guard rule.shape == shape, trigger.listens(to: name) else { continue }
      rules.append(Int32(row))
      for line in program.lines[Int(rule.number)] {
        slots.formUnion(line.reads.map { Int32($0.slot) })
      }
    }
    let sorted = slots.sorted()
    let row = Row(
      shape: shape, type: type, key: key, rules: rules, slots: sorted,
      tags: [UInt32](repeating: 0, count: sorted.count * Log.tagCount))
    if rows.count > Self.capacity { rows.removeLast() }
    rows.append(row)
    if rows.count <= Self.capacity { index[key] = rows.count - 1 }
    return rows.count - 1
  }

  /// Adds an event of a row to its counters.
  mutating func count(_ row: Int, slots: UnsafePointer<Value>) {
    rows[row].events += 1
    var position = 0
    for slot in rows[row].slots {
      rows[row].tags[position + Int(slots[Int(slot)].tag.rawValue)] += 1
      position += Log.tagCount
    }
  }

  /// Moves the counters of all types into the log and starts anew.
  mutating func flush(into log: inout Log) {
    for row in rows.indices where rows[row].events > 0 {
      log.types.append(
        Log.TypeCount(
          shape: rows[row].shape, type: String(decoding: rows[row].type, as: UTF8.self),
          events: rows[row].events, tags: rows[row].tags, slots: rows[row].slots))
      rows[row].events = 0
      for index in rows[row].tags.indices { rows[row].tags[index] = 0 }
    }
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
