/// How a text that is rendered can be seen to be in the form the API keeps, without bringing it there.
package struct KeptForm: BitwiseCopyable, Sendable, Hashable {
  /// Bytes that the text may have at most; 0 where nothing can be seen so.
  package var byteLimit: Int32
  /// Bytes before a URN's path; 0 for other texts.
  package var schemeLength: Int32

  /// Nothing is seen to be in its form.
  package static let unseen = KeptForm(byteLimit: 0, schemeLength: 0)

  /// Whether a text is in its form.
  ///
  /// A yes is certain; a no is not. What begins and ends with a visible character of ASCII has no blank to lose; then only its length and a
  /// few bytes are left to look for.
  package func isSeen(in text: UnsafeRawBufferPointer) -> Bool {
    guard text.count <= Int(byteLimit), text.count > Int(schemeLength) else { return false }
    let first = text[Int(schemeLength)]
    let last = text[text.count - 1]
    guard first > 0x20, first < 0x7F, last > 0x20, last < 0x7F else { return false }
    return Self.isPlain(text, isURN: schemeLength > 0)
  }

  /// Whether no byte is 0, nor of a URN one that none may have; no scheme has such bytes.
  ///
  /// The last word overlaps the one before it.
  private static func isPlain(_ text: UnsafeRawBufferPointer, isURN: Bool) -> Bool {
    var found: UInt64 = 0
    if text.count >= 8 {
      var index = 0
      while index + 8 < text.count {
        found |= bad(text.loadUnaligned(fromByteOffset: index, as: UInt64.self), isURN)
        index += 8
      }
      found |= bad(text.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self), isURN)
    } else if text.count >= 4 {
      let first = text.loadUnaligned(as: UInt32.self)
      let last = text.loadUnaligned(fromByteOffset: text.count - 4, as: UInt32.self)
      found = bad(UInt64(first) | UInt64(last) << 32, isURN)
    } else {
      var word: UInt64 = 0x2020_2020_2020_2020
      for byte in text { word = word << 8 | UInt64(byte) }
      found = bad(word, isURN)
    }
    return found == 0
  }

  @inline(__always)
  private static func bad(_ word: UInt64, _ isURN: Bool) -> UInt64 {
    isURN ? zeros(word) | marks(word) : zeros(word)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// Not 0 where one of eight bytes is 0.
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- ones) & ~word & 0x8080_8080_8080_8080
  }

  /// Not 0 where one of eight bytes is `#`, `%` or `?`, which no URN may have.
  private static func marks(_ word: UInt64) -> UInt64 {
    zeros(word ^ (ones &* 0x23)) | zeros(word ^ (ones &* 0x25)) | zeros(word ^ (ones &* 0x3F))
  }
}

extension APIProfile {
  /// The form of what `kind` writes, behind the constant text that a template begins with.
  package func keptForm(
    of kind: MutationKind?, type: FieldType?, beginningWith head: [UInt8]
  ) -> KeptForm {
    switch kind {
    case .setName: return KeptForm(byteLimit: Int32(nameLimit), schemeLength: 0)
    case .setField:
      switch type {
      case .text, .state, .district, .ward, nil:
        return KeptForm(byteLimit: Int32(valueLimit), schemeLength: 0)
      case .number, .datetime: return .unseen
      }
    case .addURN, .preferURN, .removeURN:
      guard let colon = head.firstIndex(of: UInt8(ascii: ":")), colon == head.count - 1,
        let scheme = head[..<colon].withUnsafeBytes({ Scheme($0) }),
        scheme.isKept(by: dialect), scheme.keepsPathAsWritten
      else { return .unseen }
      return KeptForm(byteLimit: Int32(urnLimit), schemeLength: Int32(head.count))
    default: return .unseen
    }
  }
}

extension Scheme {
  /// Whether any path is kept as it is written.
  fileprivate var keepsPathAsWritten: Bool {
    switch self {
    case .ext, .fcm, .wechat, .vk, .rocketchat, .slack: true
    default: false
    }
  }
}
