private import Foundation

/// Where a server of the API is: `https://flows.weni.ai`, perhaps with a port and a path before
/// `/api/v2`.
package struct ServerAddress: Sendable, Hashable {
  /// Scheme, host, port and path, without a last slash.
  package let text: String
  /// Host, with the port and path where there are any: what tells one server from another.
  package let name: String
  /// A name or an address; one of IPv6 stands in brackets.
  package let host: String
  /// Whether what is sent is encrypted, and the server proves who it is.
  package let isProtected: Bool

  /// Why a text is no address that a token may be sent to.
  package enum Refusal: Error, Equatable {
    case noAddress
    /// A password, query or fragment, which an address of a server has no place for.
    case hasOtherParts
    /// Anybody on the way could read the token; only on this machine is nobody on the way.
    case unprotected

    package var sentence: String {
      switch self {
      case .noAddress: "must be an address such as https://flows.weni.ai"
      case .hasOtherParts: "must have a scheme, a host, and perhaps a port and a path; no more"
      case .unprotected: "must begin with https://, as the token would travel unprotected"
      }
    }
  }

  package init(_ written: String) throws(Refusal) {
    guard let parts = URLComponents(string: written), let host = parts.encodedHost, !host.isEmpty,
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme)
    else { throw .noAddress }
    guard (1...65_535).contains(parts.port ?? 443) else { throw .noAddress }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
    else { throw .hasOtherParts }
    guard scheme == "https" || Self.isThisMachine(host) else { throw .unprotected }
    var path = parts.percentEncodedPath
    while path.hasSuffix("/") { path.removeLast() }
    let usualPort = scheme == "https" ? 443 : 80
    let port = parts.port.flatMap { $0 == usualPort ? nil : ":\($0)" } ?? ""
    self.host = host.lowercased()
    isProtected = scheme == "https"
    name = self.host + port + path
    text = "\(scheme)://\(name)"
  }

  private static func isThisMachine(_ host: String) -> Bool {
    if ["localhost", "[::1]"].contains(host.lowercased()) { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }
}
