import Contacts
import NIOCore
import Simulator
import Testing

@testable import SimulatorServer

private let request = "GET /api/v2/contacts.json HTTP/1.1\r\nHost: localhost\r\n\r\n"

@Suite("Faults over HTTP")
struct DeliveryTests {
  private func api(_ effects: Fault.Effect..., body: String = "{}") -> SimulatedAPI {
    let answer = Fault.Effect.answer(APIAnswer(status: 200, body: Array(body.utf8)), .skipped)
    return SimulatedAPI(
      Workspace(.weni), faults: FaultPlan((effects + [answer]).map { Fault($0) }))
  }

  @Test("a reset breaks the connection", arguments: [.skipped, .done] as [Fault.Application])
  func reset(_ application: Fault.Application) async throws {
    let failure = try await withServer(api(.reset(application))) { server in
      await #expect(throws: IOError.self) { try await server.reply(to: request) }
    }
    #expect(failure?.errnoCode == 104, "ECONNRESET")
  }

  @Test("a truncated body ends before its length")
  func truncation() async throws {
    let reply = try await withServer(api(.truncate(byteCount: 3), body: "{\"a\": 1}")) { server in
      try await server.reply(to: request)
    }
    #expect(reply.contains("Content-Length: 8\r\n"))
    #expect(reply.hasSuffix("\r\n\r\n{\"a"))
  }

  @Test("a slow body takes its time and arrives whole")
  func slowness() async throws {
    let body = String(repeating: "x", count: 300)
    let clock = ContinuousClock()
    let start = clock.now
    let answer = try await withServer(api(.slow(bytesPerSecond: 1_000), body: body)) { server in
      try await server.withConnection { connection in
        try await connection.send(request)
        return try await connection.readAnswer()?.answer
      }
    }
    #expect(answer?.body == Array(body.utf8))
    #expect(clock.now - start >= .milliseconds(300))
  }

  @Test("latency delays the answer")
  func latency() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let delay = Duration.milliseconds(60)
    _ = try await withServer(api(.delay(delay...delay))) { server in
      try await server.withConnection { connection in
        try await connection.send(request)
        return try await connection.readAnswer()?.answer.status
      }
    }
    #expect(clock.now - start >= delay)
  }
}
