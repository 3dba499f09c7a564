/// One request as it goes over the wire.
package struct APIRequest: Sendable, Equatable {
  /// As written on the wire; any token is possible, so that a server can refuse it.
  package var method: String
  /// Path and query, percent-encoded: `/api/v2/contacts.json?urn=tel%3A%2B558299331122`.
  package var target: String
  package var headers: [APIHeader]
  package var body: [UInt8]

  package init(
    method: String, target: String, headers: [APIHeader] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }

  /// The first header of this name; names are compared without regard to case.
  package func header(_ name: StaticString) -> String? { headers.value(of: name) }
}

/// One line of the head of a request or an answer.
package struct APIHeader: Sendable, Equatable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether the header has this name, in any case.
  package func isNamed(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard name.utf8.count == count else { return false }
    var index = 0
    for byte in name.utf8 {
      if byte.lowercased != word.utf8Start[index].lowercased { return false }
      index += 1
    }
    return true
  }
}

extension [APIHeader] {
  /// The value of the first header of this name.
  package func value(of name: StaticString) -> String? {
    for header in self where header.isNamed(name) { return header.value }
    return nil
  }
}
