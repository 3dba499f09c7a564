import ClosedPorts
import Contacts
import HTTPTransport
import Simulator
import SimulatorServer
import Testing

private func api(_ faults: Fault...) -> SimulatedAPI {
  SimulatedAPI(
    Workspace(.weni, seed: 1),
    clock: .virtual(now: Timestamp(microseconds: 1_772_452_800_000_000), step: .milliseconds(1)),
    faults: FaultPlan(faults, seed: 1))
}

/// What comes of sending a request to a simulated server over a connection.
private func sending(
  _ request: APIRequest, to api: SimulatedAPI, limits: LiveTransport.Limits = .init(),
  token: String = Workspace.firstToken
) async throws -> APIAnswer {
  try await SimulatorServer(api).serve { port in
    try await LiveTransport.with(ServerAddress("http://127.0.0.1:\(port)"), limits: limits) {
      try await AuthorizedTransport($0, token: token).send(request)
    }
  }
}

@Suite("Requests over HTTP")
struct LiveTransportTests {
  @Test("an answer is the server's, over a connection as in this process")
  func answers() async throws {
    let post = APIRequest(
      method: "POST", target: "/api/v2/contacts.json?urn=tel%3A%2B5582999330001",
      headers: [APIHeader("Content-Type", "application/json")],
      body: Array(#"{"name": "Conceição"}"#.utf8))
    let found = try await sending(post, to: api())
    let expected = try await AuthorizedTransport(api(), token: Workspace.firstToken).send(post)
    #expect(found.status == 201)
    #expect(found.body == expected.body)
    #expect(found.header("content-type") == expected.header("Content-Type"))
  }

  @Test("a token that is none is refused by the server, not here")
  func token() async throws {
    #expect(try await sending(listing, to: api(), token: "no").status == 403)
  }

  @Test("one connection carries many requests")
  func reuse() async throws {
    let statuses = try await SimulatorServer(api()).serve { port in
      try await LiveTransport.with(ServerAddress("http://127.0.0.1:\(port)")) { live in
        var statuses: Set<Int> = []
        for _ in 0..<50 { statuses.insert(try await live.send(listing).status) }
        return statuses
      }
    }
    #expect(statuses == [403])
  }

  @Test("a connection that breaks without an answer was reset")
  func reset() async throws {
    await #expect(throws: TransportFailure.reset) {
      try await sending(listing, to: api(Fault(.reset(.skipped))))
    }
  }

  @Test("a body that ends too early was truncated")
  func truncated() async throws {
    await #expect(throws: TransportFailure.truncated) {
      try await sending(listing, to: api(Fault(.truncate(byteCount: 10))))
    }
  }

  @Test(
    "an answer that does not come, or whose body stalls or trickles, took too long",
    arguments: [
      Fault(.delay(.seconds(60) ... .seconds(60))), Fault(.slow(bytesPerSecond: 1)),
      Fault(.slow(bytesPerSecond: 20)),
    ])
  func slow(_ fault: Fault) async throws {
    var limits = LiveTransport.Limits()
    limits.answerTime = .milliseconds(300)
    let api = SimulatedAPI(
      Workspace(.weni, seed: 1), faults: FaultPlan([fault], seed: 1))
    await #expect(throws: TransportFailure.timedOut) {
      try await sending(listing, to: api, limits: limits)
    }
  }

  @Test("an answer beyond the limit is not taken in")
  func limit() async throws {
    var limits = LiveTransport.Limits()
    limits.bodyByteCount = 20
    await #expect(throws: TransportFailure.truncated) {
      try await sending(listing, to: api(), limits: limits)
    }
  }

  @Test("where nobody listens nobody is reached, and the reason is kept")
  func refused() async throws {
    let closed = try ClosedPort()
    try await LiveTransport.with(ServerAddress("http://127.0.0.1:\(closed.number)")) { live in
      await #expect(throws: TransportFailure.unreachable) { try await live.send(listing) }
      #expect(live.lastProblem?.isEmpty == false)
    }
    withExtendedLifetime(closed) {}
  }

  @Test("a name that does not exist is not reached")
  func unknownName() async throws {
    try await LiveTransport.with(ServerAddress("https://no-such-host.invalid")) { live -> Void in
      await #expect(throws: TransportFailure.unreachable) { try await live.send(listing) }
    }
  }

  @Test("a server without a certificate gets no request")
  func protection() async throws {
    let api = api()
    var limits = LiveTransport.Limits()
    limits.connectTime = .milliseconds(500)
    let hasty = limits
    try await SimulatorServer(api).serve { port -> Void in
      let server = try ServerAddress("https://127.0.0.1:\(port)")
      try await LiveTransport.with(server, limits: hasty) { live -> Void in
        await #expect(throws: TransportFailure.unreachable) { try await live.send(listing) }
      }
    }
    #expect(api.counts == RequestCounts())
  }

  @Test("a redirect is an answer; the token goes nowhere else")
  func redirect() async throws {
    let other = api()
    try await SimulatorServer(other).serve { otherPort in
      let answer = APIAnswer(
        status: 302, headers: [APIHeader("Location", "http://127.0.0.1:\(otherPort)/")])
      let found = try await sending(listing, to: api(Fault(.answer(answer, .skipped))))
      #expect(found.status == 302)
    }
    #expect(other.counts == RequestCounts())
  }
}
