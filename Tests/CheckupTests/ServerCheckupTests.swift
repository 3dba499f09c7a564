import Checkup
import Contacts
import Simulator
import Synchronization
import Testing

@Suite("A checkup")
struct CheckupTests {
  @Test("where all is well all is found fine, and nothing but reading was asked for")
  func well() async throws {
    let scene = try CheckupScene()
    try await scene.pull()
    let findings = await scene.findings(tokenFile: .some(nil))
    #expect(findings.map(\.check) == Finding.Check.allCases)
    #expect(findings.filter { $0.verdict != .fine } == [])
    #expect(findings.filter { $0.advice != nil } == [])
    #expect(findings.exitStatus == 0)
    let requests = scene.requests.withLock(\.self)
    #expect(requests.count == 4)
    #expect(requests.allSatisfy { $0.hasPrefix("GET /api/v2/") })
  }

  @Test("the other dialect is looked at as well")
  func otherDialect() async throws {
    let scene = try CheckupScene(.rapidpro)
    try await scene.pull(dialect: .rapidpro)
    let findings = await scene.findings(dialect: .rapidpro)
    #expect(findings.filter { $0.verdict != .fine } == [])
    #expect(findings[.dialect]?.words == "rapidpro, as expected")
  }

  @Test("one failure hides no other: without a server, rules and state are looked at")
  func independent() async throws {
    let scene = try CheckupScene()
    let findings = await scene.findings(
      rules: .text("version: 1\nrules: []\n"), unreachable: ("nobody listens", "check the port"))
    let problems = findings.filter { if case .problem = $0.verdict { true } else { false } }
    #expect(problems.map(\.check) == [.server, .rules])
    #expect(findings[.server]?.words == "https://shop.example cannot be reached: nobody listens")
    #expect(findings[.server]?.advice == "check the port")
    #expect(findings[.token]?.verdict == .unknown)
    #expect(findings[.clock]?.verdict == .unknown)
    #expect(findings[.state]?.verdict == .warning)
    #expect(findings.exitStatus == 6)
  }

  @Test("a token that is refused, or is not there, hides neither clock nor rules nor state")
  func refusedToken() async throws {
    let scene = try CheckupScene()
    try await scene.pull()
    for token in ["wrong", nil] {
      let findings = await scene.findings(token: token)
      #expect(findings[.token]?.verdict == .problem(.server))
      #expect(findings[.server]?.verdict == .fine)
      #expect(findings[.clock]?.verdict == .fine)
      #expect(findings[.rules]?.verdict == .fine)
      #expect(findings[.snapshot]?.verdict == .fine)
      let unknown: [Finding.Check] = [.dialect, .quotas, .country, .fields, .smartGroups]
      #expect(unknown.allSatisfy { findings[$0]?.verdict == .unknown })
      #expect(findings.exitStatus == 6)
    }
  }

  @Test("without rules nothing is said of rules")
  func noRules() async throws {
    let checks = try await CheckupScene().findings(rules: .none).map(\.check)
    #expect(!checks.contains(.rules) && !checks.contains(.fields))
    #expect(checks.contains(.country))
  }
}

/// A server that does not do well, and what is said of it.
struct ServerCase: Sendable, CustomTestStringConvertible {
  var fault: String
  var check: Finding.Check
  var verdict: Finding.Verdict
  var words: String

  var testDescription: String { "\(check): \(fault)" }

  init(_ fault: String, _ check: Finding.Check, _ verdict: Finding.Verdict, _ words: String) {
    (self.fault, self.check, self.verdict, self.words) = (fault, check, verdict, words)
  }
}

