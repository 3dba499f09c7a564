import Contacts
import HTTPTransport
import Simulator
import Testing

@Suite("TLS")
struct ProtectionTests {
  private let scene = ProtectedScene()

  @Test("a server is believed whose certificate an added authority has signed")
  func added() async throws {
    let authority = try Authority()
    try await scene.serve(try authority.certificate()) { port in
      for name in ["localhost", "127.0.0.1"] {
        let found = try await scene.outcome(
          of: "https://\(name):\(port)", trusting: try authority.pem)
        #expect(found.status == 200)
      }
    }
  }

  @Test("a file of authorities must hold one")
  func noAuthorities() {
    #expect(TrustedAuthorities(adding: Array("no certificate".utf8)) == nil)
    #expect(TrustedAuthorities(adding: []) == nil)
  }

  @Test("a certificate that nobody here trusts is named, with what repairs it")
  func untrusted() async throws {
    let authority = try Authority()
    try await scene.serve(try authority.certificate()) { port in
      let unknown = try await scene.outcome(of: "https://localhost:\(port)")
      #expect(unknown.status == nil)
      #expect(
        unknown.problem?.finding
          == "the certificate of localhost is signed by nobody whom this machine trusts")
      #expect(unknown.problem?.repair?.contains("--ca-file") == true)
      let other = try await scene.outcome(
        of: "https://localhost:\(port)", trusting: try Authority().pem)
      #expect(other.problem == unknown.problem)
    }
    #expect(scene.api.counts[.contacts].requestCount == 0)
  }

  @Test("a certificate that is over is told with its last day")
  func expired() async throws {
    let authority = try Authority()
    try await scene.serve(try authority.certificate(days: -1)) { port in
      let found = try await scene.outcome(
        of: "https://localhost:\(port)", trusting: try authority.pem)
      #expect(found.status == nil)
      #expect(
        found.problem?.finding.contains(
          /^the certificate of localhost expired on 2\d{3}-\d\d-\d\d$/)
          == true)
    }
    #expect(scene.api.counts[.contacts].requestCount == 0)
  }

  @Test("a certificate for another name is not taken")
  func otherName() async throws {
    let authority = try Authority()
    try await scene.serve(try authority.certificate(for: "DNS:shop.example")) { port in
      for name in ["localhost", "127.0.0.1"] {
        let found = try await scene.outcome(
          of: "https://\(name):\(port)", trusting: try authority.pem)
        #expect(found.status == nil)
        #expect(found.problem?.finding == "the certificate shown is not for the name \(name)")
      }
    }
    #expect(scene.api.counts[.contacts].requestCount == 0)
  }
}

@Suite("Words about connections")
struct ConnectionProblemTests {
  private let scene = ProtectedScene()

  @Test(
    "why nobody was reached is said in words",
    arguments: [
      ("https://no-such-host.invalid", "the name no-such-host.invalid leads to no address"),
      ("http://127.0.0.1:9", "nobody listens at 127.0.0.1:9"),
      ("http://localhost:9", "nobody listens at localhost:9"),
    ])
  func unreached(_ server: String, _ words: String) async throws {
    let found = try await scene.outcome(of: server)
    #expect(found.status == nil)
    #expect(found.problem?.finding == words)
    #expect(found.problem?.repair?.isEmpty == false)
  }

  @Test("a server that speaks no TLS is told from one that does")
  func unencrypted() async throws {
    try await Relay.serve(.answer("HTTP/1.1 400 Bad Request\r\n\r\n"), to: 9) { port in
      let found = try await scene.outcome(of: "https://localhost:\(port)")
      #expect(found.status == nil)
      #expect(found.problem?.finding == "localhost:\(port) does not speak TLS there")
    }
  }

  @Test("an answer that takes too long is told with the limit")
  func late() async throws {
    let slow = ProtectedScene.slow(.seconds(60))
    let authority = try Authority()
    var hasty = LiveTransport.Limits()
    hasty.answerTime = .milliseconds(300)
    let limits = hasty
    try await slow.serve(try authority.certificate()) { port in
      let found = try await slow.outcome(
        of: "https://localhost:\(port)", trusting: try authority.pem, limits: limits)
      #expect(
        found.problem?.sentence.hasPrefix("no whole answer within 300 ms; give --timeout") == true)
    }
  }
}

@Suite("Connections at once")
struct ConnectionCountTests {
  @Test("no more requests are under way than were allowed, and no fewer", arguments: [1, 3])
  func pool(_ limit: Int) async throws {
    let scene = ProtectedScene.slow(.milliseconds(20))
    let authority = try Authority()
    let log = Relay.Log()
    var limits = LiveTransport.Limits()
    limits.connectionCount = limit
    let allowed = limits
    try await scene.serve(try authority.certificate(), log: log) { port in
      try await LiveTransport.with(
        try ServerAddress("https://localhost:\(port)"),
        trusting: try #require(TrustedAuthorities(adding: try authority.pem)), limits: allowed
      ) { live in
        let statuses = await withTaskGroup(of: Int.self) { group in
          for _ in 0..<12 {
            group.addTask { (try? await live.send(listing))?.status ?? 0 }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 403, count: 12))
      }
    }
    #expect(log.mostConnections == limit)
  }
}
