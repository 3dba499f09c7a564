/// What an address line names.
struct Route: Sendable {
  enum Endpoint: String, Sendable, CaseIterable {
    case contacts, contact_actions, fields, groups, workspace, org
    case contacts_lean
    case root = ""
  }

  enum Format: Sendable { case json, api }

  var endpoint: Endpoint
  /// Absent where the path has no suffix.
  var format: Format?
  var query: QueryValues
  /// The path as written, for links to other pages.
  var path: String

  private static let base = Array("/api/v2/".utf8)
  private static let endpoints = Endpoint.allCases.map { (name: Array($0.rawValue.utf8), $0) }

  /// Absent where no endpoint has this address.
  init?(_ target: String, in profile: ServerProfile) {
    let text = target.utf8.prefix { $0 != UInt8(ascii: "#") }
    let written = text.prefix { $0 != UInt8(ascii: "?") }
    let path = Self.decodedPath(written)
    guard path.starts(with: Self.base) else { return nil }
    var name = path.dropFirst(Self.base.count)
    if let dot = name.firstIndex(of: UInt8(ascii: ".")) {
      var suffix = name[(dot + 1)...]
      if suffix.last == UInt8(ascii: "/") { suffix.removeLast() }
      guard suffix.elementsEqual("json".utf8) || suffix.elementsEqual("api".utf8) else {
        return nil
      }
      format = suffix.first == UInt8(ascii: "j") ? .json : .api
      name = name[..<dot]
    }
    guard let (_, endpoint) = Self.endpoints.first(where: { name.elementsEqual($0.name) }),
      profile.has(endpoint)
    else { return nil }
    if endpoint == .root, format != nil { return nil }
    self.endpoint = endpoint
    query = QueryValues(text.dropFirst(written.count + 1))
    self.path = String(decoding: written, as: UTF8.self)
  }

  private static func decodedPath(_ path: some Collection<UInt8>) -> [UInt8] {
    guard path.contains(UInt8(ascii: "%")) else { return Array(path) }
    // A plus means itself in a path.
    return path.split(separator: UInt8(ascii: "+"), omittingEmptySubsequences: false)
      .map { QueryValues.decoded($0) }.reduce(into: []) { output, part in
        if !output.isEmpty { output.append(UInt8(ascii: "+")) }
        output.append(contentsOf: part)
      }
  }
}
