private import Contacts

/// The schemes that some dialect's API lets pass; `deleted` marks the URNs of deleted contacts.
enum AddressScheme: String, CaseIterable, Sendable {
  case tel, whatsapp, mailto, ext, telegram, instagram, facebook, twitter, twitterid, viber, line
  case fcm, wechat, vk, rocketchat, slack, jiochat, freshchat, teams
  case discord, weniwebchat, webchat
  case deleted

  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.map { (Array($0.rawValue.utf8), $0) })

  /// Schemes are lower case and stand right before the colon.
  init?(_ name: [UInt8]) {
    // Most addresses are of these two.
    if name == "whatsapp" {
      self = .whatsapp
    } else if name == "tel" {
      self = .tel
    } else {
      guard let scheme = Self.byName[name] else { return nil }
      self = scheme
    }
  }

  var bytes: String.UTF8View { rawValue.utf8 }

  /// What the server's other half asks of such addresses: the service that stores them.
  func isKept(_ path: [UInt8], by profile: ServerProfile) -> Bool {
    switch self {
    case .deleted, .weniwebchat: false
    case .teams: profile.keepsTeams && Self.isTeams(path)
    case .line: !path.isEmpty && path.count <= 36 && path.allSatisfy(\.isWord)
    case .jiochat, .discord, .telegram, .instagram, .twitterid:
      !path.isEmpty && path.allSatisfy(\.isDigit)
    case .facebook:
      path.starts(with: "ref:".utf8) || (!path.isEmpty && path.allSatisfy(\.isDigit))
    case .webchat: Self.isWebchat(path)
    case .tel: Self.isPhone(path)
    case .mailto: Self.isMail(path)
    case .ext, .fcm, .wechat, .vk, .rocketchat, .slack, .whatsapp, .twitter, .viber, .freshchat:
      true
    }
  }

  private static func isPhone(_ path: [UInt8]) -> Bool {
    let digits = path.first == UInt8(ascii: "+") ? path.dropFirst() : path[...]
    return !digits.isEmpty && digits.count <= 64
      && digits.allSatisfy { $0.isDigit || $0.isLetter }
  }

  private static func isMail(_ path: [UInt8]) -> Bool {
    let parts = path.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    let isBlankFree = !path.contains { $0 == 0x20 || (0x09...0x0D).contains($0) }
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && isBlankFree
  }

  /// 24 letters and digits, perhaps with `:` and a mail address behind them.
  private static func isWebchat(_ path: [UInt8]) -> Bool {
    guard path.count >= 24, path[..<24].allSatisfy({ $0.isDigit || $0.isLetter }) else {
      return false
    }
    return path.count == 24 || (path[24] == UInt8(ascii: ":") && isMail(Array(path[25...])))
  }

  /// `a:ID:serviceURL:https://…`.
  private static func isTeams(_ path: [UInt8]) -> Bool {
    guard path.starts(with: "a:".utf8) else { return false }
    let id = path[2...].prefix { $0.isWord || $0 == UInt8(ascii: "-") }
    let rest = path[id.endIndex...]
    for prefix in [":serviceURL:https://", ":serviceURL:http://"]
    where rest.starts(with: prefix.utf8) {
      return !id.isEmpty && rest.count > prefix.utf8.count
    }
    return false
  }
}
