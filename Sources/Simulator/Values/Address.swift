private import CPhone
private import Contacts

/// A URN in its parts, as the API's first half reads it: `scheme:path?query#display`.
struct Address: Equatable, Sendable {
  var scheme: AddressScheme
  var path: [UInt8]
  var query: [UInt8] = []
  var display: [UInt8] = []

  /// Reads a URN; absent where it has no path or a scheme that the dialect lacks.
  init?(parsing text: [UInt8], in profile: ServerProfile) {
    guard let parts = AddressParts(text), let scheme = AddressScheme(parts.scheme),
      !parts.path.isEmpty, profile.knows(scheme)
    else { return nil }
    self.scheme = scheme
    path = AddressParts.unescaped(parts.path)
    query = AddressParts.unescaped(parts.query)
    display = AddressParts.unescaped(parts.display)
  }

  /// Scheme and path, which belong to one contact of a workspace at most.
  var identity: [UInt8] { AddressParts.identity(scheme, path) }

  /// All parts, as a message quotes them.
  var text: [UInt8] {
    var text = identity
    for (mark, part) in [("?", query), ("#", display)] where !part.isEmpty {
      text.append(contentsOf: mark.utf8)
      AddressParts.appendEscaped(part, to: &text)
    }
    return text
  }

  /// Whether the database's own check would accept the path: the identity must be its plain form.
  var hasPlainPath: Bool {
    !path.contains { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "?") }
  }

  /// Brings the parts into the form that is looked up and stored; nil where no path is left.
  ///
  /// The country, two letters, is for phone numbers without their country's code.
  func normalized(country: [UInt8]?) -> Address? {
    var address = self
    address.path = WideText.trimmed(path)
    switch scheme {
    case .tel: address.path = PhonePath.normalized(address.path, country: country)
    case .twitter: address.path = Self.handle(address.path)
    case .twitterid: address.display = Self.handle(WideText.trimmed(display))
    case .mailto: address.path = WideText.lowercased(address.path)
    default: break
    }
    return address.path.isEmpty ? nil : address
  }

  /// In lower case, without one leading `@`.
  private static func handle(_ text: [UInt8]) -> [UInt8] {
    let lower = WideText.lowercased(text)
    return lower.first == UInt8(ascii: "@") ? Array(lower.dropFirst()) : lower
  }

  /// Whether the API's first half accepts the normalised address.
  func isValid(country: [UInt8]?, in profile: ServerProfile) -> Bool {
    switch scheme {
    case .tel: PhonePath.possible(path, country: country) != nil
    case .twitter: Self.isHandle(path)
    case .twitterid:
      PythonNumber.isDigits(path) && (display.isEmpty || Self.isHandle(display))
    case .mailto: MailPath.isValid(path, profile.mailTopLevel)
    case .facebook: path.starts(with: "ref:".utf8) || PythonNumber.isInteger(path)
    case .discord: PythonNumber.isInteger(path)
    case .telegram, .instagram: path.allSatisfy(\.isDigit)
    case .whatsapp: path.allSatisfy(\.isDigit) || profile.isBusinessScoped(path)
    case .viber:
      path.count <= 24 && path.allSatisfy { $0.isWord || profile.viberMarks.contains($0) }
    case .freshchat: Self.isFreshchat(path)
    case .ext, .line, .fcm, .wechat, .vk, .rocketchat, .slack, .jiochat, .teams, .weniwebchat,
      .webchat, .deleted:
      true
    }
  }

  private static func isHandle(_ text: [UInt8]) -> Bool {
    !text.isEmpty && text.count <= 15 && text.allSatisfy(\.isWord)
  }

  /// Two uuids in any case with a slash between.
  private static func isFreshchat(_ path: [UInt8]) -> Bool {
    path.count == 73 && path[36] == UInt8(ascii: "/")
      && path.withUnsafeBytes { bytes in
        UUIDText.isHyphenated(UnsafeRawBufferPointer(rebasing: bytes[..<36]))
          && UUIDText.isHyphenated(UnsafeRawBufferPointer(rebasing: bytes[37...]))
      }
  }
}

/// The written parts of a URN.
struct AddressParts {
  var scheme: [UInt8] = []
  var path: [UInt8] = []
  var query: [UInt8] = []
  var display: [UInt8] = []

  private enum Part { case scheme, path, query, display }

  /// Absent where a part stands before the one it must follow.
  init?(_ text: [UInt8]) {
    var part = Part.scheme
    var start = 0
    for (index, byte) in text.enumerated() {
      let next: Part
      switch (byte, part) {
      case (UInt8(ascii: ":"), .scheme): next = .path
      case (UInt8(ascii: "?"), .path): next = .query
      case (UInt8(ascii: "#"), .path), (UInt8(ascii: "#"), .query): next = .display
      case (UInt8(ascii: "?"), _), (UInt8(ascii: "#"), _): return nil
      default: continue
      }
      set(part, to: Array(text[start..<index]))
      (part, start) = (next, index + 1)
    }
    set(part, to: Array(text[start...]))
    if scheme.isEmpty { return nil }
  }

  private mutating func set(_ part: Part, to text: [UInt8]) {
    switch part {
    case .scheme: scheme = text
    case .path: path = text
    case .query: query = text
    case .display: display = text
    }
  }

  /// Scheme and path as they identify a contact.
  static func identity(_ scheme: AddressScheme, _ path: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(path.count + 16)
    text.append(contentsOf: scheme.bytes)
    text.append(UInt8(ascii: ":"))
    appendEscaped(path, to: &text)
    return text
  }

  private static let escapes: [(mark: UInt8, code: [UInt8])] = [
    (UInt8(ascii: "#"), Array("%23".utf8)), (UInt8(ascii: "%"), Array("%25".utf8)),
    (UInt8(ascii: "?"), Array("%3F".utf8)),
  ]

  private static func isEscape(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "#") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "?")
  }

  static func appendEscaped(_ text: [UInt8], to output: inout [UInt8]) {
    guard text.contains(where: isEscape) else { return output.append(contentsOf: text) }
    for byte in text {
      if let escape = escapes.first(where: { $0.mark == byte }) {
        output.append(contentsOf: escape.code)
      } else {
        output.append(byte)
      }
    }
  }

  static func unescaped(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "%")) else { return text }
    var output: [UInt8] = []
    var index = 0
    while index < text.count {
      let rest = text[index...]
      if let escape = escapes.first(where: { rest.starts(with: $0.code) }) {
        output.append(escape.mark)
        index += 3
      } else {
        output.append(text[index])
        index += 1
      }
    }
    return output
  }
}
