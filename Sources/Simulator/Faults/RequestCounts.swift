import Contacts

/// How many requests came, by the quota that they draw on.
package struct RequestCounts: Sendable, Equatable {
  /// The requests of one quota.
  package struct Scope: Sendable, Equatable {
    package var requestCount = 0
    /// How often each status was answered.
    package var statusCounts: [Int: Int] = [:]
    /// Connections that broke instead.
    package var resetCount = 0
  }

  private var scopes: [ThrottleScope: Scope] = [:]

  package init() {}

  package subscript(scope: ThrottleScope) -> Scope { scopes[scope] ?? Scope() }

  mutating func count(_ request: APIRequest, _ answer: APIAnswer?) {
    let path = request.target.prefix { $0 != "?" }
    let scope = path.hasSuffix("/contacts.json") ? ThrottleScope.contacts : .everything
    scopes[scope, default: Scope()].count(answer)
  }
}

extension RequestCounts.Scope {
  fileprivate mutating func count(_ answer: APIAnswer?) {
    requestCount += 1
    if let answer {
      statusCounts[answer.status, default: 0] += 1
    } else {
      resetCount += 1
    }
  }
}
