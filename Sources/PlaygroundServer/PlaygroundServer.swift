internal import Diagnostics
private import Foundation
internal import HTTPTypes
internal import Hummingbird
import Logging
private import NIOCore
package import Serving

/// The page of the playground, served to this machine alone.
package struct PlaygroundServer: Sendable {
  /// Rules and events that are typed are no larger.
  private static let bodyLimit = 64 << 20

  private let session: PageSession
  private let secrets = PageSecrets()

  package init(_ scene: PageScene) { session = PageSession(scene) }

  /// Serves until SIGINT or SIGTERM and gives the number of the signal.
  ///
  /// Port 0 takes a free one; `whenListening` gets the address that opens the page, once.
  package func runUntilInterrupted(
    port: Int, whenListening: @escaping @Sendable (_ address: String) async -> Void
  ) async throws(Serving.Failure) -> Int32 {
    try await Serving.untilInterrupted { (stop) async throws(Serving.Failure) in
      try await run(port: port, until: stop, whenListening: whenListening)
    }
  }

  /// The same until `stop` returns.
  package func run(
    port: Int = 0, until stop: @escaping @Sendable () async -> Void,
    whenListening: @escaping @Sendable (_ address: String) async -> Void
  ) async throws(Serving.Failure) {
    let hosts = PageHosts()
    let token = secrets.token
    let logger = Logger(label: "regra play") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
      router: router(hosts), configuration: .init(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? port
        hosts.allow(port: port)
        await whenListening("http://127.0.0.1:\(port)/?token=\(token)")
      }, logger: logger)
    // A browser keeps its connections.
    try await Serving.run(
      application, logger: logger, stopTime: .milliseconds(200), until: stop)
  }

  /// What is wrong with the rules of `request`, as JSON.
  package func check(_ request: [UInt8]) async throws -> [UInt8] {
    let request = try Self.decoded(RehearseRequest.self, from: Data(request))
    return Array(try JSONEncoder().encode(await session.check(request)))
  }

  /// What the page gets when something was typed, as JSON; `request` holds the files and events.
  package func rehearse(_ request: [UInt8]) async throws -> [UInt8] {
    let request = try Self.decoded(RehearseRequest.self, from: Data(request))
    return Array(try JSONEncoder().encode(await session.rehearse(request)))
  }

  private func router(_ hosts: PageHosts) -> Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: PageGuard<BasicRequestContext>(hosts: hosts, secrets: secrets))
    for asset in PageAsset.all { router.get("\(asset.path)") { _, _ in asset.response } }
    let session = session
    router.get("api/scene") { request, _ in
      func named(_ name: Substring) -> String? {
        request.uri.queryParameters[name].map(String.init)
      }
      return try Self.reply(
        await session.start(
          in: named("lang").flatMap { Language(rawValue: $0) }, browser: named("browser") ?? "")
      )
    }
    router.post("api/check") { request, _ in
      try Self.reply(await session.check(try await Self.body(of: request)))
    }
    router.post("api/rehearse") { request, _ in
      try Self.reply(await session.rehearse(try await Self.body(of: request)))
    }
    Self.add("api/step", to: router) { Self.reply(json: try await session.step($0)) }
    Self.add("api/why-not", to: router) { try Self.reply(await session.whyNot($0)) }
    Self.add("api/test", to: router) { try Self.reply(await session.test($0)) }
    Self.add("api/share", to: router) { try Self.reply(await session.share($0)) }
    return router
  }

  /// A question about a step.
  private static func add(
    _ path: RouterPath, to router: Router<BasicRequestContext>,
    _ answer: @escaping @Sendable (StepRequest) async throws -> Response
  ) {
    router.post(path) { request, _ in
      do {
        return try await answer(try await body(of: request))
      } catch let failure as PageSession.Failure {
        // The page says it in its own language.
        return try reply(FailureReply(failure: failure.message.rawValue))
      }
    }
  }

  private static func body<Body: Decodable>(of request: Request) async throws -> Body {
    let buffer = try await request.body.collect(upTo: bodyLimit)
    return try decoded(Body.self, from: Data(buffer.readableBytesView))
  }

  private static func decoded<Body: Decodable>(_: Body.Type, from data: Data) throws -> Body {
    do {
      return try JSONDecoder().decode(Body.self, from: data)
    } catch {
      throw HTTPError(.badRequest)
    }
  }

  private static func reply(_ value: some Encodable) throws -> Response {
    reply(json: Array(try JSONEncoder().encode(value)))
  }

  private static func reply(json: [UInt8]) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: json)))
  }
}