@Suite("A checkup of the server")
struct ServerCheckupTests {
  @Test(
    "what the server does is said in words",
    arguments: [
      ServerCase(#"{"answer": "reset"}"#, .server, .problem(.server), "ended the connection"),
      ServerCase(#"{"answer": 502}"#, .server, .problem(.server), "answered 502"),
      ServerCase(#"{"answer": 404}"#, .server, .problem(.server), "answered 404"),
      ServerCase(
        #"{"answer": 200, "body": "<html>hello</html>"}"#, .server, .problem(.server),
        "no page of the contact API"),
      ServerCase(#"{"answer": 302}"#, .server, .problem(.server), "leads elsewhere"),
      ServerCase(
        #"{"on": {"path": "groups.json"}, "answer": 403}"#, .token, .problem(.server),
        "may not read everything"),
      ServerCase(
        #"{"on": {"path": "contacts.json"}, "answer": 429, "retry_after": 1800}"#, .quotas,
        .warning, "that of contacts.json for another 30 min"),
      ServerCase(
        #"{"on": {"path": "fields.json"}, "answer": 429, "retry_after": 90}"#, .quotas, .warning,
        "that of all else for another 90 s"),
      ServerCase(
        #"{"answer": 429, "retry_after": 90}"#, .server, .fine, "answers and proves its name"),
    ])
  func faults(_ server: ServerCase) async throws {
    let scene = try CheckupScene(faults: server.fault)
    let findings = await scene.findings()
    let finding = try #require(findings[server.check])
    #expect(finding.verdict == server.verdict)
    #expect(finding.words.contains(server.words), "\(finding.words)")
  }

  @Test("a failure that passes is no finding")
  func passing() async throws {
    let scene = try CheckupScene(faults: #"{"answer": 502, "times": 1}"#)
    #expect(await scene.findings()[.server]?.verdict == .fine)
  }

  @Test("one endpoint that fails hides the others' findings as little as they hide its own")
  func oneEndpoint() async throws {
    let scene = try CheckupScene(faults: #"{"on": {"path": "groups.json"}, "answer": 500}"#)
    let findings = await scene.findings()
    #expect(findings[.groups]?.verdict == .unknown)
    #expect(findings[.smartGroups]?.verdict == .unknown)
    #expect(findings[.fields]?.verdict == .fine)
    #expect(findings[.dialect]?.verdict == .fine)
  }

  @Test(
    "a clock is fine to 2 s, bad from 5 min, and in between worth a word",
    arguments: [
      (0, Finding.Verdict.fine, "within 2 s"), (1, .fine, "within 2 s"), (-1, .fine, "within 2 s"),
      (10, .warning, "ahead of the server's"), (-10, .warning, "behind the server's"),
      (290, .warning, "ahead of the server's"), (302, .problem(.content), "min ahead of"),
      (-302, .problem(.content), "min behind"), (900_000, .problem(.content), "10 days ahead"),
    ])
  func clock(_ seconds: Int, _ verdict: Finding.Verdict, _ words: String) async throws {
    let scene = try CheckupScene()
    let finding = try #require(await scene.findings(ahead: .seconds(seconds))[.clock])
    #expect(finding.verdict == verdict)
    #expect(finding.words.contains(words), "\(finding.words)")
    #expect((finding.advice == nil) == (verdict == .fine))
  }

  @Test("a server that tells no time is not guessed at")
  func undated() async throws {
    #expect(try await CheckupScene().findings(isDated: false)[.clock]?.verdict == .unknown)
  }

  @Test("the dialect is the server's, however it shows", arguments: Dialect.allCases)
  func dialect(_ dialect: Dialect) async throws {
    let other = dialect == .weni ? Dialect.rapidpro : .weni
    let objects = [
      #"{"contacts": [{"name": "Ana"}]}"#, #"{"groups": [{"name": "Clientes"}]}"#,
      #"{"fields": [{"key": "points", "label": "Points", "type": "number"}]}"#,
    ]
    for object in objects {
      let findings = try await CheckupScene(dialect, holding: object).findings(dialect: other)
      #expect(findings[.dialect]?.verdict == .problem(.content), "\(object)")
      #expect(findings[.dialect]?.advice?.contains("--dialect \(dialect.rawValue)") == true)
    }
  }

  @Test("in an empty workspace nothing shows the dialect")
  func unknownDialect() async throws {
    let scene = try CheckupScene(holding: "{}")
    #expect(await scene.findings()[.dialect]?.verdict == .unknown)
  }

  @Test("a file of a token that others may read is warned of")
  func tokenFile() async throws {
    let scene = try CheckupScene()
    #expect(await scene.findings(tokenFile: "others may read it")[.tokenFile]?.verdict == .warning)
    #expect(await scene.findings(tokenFile: .some(nil))[.tokenFile]?.verdict == .fine)
    #expect(await scene.findings()[.tokenFile] == nil)
  }
}
