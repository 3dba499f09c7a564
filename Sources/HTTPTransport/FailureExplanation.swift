private import AsyncHTTPClient
private import Glibc
private import NIOCore
private import NIOPosix
private import NIOSSL

/// Finds out what an error of the connection means to people.
struct FailureExplanation: Sendable {
  let server: ServerAddress
  let proxy: ProxyAddress?
  let limits: LiveTransport.Limits

  /// Where the connection was tried to: the proxy, if there is one.
  private var place: String { proxy.map { "the proxy \($0.name)" } ?? server.name }

  /// What is wrong with a certificate needs another look at it.
  func cause(of error: any Error) async -> ConnectionProblem {
    switch error {
    case let error as HTTPClientError: problem(error)
    case let error as NIOConnectionError: problem(error)
    case let error as IOError: problem(error)
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      .otherName(server.host)
    case NIOSSLError.handshakeFailed(let reason): await handshakeProblem(reason)
    default: ConnectionProblem("\(error)")
    }
  }

  private func problem(_ error: HTTPClientError) -> ConnectionProblem {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout,
      .getConnectionFromPoolTimeout:
      .late(place, limits.connectTime)
    case .readTimeout, .writeTimeout, .deadlineExceeded: .unanswered(within: limits.answerTime)
    case .remoteConnectionClosed: ConnectionProblem("the connection was closed")
    case .invalidProxyResponse:
      proxy.map { .proxyRefuses($0.name, server.name) } ?? ConnectionProblem("\(error)")
    case .proxyAuthenticationRequired:
      proxy.map { .proxyAsks($0) } ?? ConnectionProblem("\(error)")
    default: ConnectionProblem("\(error)")
    }
  }

  private func problem(_ error: NIOConnectionError) -> ConnectionProblem {
    guard let first = error.connectionErrors.first?.error else {
      return .unknownName(proxy?.host ?? server.host)
    }
    if case .connectTimeout? = first as? ChannelError { return .late(place, limits.connectTime) }
    return (first as? IOError).map { problem($0) } ?? .unconnected(place, "\(first)")
  }

  private func problem(_ error: IOError) -> ConnectionProblem {
    if error.errnoCode == ECONNREFUSED { return .refused(place) }
    if error.errnoCode == ECONNRESET { return ConnectionProblem("the connection was closed") }
    return .unconnected(place, String(cString: strerror(error.errnoCode)))
  }

  private func handshakeProblem(_ error: BoringSSLError) async -> ConnectionProblem {
    let words = "\(error)"
    if words.contains("WRONG_VERSION_NUMBER") || words.contains("HTTP_REQUEST") {
      return .unencrypted(server.name)
    }
    guard words.contains("CERTIFICATE_VERIFY_FAILED") else {
      return ConnectionProblem("no TLS with \(server.name): \(words)")
    }
    guard let life = await CertificateLook(server: server, proxy: proxy, limits: limits).life()
    else { return .untrusted(server.host) }
    return .certificate(of: server.host, from: life.start, until: life.end, at: time(nil))
  }
}
