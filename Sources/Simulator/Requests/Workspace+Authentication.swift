private import Contacts

extension Workspace {
  /// Finds the user whose key stands in the header; nobody where the header offers none.
  ///
  /// - Returns: a row of the users.
  func authenticate(_ header: String?) throws(Rejection) -> Int? {
    guard let header else { return nil }
    if let user = userOfPlainToken(header) { return user }
    let parts = header.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard let keyword = parts.first.map({ WideText.lowercased(Array($0)) }) else { return nil }
    if keyword == "token" { return try user(ofToken: credentials(in: parts, kind: .token)) }
    if keyword == "basic" { return try user(ofPair: credentials(in: parts, kind: .basic)) }
    return nil
  }

  /// The usual header, `Token KEY`, taken as it stands; absent for any other and for unknown keys.
  private func userOfPlainToken(_ header: String) -> Int? {
    guard header.hasPrefix("Token ") else { return nil }
    return activeUser(ofToken: String(header.utf8.dropFirst(6)) ?? "")
  }

  private enum Kind: String { case token, basic }

  private func credentials(
    in parts: [Substring.UTF8View], kind: Kind
  ) throws(Rejection) -> Substring.UTF8View {
    let head = "Invalid \(kind.rawValue) header."
    if parts.count == 1 { throw .detail(403, "\(head) No credentials provided.") }
    if parts.count == 2 { return parts[1] }
    switch kind {
    case .token: throw .detail(403, "\(head) Token string should not contain spaces.")
    case .basic: throw .detail(403, "\(head) Credentials string should not contain spaces.")
    }
  }

  private func user(ofToken key: Substring.UTF8View) throws(Rejection) -> Int {
    // Header bytes are Latin-1 to the server, which then wants UTF-8.
    guard key.allSatisfy({ $0 < 0x80 }) else {
      throw .detail(
        403, "Invalid token header. Token string should not contain invalid characters.")
    }
    guard let user = activeUser(ofToken: String(Substring(key))) else {
      throw .detail(403, "Invalid token")
    }
    return user
  }

  private func user(ofPair encoded: Substring.UTF8View) throws(Rejection) -> Int {
    guard let bytes = Base64Text.decoded(Array(encoded)),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else {
      throw .detail(403, "Invalid basic header. Credentials not correctly base64 encoded.")
    }
    let email = String(decoding: bytes[..<colon], as: UTF8.self)
    let key = String(decoding: bytes[(colon + 1)...], as: UTF8.self)
    guard let user = activeUser(ofToken: key), users[user].email == email else {
      throw .detail(403, "Invalid token or email")
    }
    return user
  }

  private func activeUser(ofToken key: String) -> Int? {
    guard let token = tokens[key], !token.isReleased, users[token.user].isActive else { return nil }
    return token.user
  }
}
