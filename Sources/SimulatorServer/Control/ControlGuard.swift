import Contacts
import NIOCore

/// Who may use the control endpoint: programs on this machine, and no page of a browser.
///
/// A browser on this machine would send requests for any page it shows. Such a request names the
/// page's host (a name that was made to point here), or comes with an `Origin`.
enum ControlGuard {
  /// Why a request is refused; nil where it may pass.
  static func objection(to request: APIRequest, from peer: SocketAddress?) -> String? {
    guard peer?.isLoopback == true else { return "only from this machine" }
    let hosts = request.headers.filter { $0.isNamed("host") }
    guard hosts.count == 1, let host = hosts.first?.value, isLoopback(host) else {
      return "only under the name localhost, 127.0.0.1 or [::1]"
    }
    for header in request.headers where header.isNamed("origin") {
      guard header.value.lowercased() == "http://" + host.lowercased() else {
        return "not for pages from elsewhere"
      }
    }
    return nil
  }

  /// A `Host`, perhaps with a port, that means this machine and nothing else.
  private static func isLoopback(_ host: String) -> Bool {
    var name = Substring(host.lowercased())
    if let colon = name.lastIndex(of: ":"), !name.hasSuffix("]") {
      guard name[name.index(after: colon)...].allSatisfy(\.isWholeNumber) else { return false }
      name = name[..<colon]
    }
    return ["localhost", "127.0.0.1", "[::1]"].contains(name)
  }
}

extension SocketAddress {
  fileprivate var isLoopback: Bool {
    guard let address = ipAddress else { return false }
    return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
  }
}
