extension Address: CustomStringConvertible {
  /// Reads an address; absent for anything else, for zones and for IPv4 within IPv6.
  init?(_ text: UnsafeRawBufferPointer) {
    guard !text.isEmpty, text.count <= Address.lengthLimit else { return nil }
    let bytes = Array(text)
    let address =
      bytes.contains(UInt8(ascii: ":")) ? Address.version6(bytes) : Address.version4(bytes)
    guard let address else { return nil }
    self = address
  }

  /// The longest text of an address.
  private static let lengthLimit = 45

  /// Reads `address/length`.
  init?(network text: UnsafeRawBufferPointer) {
    guard text.count <= Address.lengthLimit + 4, let slash = text.lastIndex(of: UInt8(ascii: "/")),
      let address = Address(UnsafeRawBufferPointer(rebasing: text[..<slash])),
      let length = Address.decimal(
        Array(text[(slash + 1)...]), upTo: address.family == 4 ? 32 : 128)
    else { return nil }
    self = address
    prefixLength = length
  }

  private static func decimal(_ digits: [UInt8], upTo limit: Int) -> UInt8? {
    guard (1...3).contains(digits.count), digits.allSatisfy(Lexer.isDigit),
      digits.count == 1 || digits[0] != UInt8(ascii: "0")
    else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    return number <= limit ? UInt8(number) : nil
  }

  private static func version4(_ bytes: [UInt8]) -> Address? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var octets = InlineArray<16, UInt8>(repeating: 0)
    for (index, part) in parts.enumerated() {
      guard let octet = decimal(Array(part), upTo: 255) else { return nil }
      octets[index] = octet
    }
    return Address(octets: octets, family: 4)
  }

  private static func version6(_ bytes: [UInt8]) -> Address? {
    let text = String(decoding: bytes, as: UTF8.self)
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2, let first = groups(halves[0]) else { return nil }
    var all = first
    if halves.count == 2 {
      guard let last = groups(halves[1]), first.count + last.count <= 7 else { return nil }
      all += Array(repeating: 0, count: 8 - first.count - last.count) + last
    }
    guard all.count == 8 else { return nil }
    var octets = InlineArray<16, UInt8>(repeating: 0)
    for (index, group) in all.enumerated() {
      octets[index * 2] = UInt8(group >> 8)
      octets[index * 2 + 1] = UInt8(group & 0xFF)
    }
    return unmapped(Address(octets: octets, family: 6))
  }

  /// The address within `::ffff:0:0/96`, which stands for one of version 4.
  private static func unmapped(_ address: Address) -> Address {
    guard (0..<10).allSatisfy({ address.octets[$0] == 0 }), address.octets[10] == 0xFF,
      address.octets[11] == 0xFF
    else { return address }
    var octets = InlineArray<16, UInt8>(repeating: 0)
    for index in 0..<4 { octets[index] = address.octets[12 + index] }
    return Address(octets: octets, family: 4)
  }

  private static func groups(_ text: Substring) -> [UInt16]? {
    if text.isEmpty { return [] }
    var groups: [UInt16] = []
    for part in text.split(separator: ":", omittingEmptySubsequences: false) {
      guard (1...4).contains(part.utf8.count),
        part.utf8.allSatisfy({ Lexer.hexadecimalValue($0) != nil }),
        let group = UInt16(part, radix: 16)
      else { return nil }
      groups.append(group)
    }
    return groups
  }

  /// The canonical text: RFC 5952 for version 6.
  var description: String {
    let host =
      family == 4
      ? (0..<4).map { "\(octets[$0])" }.joined(separator: ".") : Address.text(of: groups)
    return prefixLength.map { "\(host)/\($0)" } ?? host
  }

  private var groups: [UInt16] {
    (0..<8).map { UInt16(octets[$0 * 2]) << 8 | UInt16(octets[$0 * 2 + 1]) }
  }

  /// The first longest run of at least two zero groups becomes `::`.
  private static func text(of groups: [UInt16]) -> String {
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(best.count, 1) { best = start..<end }
      start = max(end, start + 1)
    }
    func join(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    if best.isEmpty { return join(groups[...]) }
    return join(groups[..<best.lowerBound]) + "::" + join(groups[best.upperBound...])
  }
}
