private import Glibc

/// The offsets of one time zone from UTC, past and future, from the system's zone database.
public struct ZoneRules: Sendable {
  /// From a second on, an offset holds.
  struct Transition: Sendable {
    var second: Int64
    var offset: Int32
  }

  var transitions: [Transition]
  /// What holds before the first transition.
  var firstOffset: Int32
  /// What holds after the last transition.
  var yearly: YearlyZoneRule?

  init(transitions: [Transition], firstOffset: Int32, yearly: YearlyZoneRule?) {
    self.transitions = transitions
    self.firstOffset = firstOffset
    self.yearly = yearly
  }

  /// A zone that never changes.
  public init(offset seconds: Int) {
    self.init(transitions: [], firstOffset: Int32(clamping: seconds), yearly: nil)
  }

  /// The rules of a name such as `America/Sao_Paulo`, of `UTC`, or of an offset such as
  /// `-03:00`, whose sign may be missing; absent if there is no such zone.
  ///
  /// Names are read from the system's zone database; that costs a file, so keep the rules.
  public init?(_ name: String) {
    let bytes = Array(name.utf8)
    if let offset = ZoneRules.offset(in: bytes) {
      self.init(offset: offset)
    } else if name == "UTC" {
      self.init(offset: 0)
    } else {
      guard ZoneRules.isZoneName(bytes), let contents = ZoneRules.contents(ofZone: name) else {
        return nil
      }
      self.init(zoneFile: contents)
    }
  }

  /// How many seconds local time is ahead of UTC at a second since 1970.
  public func offset(at second: Int64) -> Int {
    guard let last = transitions.last else {
      return yearly?.offset(at: second) ?? Int(firstOffset)
    }
    if second >= last.second { return yearly?.offset(at: second) ?? Int(last.offset) }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].second <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? Int(firstOffset) : Int(transitions[low - 1].offset)
  }

  /// The second since 1970 at which local clocks show a time.
  ///
  /// Of two such seconds it is the first; of none, the one as far after the gap as the clock
  /// would be into it.
  ///
  /// - Parameter localSecond: what clocks show, counted as if they showed UTC.
  /// - Returns: seconds since 1970.
  public func second(ofLocal localSecond: Int64) -> Int64 {
    let day: Int64 = 86_400
    let before = Int64(offset(at: localSecond - day))
    let after = Int64(offset(at: localSecond + day))
    let first = localSecond - before
    let second = localSecond - after
    if Int64(offset(at: first)) == before { return Swift.min(first, valid(second, after) ?? first) }
    return valid(second, after) ?? first
  }

  private func valid(_ second: Int64, _ offset: Int64) -> Int64? {
    Int64(self.offset(at: second)) == offset ? second : nil
  }
}

extension ZoneRules {
  /// `+HH:MM`, `-HH:MM` or `HH:MM`, in seconds.
  private static func offset(in name: [UInt8]) -> Int? {
    var digits = name[...]
    var sign = 1
    if let first = digits.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = first == UInt8(ascii: "-") ? -1 : 1
      digits = digits.dropFirst()
    }
    let text = Array(digits)
    guard text.count == 5, text[2] == UInt8(ascii: ":") else { return nil }
    let numbers = [text[0], text[1], text[3], text[4]].map { Int($0) - 48 }
    guard numbers.allSatisfy((0...9).contains) else { return nil }
    let hours = numbers[0] * 10 + numbers[1]
    let minutes = numbers[2] * 10 + numbers[3]
    guard hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }

  /// Whether a name stays inside the zone database: no `..`, no absolute path, no odd bytes.
  private static func isZoneName(_ name: [UInt8]) -> Bool {
    guard !name.isEmpty, name.count <= 64 else { return false }
    return name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .allSatisfy { part in
        part.first.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 & 0xDF } ?? false
          && part.allSatisfy { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")) ~= byte & 0xDF
              || (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte
              || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
              || byte == UInt8(ascii: "+")
          }
      }
  }

  private static func contents(ofZone name: String) -> [UInt8]? {
    guard let file = fopen("/usr/share/zoneinfo/" + name, "rb") else { return nil }
    defer { fclose(file) }
    var contents = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&contents, 1, contents.count, file)
    return count > 0 && count < contents.count ? Array(contents[..<count]) : nil
  }
}
