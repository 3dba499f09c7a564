import Foundation

/// Which uuid, time and cursor of ours stands for which recorded one.
struct Correspondence {
  private var own: [String: String] = [:]
  private var recorded: [String: String] = [:]
  /// Recorded uuids as requests may spell them: in capitals, without hyphens.
  private var spellings: [String: String] = [:]

  /// Whether a recorded uuid is, or may from now on be, this one of ours.
  mutating func bind(_ recorded: String, to own: String) -> Bool {
    if let known = self.own[recorded] { return known == own }
    if let known = self.recorded[own], known != recorded { return false }
    self.own[recorded] = own
    self.recorded[own] = recorded
    let bare = (
      recorded.replacingOccurrences(of: "-", with: ""), own.replacingOccurrences(of: "-", with: "")
    )
    for (from, to) in [(recorded, own), bare] {
      spellings[from] = to
      spellings[from.uppercased()] = to.uppercased()
    }
    return true
  }

  /// Times may coincide on our side: a clock stands still while a request is answered.
  mutating func bindTime(_ recorded: String, to own: String) -> Bool {
    guard Self.isTime(recorded), Self.isTime(own) else { return false }
    if let known = self.own[recorded] { return known == own }
    self.own[recorded] = own
    return true
  }

  private static func isTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return (bytes.count == 20 || bytes.count == 27) && bytes[10] == UInt8(ascii: "T")
      && bytes.last == UInt8(ascii: "Z") && bytes.allSatisfy { $0 < 0x80 }
  }

  mutating func bindCursor(_ recorded: String, to own: String) { self.own[recorded] = own }

  func isBound(_ recorded: String) -> Bool { own[recorded] != nil }

  func isKnown(_ recorded: String, as own: String) -> Bool { self.own[recorded] == own }

  /// A text of a request in our uuids.
  func translated(_ text: String) -> String {
    UUIDPieces(text).joined { spellings[$0] ?? $0 }
  }

  /// An address line in our uuids, times and cursors.
  func translatedTarget(_ target: String) -> String {
    guard let mark = target.firstIndex(of: "?") else { return translated(target) }
    let query = target[target.index(after: mark)...].split(separator: "&").map { part in
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, let value = halves[1].removingPercentEncoding,
        let own = self.own[value], Self.isTime(value) || halves[0] == "cursor"
      else { return translated(String(part)) }
      let safe = own.replacingOccurrences(of: ":", with: "%3A").replacingOccurrences(
        of: "=", with: "%3D")
      return "\(halves[0])=\(safe)"
    }
    return target[...mark] + query.joined(separator: "&")
  }

  /// Whether two texts are the same but for uuids that stand for each other.
  mutating func matches(_ expected: String, _ actual: String) -> Bool {
    let wanted = UUIDPieces(expected)
    let given = UUIDPieces(actual)
    guard wanted.rest == given.rest, wanted.uuids.count == given.uuids.count else { return false }
    if expected.hasPrefix("Non-active contacts") {
      return Set(wanted.uuids.map { own[$0] ?? $0 }) == Set(given.uuids)
    }
    for (recorded, own) in zip(wanted.uuids, given.uuids) {
      if spellings[recorded] == own { continue }
      let isPlain = recorded.utf8.count == 36 && recorded == recorded.lowercased()
      guard isPlain ? bind(recorded, to: own) : recorded == own else { return false }
    }
    return true
  }
}

/// A text with the uuids in it, in any spelling, taken apart.
struct UUIDPieces {
  private(set) var uuids: [String] = []
  private(set) var rest: [String] = [""]

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var start = 0
    var index = 0
    while index < bytes.count {
      guard Self.belongs(bytes[index]) else {
        index += 1
        continue
      }
      var end = index
      while end < bytes.count, Self.belongs(bytes[end]) { end += 1 }
      if end - index == 36 || end - index == 32 {
        rest[rest.count - 1] = String(decoding: bytes[start..<index], as: UTF8.self)
        uuids.append(String(decoding: bytes[index..<end], as: UTF8.self))
        rest.append("")
        start = end
      }
      index = end
    }
    rest[rest.count - 1] = String(decoding: bytes[start...], as: UTF8.self)
  }

  private static func belongs(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66, 0x2D: true
    default: false
    }
  }

  func joined(_ replaced: (String) -> String) -> String {
    var text = rest[0]
    for (uuid, piece) in zip(uuids, rest.dropFirst()) { text += replaced(uuid) + piece }
    return text
  }
}
