internal import AsyncHTTPClient
package import Contacts
private import Glibc
private import NIOCore
private import NIOHTTP1
private import NIOPosix
private import NIOSSL
private import Synchronization

/// Carries requests over HTTP, to one server.
///
/// Redirects are answers, never followed: the token goes to the server that was named and to no
/// other.
package final class LiveTransport: Transport {
  package struct Limits: Sendable {
    package var connectTime: Duration = .seconds(10)
    /// From sending a request to the end of its answer; twice that where the body stalls.
    package var answerTime: Duration = .seconds(120)
    /// Bytes of an answer's body.
    package var bodyByteCount = 64 << 20
    /// Connections at once, and so requests under way; more requests wait for one.
    package var connectionCount = 8

    package init() {}
  }

  /// Runs tasks on the thread of the connections: those that send many requests then wake no other
  /// thread for each.
  package let executor: any TaskExecutor

  private let server: ServerAddress
  private let limits: Limits
  private let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let client: HTTPClient
  private let explanation: FailureExplanation
  private let problem = Mutex<ConnectionProblem?>(nil)

  /// Opens connections to a server as they are needed, for as long as the body takes.
  package static func with<Result: Sendable>(
    _ server: ServerAddress, by proxy: ProxyAddress? = nil,
    trusting authorities: TrustedAuthorities = .system, limits: Limits = Limits(),
    _ body: (LiveTransport) async throws -> Result
  ) async throws -> Result {
    let transport = LiveTransport(server, proxy, authorities, limits)
    do {
      let result = try await body(transport)
      try await transport.close()
      return result
    } catch {
      try? await transport.close()
      throw error
    }
  }

  private func close() async throws {
    try await client.shutdown()
    try await loops.shutdownGracefully()
  }

  private init(
    _ server: ServerAddress, _ proxy: ProxyAddress?, _ authorities: TrustedAuthorities,
    _ limits: Limits
  ) {
    self.server = server
    self.limits = limits
    // To this machine there is no way by another one, on which the token would be unprotected.
    let proxy = server.isProtected ? proxy : nil
    explanation = FailureExplanation(server: server, proxy: proxy, limits: limits)
    var configuration = Self.configuration(limits, proxy)
    if !authorities.added.isEmpty {
      configuration.tlsConfiguration?.additionalTrustRoots = [.certificates(authorities.added)]
    }
    // Requests of nobody else's are traced.
    configuration.tracing.tracer = nil
    executor = LoopExecutor(loop: loops.next())
    client = HTTPClient(eventLoopGroupProvider: .shared(loops), configuration: configuration)
  }

  static func configuration(_ limits: Limits, _ proxy: ProxyAddress?) -> HTTPClient.Configuration {
    var protection = TLSConfiguration.makeClientConfiguration()
    protection.minimumTLSVersion = .tlsv12
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: protection, redirectConfiguration: .disallow,
      // How long a head may take is said of each request; a body that stalls ends by this.
      timeout: .init(
        connect: TimeAmount(limits.connectTime), read: TimeAmount(limits.answerTime)))
    // One request at a time on a connection: one that breaks loses no other.
    configuration.httpVersion = .http1Only
    // Whoever sends decides what is tried again.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.connectionCount
    configuration.http1_1ConnectionDebugInitializer = { channel in
      channel.eventLoop.submit {
        try channel.pipeline.syncOperations.addHandler(FlushCollector(), position: .first)
      }
    }
    configuration.proxy = proxy.map { proxy in
      .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.user.map {
          .basic(username: $0, password: proxy.password ?? "")
        })
    }
    return configuration
  }

  /// Why the last request that came to nothing did, and what to do.
  package var lastCause: ConnectionProblem? { problem.withLock(\.self) }

  /// The same as one text.
  package var lastProblem: String? { lastCause?.sentence }

  package func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    let deadline = NIODeadline.now() + TimeAmount(limits.answerTime)
    let response: HTTPClientResponse
    do {
      response = try await client.execute(message(of: request), deadline: deadline)
    } catch {
      throw await failure(error, for: .head)
    }
    do {
      let body = try await body(of: response, by: deadline)
      return APIAnswer(
        status: Int(response.status.code),
        headers: response.headers.map { APIHeader($0.name, $0.value) },
        body: Array(body.readableBytesView))
    } catch {
      throw await failure(error, for: .body)
    }
  }

  /// The client's own deadline ends with the head: a body that trickles would go on for as long as
  /// the server likes.
  private func body(
    of response: HTTPClientResponse, by deadline: NIODeadline
  ) async throws -> ByteBuffer {
    var body = ByteBuffer()
    for try await piece in response.body {
      guard NIODeadline.now() < deadline else { throw HTTPClientError.deadlineExceeded }
      let byteCount = body.readableBytes + piece.readableBytes
      guard byteCount <= limits.bodyByteCount else {
        throw NIOTooManyBytesError(maxBytes: limits.bodyByteCount)
      }
      if body.readableBytes == 0 { body = piece } else { body.writeImmutableBuffer(piece) }
    }
    return body
  }

  private func message(of request: APIRequest) -> HTTPClientRequest {
    var message = HTTPClientRequest(url: server.text + request.target)
    message.method = .init(rawValue: request.method)
    for header in request.headers { message.headers.add(name: header.name, value: header.value) }
    if request.header("User-Agent") == nil {
      message.headers.add(name: "User-Agent", value: "regra")
    }
    if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
    return message
  }

  private enum Part { case head, body }

  private func failure(_ error: any Error, for part: Part) async -> TransportFailure {
    let cause = await explanation.cause(of: error)
    problem.withLock { $0 = cause }
    switch error as? HTTPClientError {
    case .readTimeout, .writeTimeout, .deadlineExceeded, .cancelled: return .timedOut
    case .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout,
      .getConnectionFromPoolTimeout, .invalidProxyResponse, .proxyAuthenticationRequired:
      return .unreachable
    default: break
    }
    if part == .body { return .truncated }
    return Self.isBeforeRequest(error) ? .unreachable : .reset
  }

  /// Whether the connection was given up before anything could be sent over it.
  private static func isBeforeRequest(_ error: any Error) -> Bool {
    if case .handshakeFailed? = error as? NIOSSLError { return true }
    return error is NIOConnectionError || error is NIOSSLExtraError
      || (error as? IOError)?.errnoCode == ECONNREFUSED
  }
}
