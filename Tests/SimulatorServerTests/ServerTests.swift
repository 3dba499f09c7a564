import Contacts
import NIOCore
import Simulator
import Testing

@testable import SimulatorServer

private let get = "GET /api/v2/contacts.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
private let last = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
private let json = [APIHeader("Content-Type", "application/json")]

@Suite("The server")
struct ServerTests {
  @Test("answers on one connection come in the order of its requests")
  func keepAlive() async throws {
    let api = SimulatedAPI(
      Workspace(.weni),
      faults: FaultPlan(
        (1...3).map { number in
          Fault(
            .answer(APIAnswer(status: 200, body: Array("\(number)".utf8)), .skipped),
            at: Occasions(first: number, times: 1))
        }))
    let bodies = try await withServer(api) { server in
      try await server.withConnection { connection in
        try await connection.send(get + get)
        var bodies = [try await connection.readAnswer()?.answer.body]
        bodies.append(try await connection.readAnswer()?.answer.body)
        try await connection.send(get)
        bodies.append(try await connection.readAnswer()?.answer.body)
        return bodies
      }
    }
    #expect(bodies == [[0x31], [0x32], [0x33]])
  }

  @Test("an answer has the headers of the API, its length, and the time of the simulated clock")
  func head() async throws {
    let api = SimulatedAPI(
      answering: APIAnswer(status: 201, headers: json, body: Array("{}".utf8)))
    api.clock = .virtual(now: Timestamp(microseconds: 1_772_452_800_000_000), step: .zero)
    let reply = try await withServer(api) { server in
      try await server.reply(to: "GET / HTTP/1.0\r\n\r\n")
    }
    #expect(
      reply == """
        HTTP/1.1 201 Created\r
        Content-Type: application/json\r
        Date: Mon, 02 Mar 2026 12:00:00 GMT\r
        Content-Length: 2\r
        Connection: close\r
        \r
        {}
        """)
  }

  @Test("a 204 without a body leaves the connection open")
  func empty() async throws {
    let statuses = try await withServer(SimulatedAPI(answering: APIAnswer(status: 204))) { server in
      try await server.withConnection { connection in
        try await connection.send(get + get)
        let first = try await connection.readAnswer()?.answer
        return [first?.header("content-length"), first?.header("connection")]
          + [try await connection.readAnswer().map { "\($0.answer.status)" }]
      }
    }
    #expect(statuses == ["0", "keep-alive", "204"])
  }

  @Test(
    "a body where HTTP allows none is sent as recorded, and ends the connection",
    arguments: [("POST", 204, "\"\""), ("HEAD", 200, "{\"results\": []}")])
  func strayBody(_ method: String, _ status: Int, _ body: String) async throws {
    let answer = APIAnswer(status: status, headers: json, body: Array(body.utf8))
    let reply = try await withServer(SimulatedAPI(answering: answer)) { server in
      try await server.reply(to: "\(method) / HTTP/1.1\r\nHost: localhost\r\n\r\n\(get)")
    }
    #expect(reply.hasPrefix("HTTP/1.1 \(status) "))
    #expect(
      reply.hasSuffix("Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"))
  }

  @Test("the head of such an answer comes alone, for clients that close behind it")
  func strayBodyComesLater() async throws {
    let answer = APIAnswer(status: 204, headers: json, body: Array("\"\"".utf8))
    let part = try await withServer(SimulatedAPI(answering: answer)) { server in
      try await server.withConnection { connection in
        try await connection.send(get)
        return try await connection.readPart()
      }
    }
    #expect(part.hasSuffix("Connection: close\r\n\r\n"))
  }

  @Test("a client that asks first is told to send its body")
  func expecting() async throws {
    let replies = try await withServer(SimulatedAPI(answering: APIAnswer(status: 200))) { server in
      try await server.withConnection { connection in
        try await connection.send(
          "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        let first = try await connection.readAnswer()?.answer.status
        try await connection.send("{}")
        return [first, try await connection.readAnswer()?.answer.status]
      }
    }
    #expect(replies == [100, 200])
  }

  @Test("a client may end its side behind its request")
  func halfClosed() async throws {
    let api = SimulatedAPI(answering: APIAnswer(status: 200), delay: .milliseconds(20))
    let reply = try await withServer(api) { server in
      try await server.withConnection { connection in
        try await connection.send(get)
        try await connection.channel.close(mode: .output)
        return try await connection.readToEnd()
      }
    }
    #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"))
  }

  @Test("what is no HTTP is answered with 400 and ends the connection")
  func garbage() async throws {
    let reply = try await withServer(SimulatedAPI(Workspace(.weni))) { server in
      try await server.reply(to: "\u{16}\u{3}\u{1}\r\n\r\n")
    }
    #expect(reply.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
  }

  @Test("a client that trickles its request is told so, and closed")
  func slowClient() async throws {
    var limits = ServerLimits.standard
    limits.requestTime = .milliseconds(100)
    let reply = try await withServer(SimulatedAPI(Workspace(.weni)), limits: limits) { server in
      try await server.reply(to: "GET / HTTP/1.1\r\nHost: loc")
    }
    #expect(reply.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
  }

  @Test("a client that rests too long is closed")
  func restingClient() async throws {
    var limits = ServerLimits.standard
    limits.idleTime = .milliseconds(100)
    let reply = try await withServer(SimulatedAPI(Workspace(.weni)), limits: limits) { server in
      try await server.withConnection { try await $0.readToEnd() }
    }
    #expect(reply.isEmpty)
  }

  @Test("bodies that together are more than the server holds are refused")
  func overload() async throws {
    var limits = ServerLimits.standard
    limits.heldByteCount = 100_000
    let reply = try await withServer(
      SimulatedAPI(answering: APIAnswer(status: 200)), limits: limits
    ) { server in
      let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 80000\r\n\r\n"
      return try await server.withConnection { first in
        try await first.send(head + String(repeating: "x", count: 70_000))
        let reply = try await server.reply(to: head + String(repeating: "x", count: 70_000))
        try await first.send(String(repeating: "x", count: 10_000))
        return [reply, try await first.readAnswer().map { "\($0.answer.status)" } ?? "none"]
      }
    }
    #expect(reply[0].hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
    #expect(reply[1] == "200")
  }

  @Test("an answer larger than the server holds is refused")
  func largeAnswer() async throws {
    var limits = ServerLimits.standard
    limits.heldByteCount = 100_000
    let answer = APIAnswer(status: 200, body: Array(repeating: 0x20, count: 200_000))
    let reply = try await withServer(SimulatedAPI(answering: answer), limits: limits) { server in
      try await server.reply(to: get)
    }
    #expect(reply.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
  }

  @Test("connections beyond the limit wait until one ends")
  func waitingConnections() async throws {
    var limits = ServerLimits.standard
    limits.connectionCount = 1
    let replies = try await withServer(
      SimulatedAPI(answering: APIAnswer(status: 200)), limits: limits
    ) { server in
      async let first = server.reply(to: last)
      async let second = server.reply(to: last)
      return try await [first, second]
    }
    #expect(replies.allSatisfy { $0.hasPrefix("HTTP/1.1 200 OK\r\n") })
  }

  @Test("a stop lets answers that are on their way arrive, and closes what rests")
  func stopping() async throws {
    let api = SimulatedAPI(answering: APIAnswer(status: 200), delay: .milliseconds(50))
    let replies = try await withServer(api) { server in
      async let resting = server.withConnection { try await $0.readToEnd() }
      async let busy = server.withConnection { connection in
        try await connection.send(get)
        while api.counts[.contacts].requestCount == 0 {
          await Task.yield()
        }
        server.stop()
        return try await connection.readToEnd()
      }
      return try await [busy, resting]
    }
    #expect(replies[0].hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(replies[1].isEmpty)
  }

  @Test("a port that is taken is named")
  func taken() async throws {
    try await withServer(SimulatedAPI(Workspace(.weni))) { server in
      let second = SimulatorServer(SimulatedAPI(Workspace(.weni)))
      let failure = await #expect(throws: ServerFailure.self) {
        try await second.run(port: server.port, until: {}, whenListening: { _ in })
      }
      #expect(failure?.port == server.port)
      #expect(failure?.reason == "Address already in use")
    }
  }
}
