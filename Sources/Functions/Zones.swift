private import CEL
private import Synchronization

/// The time zones that rules have named, read from the system's database once.
final class Zones: Sendable {
  static let shared = Zones()

  private struct Entry {
    var name: [UInt8]
    /// Absent where there is no such zone.
    var rules: ZoneRules?
  }

  /// More than any ruleset names; a name that comes from an event cannot grow the table.
  private static let limit = 64
  private let entries = Mutex<[Entry]>([])

  private init() {}

  /// The second since 1970 at which clocks of a zone show a time; absent if there is no such zone.
  func second(ofLocal local: Int64, in name: UnsafeRawBufferPointer) -> Int64? {
    entries.withLock { entries in
      for index in entries.indices where entries[index].name.elementsEqual(name) {
        return entries[index].rules?.second(ofLocal: local)
      }
      let rules = ZoneRules(String(decoding: name, as: UTF8.self))
      if entries.count == Self.limit { entries.removeFirst() }
      entries.append(Entry(name: Array(name), rules: rules))
      return rules?.second(ofLocal: local)
    }
  }
}
