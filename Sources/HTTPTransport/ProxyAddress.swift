private import Foundation
private import Glibc

/// An HTTP proxy that leads to servers of `https://`: it is asked for a tunnel and sees no more than
/// the server's name.
package struct ProxyAddress: Sendable, Equatable {
  package let host: String
  package let port: Int
  let user: String?
  let password: String?

  /// Host and port, without what is secret.
  package var name: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
  package var hasPassword: Bool { user != nil || password != nil }

  /// Why a text is no address of a proxy.
  package enum Refusal: Error, Equatable {
    case noAddress
    case otherScheme(String)

    package var sentence: String {
      switch self {
      case .noAddress: "must be the address of a proxy such as http://proxy.example:3128"
      case .otherScheme(let scheme): "must begin with http://; \(scheme) is not spoken to proxies"
      }
    }
  }

  /// Reads `http://proxy.example:3128`; without a scheme it is HTTP, without a port 1080, as for curl.
  package init(_ written: String) throws(Refusal) {
    let text = written.contains("://") ? written : "http://" + written
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let found = parts.host, !found.isEmpty, (1...65_535).contains(parts.port ?? 1_080),
      ["", "/"].contains(parts.path), parts.query == nil, parts.fragment == nil
    else { throw .noAddress }
    guard scheme == "http" else { throw .otherScheme("\(scheme)://") }
    host = found.hasPrefix("[") ? String(found.dropFirst().dropLast()) : found
    port = parts.port ?? 1_080
    (user, password) = (parts.user, parts.password)
  }

  /// The variables that name a proxy for `https://`, the first that is set counting, as for curl.
  private static let variables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]

  /// The variable of the environment that leads to a server by a proxy, and what it says.
  package static func variable(
    for server: ServerAddress, in value: (String) -> String?
  ) -> (name: String, text: String)? {
    func set(_ name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }
    let exceptions = set("no_proxy") ?? set("NO_PROXY") ?? ""
    guard server.isProtected, !isExcepted(server.host, by: exceptions) else { return nil }
    for name in variables {
      if let text = set(name) { return (name, text) }
    }
    return nil
  }

  /// Whether `NO_PROXY` names a host: by `*`, by its name or a domain that it is in, or by an address
  /// or a range of addresses such as `10.0.0.0/8`.
  static func isExcepted(_ host: String, by exceptions: String) -> Bool {
    if exceptions == "*" { return true }
    let host = host.lowercased()
    return exceptions.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }.contains {
      entry in
      if let address = addressBytes(host) { return holds(entry, address) }
      let domain = entry.drop { $0 == "." }
      let name = domain.last == "." ? domain.dropLast() : domain
      return !name.isEmpty && (host == name || host.hasSuffix("." + name))
    }
  }

  private static func holds(_ range: Substring, _ address: [UInt8]) -> Bool {
    let parts = range.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = addressBytes(String(parts[0])),
      first.count == address.count
    else { return false }
    guard parts.count == 2 else { return first == address }
    guard let bits = Int(parts[1]), (0...address.count * 8).contains(bits) else { return false }
    return address.indices.allSatisfy { index in
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> min(max(bits - index * 8, 0), 8))
      return first[index] & mask == address[index] & mask
    }
  }

  /// The bytes of an IP address; nothing where the text is a name.
  private static func addressBytes(_ text: String) -> [UInt8]? {
    let text = text.hasPrefix("[") ? String(text.dropFirst().dropLast()) : text
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
    return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
  }
}
