/// The kinds of address the contact API knows, the common ones first.
///
/// Only those that both halves of the server keep count: one checks and answers, the other
/// stores, and drops without a word what it does not know.
package enum Scheme: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  case whatsapp, tel, mailto, ext, telegram, instagram, facebook, twitter, twitterid, viber, line
  case webchat, fcm, wechat, vk, rocketchat, slack, jiochat, freshchat, discord, teams

  /// Reads a scheme as written before the colon; schemes are lower case.
  package init?(_ text: UnsafeRawBufferPointer) {
    var number: UInt8 = 0
    while let scheme = Scheme(rawValue: number) {
      if UTF8Text.equals(text, scheme.word) {
        self = scheme
        return
      }
      number += 1
    }
    return nil
  }

  /// Whether a workspace of this dialect keeps such addresses.
  package func isKept(by dialect: Dialect) -> Bool {
    switch (self, dialect) {
    case (.webchat, .weni), (.discord, .rapidpro), (.teams, .rapidpro): false
    default: true
    }
  }

  var word: StaticString {
    switch self {
    case .whatsapp: "whatsapp"
    case .tel: "tel"
    case .mailto: "mailto"
    case .ext: "ext"
    case .telegram: "telegram"
    case .instagram: "instagram"
    case .facebook: "facebook"
    case .twitter: "twitter"
    case .twitterid: "twitterid"
    case .viber: "viber"
    case .line: "line"
    case .webchat: "webchat"
    case .fcm: "fcm"
    case .wechat: "wechat"
    case .vk: "vk"
    case .rocketchat: "rocketchat"
    case .slack: "slack"
    case .jiochat: "jiochat"
    case .freshchat: "freshchat"
    case .discord: "discord"
    case .teams: "teams"
    }
  }
}
