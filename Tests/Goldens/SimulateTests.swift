import Foundation
import Testing

/// Sizes that a small machine may reduce: `REGRA_TEST_CONNECTIONS`, `REGRA_TEST_BODY_MB`.
private func size(_ name: String, or standard: Int) -> Int {
  ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
}

private let authorized = "Host: localhost\r\nAuthorization: Token t\r\nConnection: close\r\n"

@Suite("regra simulate", .serialized)
struct SimulateTests {
  @Test("it says where it is, which token it takes, and how it ends")
  func words() throws {
    let simulator = try RunningSimulator()
    #expect(simulator.address.hasPrefix("http://127.0.0.1:"))
    let errors = try simulator.errors
    #expect(errors.contains("(weni) is at \(simulator.address)/api/v2/"))
    #expect(errors.contains("Authorization: Token 0123456789abcdef"))
    #expect(errors.contains("Ctrl-C"))
  }

  @Test(
    "a signal ends it with the status of one",
    arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func signals(_ signal: Int32, _ status: Int32) throws {
    let simulator = try RunningSimulator()
    let resting = try Connection(port: simulator.port)
    try resting.send(Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
    #expect(try resting.receive() != nil)
    #expect(simulator.end(signal) == status)
    #expect(try resting.readToEnd().isEmpty)
  }

  @Test("contacts are made and read with the token that was given")
  func token() throws {
    let simulator = try RunningSimulator(
      ["--dialect", "rapidpro"], environment: ["REGRA_TOKEN": "t"])
    let url = "'\(simulator.address)/api/v2/contacts.json?urn=tel%3A%2B5582999330001'"
    let json = "-H 'Authorization: Token t' -H 'Content-Type: application/json'"
    let made = try simulator.curl("\(json) -d '{\"name\": \"Ana\"}' \(url)")
    #expect(made.contains(#""name":"Ana","status":"active""#))
    #expect(try simulator.curl("\(json) \(url)").contains(#""urns":["tel:+5582999330001"]"#))
    #expect(
      try simulator.curl(url) == #"{"detail":"Authentication credentials were not provided."}"#)
  }

  @Test(
    "quotas are those of the flags",
    arguments: [
      (["--quota", "contacts=1"], [200, 429, 200]), (["--quota", "other=0"], [200, 200, 429]),
      (["--no-quotas"], [200, 200, 200]),
    ])
  func quotas(_ flags: [String], _ statuses: [Int]) throws {
    let simulator = try RunningSimulator(flags + ["--token", "t"])
    let answers = try ["contacts", "contacts", "groups"].map { endpoint in
      try simulator.send("GET /api/v2/\(endpoint).json HTTP/1.1\r\n\(authorized)\r\n")
    }
    for (answer, status) in zip(answers, statuses) {
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
    }
  }

  @Test("a clock that was set stands")
  func clock() throws {
    let simulator = try RunningSimulator(["--clock", "2026-03-02T09:00:00-03:00"])
    for _ in 1...2 {
      #expect(
        try simulator.curl("\(simulator.address)/_simulator/clock")
          == #"{"now":"2026-03-02T12:00:00Z","runs":false}"#)
    }
  }

  @Test("the same seed gives the same uuids")
  func seed() throws {
    let answers = try ["3", "3", "4"].map { seed in
      let simulator = try RunningSimulator([
        "--seed", seed, "--clock", "2026-03-02T09:00:00Z", "--token", "t",
      ])
      let body = "{\"name\": \"Ana\"}"
      return try simulator.send(
        "POST /api/v2/contacts.json HTTP/1.1\r\n\(authorized)Content-Type: application/json\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
    #expect(answers[0].hasPrefix("HTTP/1.1 201 "))
    #expect(answers[0] == answers[1])
    #expect(answers[0] != answers[2])
  }

  @Test(
    "flags that say nothing sensible are refused with a sentence",
    arguments: [
      (["--latency", "soon"], 64, "--latency"), (["--fault", "{}"], 64, "is needed"),
      (["--quota", "contacts=many"], 64, "--quota"), (["--clock", "today"], 64, "--clock"),
      (["--no-quotas", "--quota", "contacts=1"], 64, "--no-quotas"),
      (["--port", "70000"], 64, "--port"),
      (["--state", "README.md"], 3, "README.md: Expecting value"),
      (["--state", "nowhere"], 3, "nowhere: "),
      (["--faults", "README.md"], 3, "README.md: Expecting value"),
      (["--host", "192.0.2.1"], 6, "192.0.2.1:"),
    ])
  func mistakes(_ flags: [String], _ status: Int, _ word: String) throws {
    let run = try Command(
      ["simulate", "--port", "0"].filter { _ in flags.first != "--port" } + flags)
    #expect(Int(run.status) == status)
    #expect(run.errors.contains(word), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test("connections that rest cost no answers and little memory")
  func restingConnections() throws {
    let simulator = try RunningSimulator(["--token", "t"])
    let wanted = size("REGRA_TEST_CONNECTIONS", or: 10_000)
    let connections = try (0..<min(wanted, Connection.openableCount)).map { _ in
      try Connection(port: simulator.port)
    }
    let request = "GET /api/v2/contacts.json HTTP/1.1\r\n\(authorized)\r\n"
    #expect(try simulator.send(request).hasPrefix("HTTP/1.1 200 "))
    for connection in [connections.first, connections.last] {
      try connection?.send(Array(request.utf8))
      #expect(try connection?.readToEnd().hasPrefix("HTTP/1.1 200 ") == true)
    }
    #expect(try simulator.peakMemory < 500_000)
  }

  @Test("a body of 50 MB is answered, and longer ones are refused")
  func bodies() throws {
    let simulator = try RunningSimulator(["--token", "t"])
    let count = size("REGRA_TEST_BODY_MB", or: 50) << 20
    let head =
      "POST /api/v2/contacts.json HTTP/1.1\r\n\(authorized)Content-Type: application/json\r\n"
    let connection = try Connection(port: simulator.port)
    try connection.send(Array("\(head)Content-Length: \(count + 13)\r\n\r\n{\"name\":\"Ana\"".utf8))
    try connection.send([UInt8](repeating: UInt8(ascii: " "), count: count - 1))
    try connection.send(Array("}".utf8))
    #expect(try connection.readToEnd().hasPrefix("HTTP/1.1 201 "))
    #expect(try simulator.peakMemory < 500_000)
    let refused = try simulator.send("\(head)Content-Length: 100000000\r\n\r\n")
    #expect(refused.hasPrefix("HTTP/1.1 413 "))
  }
}
