private import Contacts

/// Numbers as the service that writes contacts knows them: digits with or without a point.
enum DecimalText {
  /// The number in plain digits without zeros that say nothing; absent where the text is none.
  static func read(_ text: [UInt8]) -> [UInt8]? {
    let isNegative = text.first == UInt8(ascii: "-")
    let parts = text.dropFirst(isNegative ? 1 : 0)
      .split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.allSatisfy(\.isDigit) }), let last = parts.last, !last.isEmpty
    else { return nil }
    let whole = parts[0].drop { $0 == 0x30 }
    var fraction = parts.count > 1 ? parts[1] : []
    while fraction.last == 0x30 { fraction.removeLast() }
    var number: [UInt8] = whole.isEmpty ? [0x30] : Array(whole)
    if !fraction.isEmpty { number += [UInt8(ascii: ".")] + fraction }
    return isNegative && number != [0x30] ? [UInt8(ascii: "-")] + number : number
  }
}
