/// Places by their full paths: `Brazil > Alagoas > Maceió`.
enum Place {
  private static let separator = Array(" > ".utf8)

  /// The path that a text names: the path itself, or the name of a place of one level.
  ///
  /// States have level 1, districts 2, wards 3, and other fields none. The place must lie in the
  /// parent, unless that is empty.
  static func find(
    _ text: [UInt8], among places: [[UInt8]], level: Int?, in parent: [UInt8]
  ) -> [UInt8]? {
    let wanted = WideText.lowercased(text)
    if text.contains(UInt8(ascii: ">")) {
      return places.first { WideText.lowercased($0) == wanted }
    }
    guard let level else { return nil }
    return places.first { place in
      let parts = Self.parts(of: place)
      return parts.count == level + 1 && WideText.lowercased(parts[level]) == wanted
        && (parent.isEmpty || place.starts(with: parent + separator))
    }
  }

  /// The part of a path down to a level; absent where it does not reach so far.
  static func cut(_ place: [UInt8], to level: Int) -> [UInt8]? {
    let parts = parts(of: place)
    guard parts.count > level else { return nil }
    return Array(parts[...level].joined(separator: separator))
  }

  private static func parts(of place: [UInt8]) -> [[UInt8]] {
    place.split(separator: UInt8(ascii: ">")).map { WideText.trimmed(Array($0)) }
  }
}
