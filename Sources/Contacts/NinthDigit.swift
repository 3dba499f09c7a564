/// The rule by which the server maps two spellings of a Brazilian mobile on each other.
package enum NinthDigit {
  private static let prefix: StaticString = "whatsapp:55"

  /// Appends the spelling that the server tries when nobody has a URN; false where it tries none.
  ///
  /// Of 13 digits with a 9 behind the area that 9 goes; anything else gets one there.
  package static func appendOtherSpelling(
    of urn: UnsafeRawBufferPointer, to output: inout [UInt8]
  ) -> Bool {
    let prefixCount = prefix.utf8CodeUnitCount
    // `whatsapp:` and the four digits of country and area.
    let head = prefixCount + 2
    guard urn.count > head, prefix.withUTF8Buffer({ urn.starts(with: $0) }) else { return false }
    output.append(contentsOf: urn[..<head])
    let digitCount = urn.count - (prefixCount - 2)
    if digitCount == 13, urn[head] == UInt8(ascii: "9") {
      output.append(contentsOf: urn[(head + 1)...])
    } else {
      output.append(UInt8(ascii: "9"))
      output.append(contentsOf: urn[head...])
    }
    return true
  }
}

extension APIProfile {
  /// The other ninth-digit spelling of a URN, where the server tries one.
  package func otherSpelling(of urn: String) -> String? {
    var other: [UInt8] = []
    guard verifiesNinthDigit,
      Array(urn.utf8).withUnsafeBytes({ NinthDigit.appendOtherSpelling(of: $0, to: &other) })
    else { return nil }
    return String(decoding: other, as: UTF8.self)
  }
}
