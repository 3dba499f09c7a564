extension APIProfile {
  /// Why a custom field cannot have this key.
  package func refusal(ofFieldKey key: String) -> Refusal? {
    let bytes = Array(key.utf8)
    guard let first = bytes.first, isLower(first), bytes.count <= labelLimit else {
      return .fieldKey
    }
    for byte in bytes where !isLower(byte) && !byte.isDigit && byte != UInt8(ascii: "_") {
      return .fieldKey
    }
    return isReserved(bytes) ? .reservedFieldKey : nil
  }

  /// Why a custom field cannot have this label, and otherwise the key the server makes of it.
  ///
  /// In lower case, with each run of anything but letters and digits as one `_` between words.
  package func key(ofLabel label: String) throws(Refusal) -> String {
    let bytes = Array(label.utf8)
    let trimmed: [UInt8] = bytes.withUnsafeBytes { Array(UTF8Text.trimmed($0)) }
    guard !trimmed.isEmpty else { throw .labelCharacter }
    var key: [UInt8] = []
    for byte in trimmed {
      guard allowsInLabel(byte) else { throw .labelCharacter }
      if byte.isLetter || byte.isDigit {
        key.append(byte.lowercased)
      } else if key.last != UInt8(ascii: "_"), !key.isEmpty {
        key.append(UInt8(ascii: "_"))
      }
    }
    if trimmed.count > labelLimit { throw .labelTooLong }
    if key.last == UInt8(ascii: "_") { key.removeLast() }
    let text = String(decoding: key, as: UTF8.self)
    if let refusal = refusal(ofFieldKey: text) { throw refusal }
    return text
  }

  /// A label of which the server makes this key; absent where there is none.
  ///
  /// No label gives a key with two `_` in a row or one at an end. Labels that are taken (in any
  /// case) are passed over.
  package func label(
    forKey key: String, isTaken: (String) -> Bool = { _ in false }
  ) -> String? {
    let words = key.prefix(1).uppercased() + key.dropFirst()
    for separator in [" ", "-", "_"] {
      let label = words.replacing("_", with: separator)
      if (try? self.key(ofLabel: label)) == key, !isTaken(label.lowercased()) { return label }
    }
    return nil
  }

  private func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

  private func allowsInLabel(_ byte: UInt8) -> Bool {
    if byte.isLetter || byte.isDigit || byte == 0x20 || byte == UInt8(ascii: "-") { return true }
    return dialect == .weni && byte == UInt8(ascii: "_")
  }

  private func isReserved(_ key: [UInt8]) -> Bool {
    key.withUnsafeBytes { key in
      for word in reservedKeys where UTF8Text.equals(key, word) { return true }
      return false
    }
  }

  /// Keys the server keeps for itself; in `weni` also every scheme it has ever known.
  private var reservedKeys: [StaticString] {
    switch dialect {
    case .weni:
      [
        "id", "name", "first_name", "language", "groups", "uuid", "created_on", "created_by",
        "modified_by", "is", "has", "tel", "facebook", "instagram", "twitter", "twitterid",
        "viber", "line", "telegram", "mailto", "ext", "jiochat", "wechat", "fcm", "whatsapp",
        "freshchat", "vk", "rocketchat", "discord", "weniwebchat", "slack", "teams",
      ]
    case .rapidpro: ["has", "is", "fields", "urns", "created_on", "last_seen_on"]
    }
  }
}
