import Contacts
import NIOCore
import Simulator

@testable import SimulatorServer

/// Sends requests as they are, each on a connection of its own; nothing but the length of a body
/// and a missing `Host` is added.
struct HTTPTransport: Transport {
  let server: Server

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    let bytes = Self.bytes(of: request)
    let answer: WireAnswer?
    do {
      answer = try await server.withConnection { connection in
        try await connection.send(bytes)
        return try await connection.readAnswer()
      }
    } catch {
      throw .reset
    }
    guard let answer else { throw .truncated }
    return answer.answer
  }

  private static func bytes(of request: APIRequest) -> [UInt8] {
    var head = "\(request.method) \(request.target) HTTP/1.1\r\n"
    for header in request.headers { head += "\(header.name): \(header.value)\r\n" }
    if request.header("Host") == nil { head += "Host: localhost\r\n" }
    if !request.body.isEmpty { head += "Content-Length: \(request.body.count)\r\n" }
    return Array("\(head)\r\n".utf8) + request.body
  }
}

/// Starts servers when they are asked for; they end together.
struct ServerPool: Sendable {
  fileprivate struct Wish: Sendable {
    var api: SimulatedAPI
    var listening: CheckedContinuation<Int, Never>
  }

  fileprivate let wishing: AsyncStream<Wish>.Continuation

  func server(for api: SimulatedAPI) async -> Server {
    let port = await withCheckedContinuation { wishing.yield(Wish(api: api, listening: $0)) }
    return Server(port: port)
  }
}

/// Runs servers for as long as the body takes.
func withServers<Result: Sendable>(
  _ body: @escaping @Sendable (ServerPool) async throws -> Result
) async throws -> Result {
  let (wishes, wishing) = AsyncStream.makeStream(of: ServerPool.Wish.self)
  async let serving: Void = withDiscardingTaskGroup { group in
    for await wish in wishes {
      group.addTask {
        try? await SimulatorServer(wish.api).run(
          port: 0, until: { for await _ in AsyncStream(Void.self, { _ in }) {} },
          whenListening: { wish.listening.resume(returning: $0) })
      }
    }
    group.cancelAll()
  }
  defer { wishing.finish() }
  let result = try await body(ServerPool(wishing: wishing))
  wishing.finish()
  await serving
  return result
}
