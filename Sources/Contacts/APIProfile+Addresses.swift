extension APIProfile {
  /// Brings `scheme:path` into the form the server keeps, appended to `output`.
  ///
  /// Nothing is appended where the URN is refused. What was appended normalises to itself.
  /// No allocation but `output`'s growth.
  package func normalizeURN(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Refusal?
  {
    if appendPlainWhatsApp(text, into: &output) { return nil }
    return normalizeWrittenURN(text, into: &output)
  }

  /// What all URNs can take: the long way.
  func normalizeWrittenURN(
    _ text: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> Refusal? {
    let urn = UTF8Text.trimmed(text)
    guard let colon = urn.firstIndex(of: UInt8(ascii: ":")) else { return .noScheme }
    let word = UnsafeRawBufferPointer(rebasing: urn[..<colon])
    guard let scheme = Scheme(word), scheme.isKept(by: dialect) else { return .unknownScheme }
    let path = UTF8Text.trimmed(UnsafeRawBufferPointer(rebasing: urn[(colon + 1)...]))
    if path.isEmpty { return .urnEmpty }
    for byte in path where byte == 0 || byte == 0x23 || byte == 0x25 || byte == 0x3F {
      return byte == 0 ? .nulCharacter : .urnCharacter
    }
    let start = output.count
    output.append(contentsOf: UnsafeRawBufferPointer(rebasing: urn[...colon]))
    let refusal =
      appendPath(path, of: scheme, into: &output)
      ?? (output.count - start > urnLimit && isTooLong(output[start...]) ? .urnTooLong : nil)
    if refusal != nil { output.removeLast(output.count - start) }
    return refusal
  }

  private func isTooLong(_ urn: ArraySlice<UInt8>) -> Bool {
    urn.withUnsafeBytes { UTF8Text.scalarCount($0) } > urnLimit
  }

  private func appendPath(
    _ path: UnsafeRawBufferPointer, of scheme: Scheme, into output: inout [UInt8]
  ) -> Refusal? {
    switch scheme {
    case .whatsapp: return appendWhatsApp(path, into: &output)
    case .tel: return appendPhone(path, into: &output)
    case .mailto:
      guard MailAddress.hasItsShape(path) else { return .mailAddress }
      UTF8Text.appendLowercased(path, to: &output)
      return nil
    case .twitter:
      let name = path.first == UInt8(ascii: "@") ? UTF8Text.dropFirst(path, 1) : path
      guard matches(name, .twitter) else { return .schemePath }
      UTF8Text.appendLowercased(name, to: &output)
      return nil
    case .ext, .telegram, .instagram, .facebook, .twitterid, .viber, .line, .webchat, .fcm,
      .wechat, .vk, .rocketchat, .slack, .jiochat, .freshchat, .discord, .teams:
      guard matches(path, scheme) else { return .schemePath }
      output.append(contentsOf: path)
      return nil
    }
  }

  /// Whether both halves of the server keep a path that is stored as written.
  private func matches(_ path: UnsafeRawBufferPointer, _ scheme: Scheme) -> Bool {
    switch scheme {
    case .telegram, .instagram, .twitterid, .jiochat, .discord: path.allSatisfy(\.isDigit)
    case .facebook:
      path.allSatisfy(\.isDigit) || (UTF8Text.starts(path, with: "ref:") && path.count > 4)
    case .twitter: path.count <= 15 && !path.isEmpty && path.allSatisfy(\.isWord)
    case .viber: path.count <= 24 && path.allSatisfy(isViber)
    case .line: path.count <= 36 && path.allSatisfy(\.isWord)
    case .webchat: isWebchat(path)
    case .freshchat: isFreshchat(path)
    case .teams: isTeams(path)
    case .whatsapp, .tel, .mailto, .ext, .fcm, .wechat, .vk, .rocketchat, .slack: true
    }
  }

  private func isViber(_ byte: UInt8) -> Bool {
    if byte.isWord || byte == UInt8(ascii: "=") { return true }
    return dialect == .rapidpro && (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/"))
  }

  /// 24 letters and digits, perhaps followed by `:` and a mail address.
  private func isWebchat(_ path: UnsafeRawBufferPointer) -> Bool {
    guard path.count >= 24, path[..<24].allSatisfy({ $0.isDigit || $0.isLetter }) else {
      return false
    }
    if path.count == 24 { return true }
    return path[24] == UInt8(ascii: ":") && MailAddress.hasItsShape(UTF8Text.dropFirst(path, 25))
  }

  private func isFreshchat(_ path: UnsafeRawBufferPointer) -> Bool {
    path.count == 73 && path[36] == UInt8(ascii: "/")
      && UUIDText.isHyphenated(UnsafeRawBufferPointer(rebasing: path[..<36]))
      && UUIDText.isHyphenated(UTF8Text.dropFirst(path, 37))
  }

  /// `a:ID:serviceURL:https://…`.
  private func isTeams(_ path: UnsafeRawBufferPointer) -> Bool {
    guard UTF8Text.starts(path, with: "a:") else { return false }
    var end = 2
    while end < path.count, path[end].isWord || path[end] == UInt8(ascii: "-") { end += 1 }
    guard end > 2 else { return false }
    let rest = UTF8Text.dropFirst(path, end)
    return continues(rest, behind: ":serviceURL:https://")
      || continues(rest, behind: ":serviceURL:http://")
  }

  private func continues(_ text: UnsafeRawBufferPointer, behind prefix: StaticString) -> Bool {
    UTF8Text.starts(text, with: prefix) && text.count > prefix.utf8CodeUnitCount
  }
}

/// The shape of an address that both halves of the server accept as mail.
enum MailAddress {
  static func hasItsShape(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let at = text.firstIndex(of: UInt8(ascii: "@")), at > 0, at <= 64 else { return false }
    return isLocalPart(text[..<at]) && isDomain(text[(at + 1)...])
  }

  /// Runs of letters, digits and marks, with single dots between them.
  private static func isLocalPart(_ part: Slice<UnsafeRawBufferPointer>) -> Bool {
    var previous = UInt8(ascii: ".")
    for byte in part {
      if byte == UInt8(ascii: ".") {
        if previous == byte { return false }
      } else if !byte.isLetter, !byte.isDigit, !isMark(byte) {
        return false
      }
      previous = byte
    }
    return previous != UInt8(ascii: ".")
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// Two labels or more of letters, digits and inner hyphens; the last is no shorter than two.
  private static func isDomain(_ domain: Slice<UnsafeRawBufferPointer>) -> Bool {
    var labels = 0
    var length = 0
    var previous = UInt8(ascii: "-")
    for byte in domain {
      if byte == UInt8(ascii: ".") {
        guard length > 0, previous != UInt8(ascii: "-") else { return false }
        labels += 1
        length = 0
      } else {
        let isHyphen = byte == UInt8(ascii: "-")
        guard byte.isLetter || byte.isDigit || (isHyphen && length > 0) else { return false }
        length += 1
        if length > 63 { return false }
      }
      previous = byte
    }
    return labels >= 1 && length >= 2 && previous != UInt8(ascii: "-")
  }
}
