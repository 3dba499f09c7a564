/// What carries requests to a server: the network, a server in this process, or a test's script.
package protocol Transport: Sendable {
  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer
}

/// Why no whole answer came; whether the server applied the request is unknown in each case but
/// `unreachable`.
package enum TransportFailure: Error, Sendable, Equatable, CaseIterable {
  /// The connection ended before an answer began.
  case reset
  case timedOut
  /// The server was never reached.
  case unreachable
  /// The answer began and did not end.
  case truncated
}

/// Adds the token that a server wants to each request.
package struct AuthorizedTransport: Transport {
  private let base: any Transport
  private let token: String

  package init(_ base: any Transport, token: String) {
    self.base = base
    self.token = token
  }

  package func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    var request = request
    request.headers.append(APIHeader("Authorization", "Token \(token)"))
    return try await base.send(request)
  }
}
