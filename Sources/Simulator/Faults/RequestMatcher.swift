package import Contacts

/// The requests that a fault is about; a part that is absent holds for all.
package struct RequestMatcher: Sendable, Equatable {
  package var method: String?
  /// `*` stands for any text; without a leading `/` it continues `/api/v2/`.
  package var path: String?
  /// A uuid or URN that the address line or the list `contacts` of the body names.
  package var contact: String?
  /// Other names of the same contact.
  package var aliases: [String] = []

  package init(method: String? = nil, path: String? = nil, contact: String? = nil) {
    self.method = method
    self.path = path
    self.contact = contact
  }

  package func matches(_ request: APIRequest) -> Bool {
    if let method, method != request.method { return false }
    let line = request.target.utf8.prefix { $0 != UInt8(ascii: "?") }
    if let path {
      let pattern = path.hasPrefix("/") ? path : "/api/v2/" + path
      guard Self.matches(Array(pattern.utf8)[...], Array(line)[...]) else { return false }
    }
    guard let contact else { return true }
    let names = ([contact] + aliases).map { Array($0.utf8) }
    let query = QueryValues(request.target.utf8.dropFirst(line.count + 1))
    return (query.all("uuid") + query.all("urn")).contains { names.contains($0) }
      || Self.contacts(of: request).contains { contact in names.contains { contact == .string($0) }
      }
  }

  private static func contacts(of request: APIRequest) -> [JSONValue] {
    let rules = JSONReader.Rules(allowsConstants: true, depthLimit: 100)
    guard !request.body.isEmpty, let body = try? JSONReader.read(request.body, rules: rules),
      case .list(let contacts)? = body["contacts"]
    else { return [] }
    return contacts
  }

  /// Tries the shortest text for each `*` first and comes back only to the last one, so that the
  /// cost stays within the product of the lengths.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (pattern, text) = (pattern, text)
    var retry: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
    while !text.isEmpty || !pattern.isEmpty {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (pattern, text)
      } else if let byte = text.first, pattern.first == byte {
        pattern = pattern.dropFirst()
        text = text.dropFirst()
      } else {
        guard let last = retry, !last.text.isEmpty else { return false }
        pattern = last.pattern
        text = last.text.dropFirst()
        retry = (pattern, text)
      }
    }
    return true
  }
}
