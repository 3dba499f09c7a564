internal import Engine

/// How often each value stood somewhere, as long as there are few.
///
/// What it holds depends on the values alone, not on their order or on how they were split: it
/// counts exactly up to a limit of different values, and beyond it knows only that there are many.
package struct ValueCounts: Sendable, Equatable {
  /// The most different values that are counted.
  package static let limit = 100
  /// The longest text, in bytes, that is kept.
  package static let textLimit = 64

  /// By hash of the value.
  private(set) var entries: [UInt64: Entry] = [:]
  /// Whether there are more different values than are counted, or longer ones.
  package private(set) var areMany = false

  struct Entry: Sendable, Equatable {
    var value: SampleValue
    var count: Int
  }

  mutating func add(_ value: SampleValue, hash: UInt64) { add(Entry(value: value, count: 1), hash) }

  /// Counts a value that was seen before, without making it anew.
  mutating func addKnown(_ hash: UInt64) -> Bool {
    guard !areMany, let index = entries.index(forKey: hash) else { return areMany }
    entries.values[index].count += 1
    return true
  }

  mutating func merge(_ other: ValueCounts) {
    if other.areMany { giveUp() }
    for (hash, entry) in other.entries { add(entry, hash) }
  }

  /// There are too many to count.
  mutating func giveUp() {
    areMany = true
    entries = [:]
  }

  mutating func add(_ value: SampleValue, count: Int) {
    add(Entry(value: value, count: count), value.hash)
  }

  private mutating func add(_ entry: Entry, _ hash: UInt64) {
    guard !areMany else { return }
    entries[hash, default: Entry(value: entry.value, count: 0)].count += entry.count
    if entries.count > Self.limit { giveUp() }
  }

  /// All values, the most frequent first; none where there are many.
  package var values: [(value: SampleValue, count: Int)] {
    entries.values.map { ($0.value, $0.count) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
  }

  /// How many different values there are; absent where they were not counted.
  package var count: Int? { areMany ? nil : entries.count }
}

/// A text, number or bool of an event.
package enum SampleValue: Sendable, Hashable, Comparable {
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case text(String)

  /// As JSON writes it.
  package var json: String {
    switch self {
    case .bool(let value): value ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): "\(number)"
    case .text(let text): jsonText(text)
    }
  }

  package static func < (left: SampleValue, right: SampleValue) -> Bool {
    switch (left, right) {
    case (.text(let first), .text(let second)): first < second
    case (.int(let first), .int(let second)): first < second
    case (.double(let first), .double(let second)): first < second
    case (.bool(let first), .bool(let second)): !first && second
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .bool: 0
    case .int: 1
    case .double: 2
    case .text: 3
    }
  }
}
