extension ZoneRules {
  /// Reads a TZif file of version 2 or later (RFC 8536); absent for anything else.
  init?(zoneFile bytes: [UInt8]) {
    var reader = ZoneFileReader(bytes: bytes)
    guard let first = reader.readHeader(), first.version >= 2 else { return nil }
    reader.position += first.byteCount(timeSize: 4)
    guard let header = reader.readHeader(), header.typeCount > 0 else { return nil }
    let body = reader.position
    let footer = body + header.byteCount(timeSize: 8)
    guard footer <= bytes.count else { return nil }
    let kinds = body + header.timeCount * 8
    let types = kinds + header.timeCount
    let offsets = (0..<header.typeCount).map {
      Int32(truncatingIfNeeded: reader.integer(at: types + $0 * 6, size: 4))
    }
    var transitions: [Transition] = []
    for index in 0..<header.timeCount {
      let kind = Int(bytes[kinds + index])
      guard kind < offsets.count else { return nil }
      let second = reader.integer(at: body + index * 8, size: 8)
      transitions.append(Transition(second: second, offset: offsets[kind]))
    }
    let rule = bytes[footer...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
    self.init(
      transitions: transitions, firstOffset: offsets[0],
      yearly: YearlyZoneRule(Array(rule)))
  }
}

/// Reads big-endian numbers from a zone file.
private struct ZoneFileReader {
  struct Header {
    var version: Int
    var utCount: Int
    var standardCount: Int
    var leapCount: Int
    var timeCount: Int
    var typeCount: Int
    var nameCount: Int

    func byteCount(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + nameCount + leapCount * (timeSize + 4)
        + standardCount + utCount
    }
  }

  var bytes: [UInt8]
  var position = 0

  mutating func readHeader() -> Header? {
    guard position >= 0, position + 44 <= bytes.count,
      Array(bytes[position..<position + 4]) == Array("TZif".utf8)
    else { return nil }
    let counts = (0..<6).map { Int(integer(at: position + 20 + $0 * 4, size: 4)) }
    guard counts.allSatisfy({ $0 >= 0 && $0 <= bytes.count }) else { return nil }
    let header = Header(
      version: Int(bytes[position + 4]) - 48, utCount: counts[0], standardCount: counts[1],
      leapCount: counts[2], timeCount: counts[3], typeCount: counts[4], nameCount: counts[5])
    position += 44
    return header
  }

  /// A signed big-endian number of 4 or 8 bytes.
  func integer(at offset: Int, size: Int) -> Int64 {
    var value: UInt64 = 0
    for byte in bytes[offset..<offset + size] { value = value << 8 | UInt64(byte) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
