package import Contacts
package import StateStore

/// Why a pull ended before its end; what was read until then is stored.
package enum PullFailure: Error, Sendable, Equatable {
  case unreachable(TransportFailure)
  /// The server answered so again and again.
  case serverError(Int)
  case throttled(Duration)
  /// The token may not do this; with the server's words.
  case notAllowed(String)
  case redirected(String?)
  case refused(Int, String)
  /// What answers is not the API, or speaks another dialect of it.
  case noPage
  case otherDialect(found: Dialect)
  /// Pages lead in a circle.
  case endlessPages
  case store(StoreFailure)

  /// What happened, as the end of a sentence about the server.
  package var sentence: String {
    switch self {
    case .unreachable(.unreachable): "cannot be reached"
    case .unreachable(.reset): "ended the connection without an answer, again and again"
    case .unreachable(.timedOut): "did not answer in time, again and again"
    case .unreachable(.truncated): "did not finish its answers, again and again"
    case .serverError(let status): "answered \(status), again and again"
    case .throttled(let wait):
      "asks to come back in \(wait.components.seconds) s, too often or too late"
    case .notAllowed(let words):
      "does not allow this token to read contacts: \(ServerWords.plain(words))"
    case .redirected(let place):
      "leads elsewhere\(place.map { " (\($0.withoutSecrets))" } ?? ""); give that address if you trust it"
    case .refused(let status, let words): "answered \(status): \(ServerWords.plain(words))"
    case .noPage: "answered with something that is no page of the contact API, again and again"
    case .otherDialect(let found):
      "speaks the dialect \(found.rawValue); say so with --dialect \(found.rawValue)"
    case .endlessPages: "leads from page to page in a circle"
    case .store(let failure): failure.sentence
    }
  }
}

extension String {
  /// An address up to its query, without a name and password in it: either may repeat what was asked.
  fileprivate var withoutSecrets: String {
    let address = prefix { $0 != "?" && $0 != "#" }
    guard let at = address.lastIndex(of: "@") else { return String(address) }
    return "…" + address[address.index(after: at)...]
  }
}
