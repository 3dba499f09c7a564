import Contacts
import HTTPTransport
import Simulator
import SimulatorServer
import Testing

@Suite("Proxies")
struct ProxyTests {
  private let scene = ProtectedScene()

  @Test("a proxy leads to a server whose name only it knows, and sees nothing but the name")
  func tunnel() async throws {
    let authority = try Authority()
    let log = Relay.Log()
    try await scene.serve(try authority.certificate(for: "DNS:shop.example")) { port in
      try await Relay.serve(.tunnel(credentials: nil), to: port, log: log) { proxy in
        let found = try await scene.outcome(
          of: "https://shop.example", by: try ProxyAddress("http://127.0.0.1:\(proxy)"),
          trusting: try authority.pem)
        #expect(found.status == 200)
      }
    }
    #expect(log.all.count == 1)
    #expect(log.all[0].hasPrefix("CONNECT shop.example:443 HTTP/1.1\r\n"))
    #expect(!log.all[0].contains(Workspace.firstToken))
  }

  @Test("what is wrong with a certificate behind a proxy is said, too")
  func expiredBehind() async throws {
    let authority = try Authority()
    try await scene.serve(try authority.certificate(for: "DNS:shop.example", days: -1)) { port in
      try await Relay.serve(.tunnel(credentials: nil), to: port) { proxy in
        let found = try await scene.outcome(
          of: "https://shop.example", by: try ProxyAddress("127.0.0.1:\(proxy)"),
          trusting: try authority.pem)
        #expect(found.problem?.finding.contains("certificate of shop.example expired") == true)
      }
    }
  }

  @Test("name and password are given to a proxy that asks for them")
  func password() async throws {
    let authority = try Authority()
    // ana:p@ss
    let wanted = "YW5hOnBAc3M="
    try await scene.serve(try authority.certificate(for: "DNS:shop.example")) { port in
      try await Relay.serve(.tunnel(credentials: wanted), to: port) { proxy in
        func outcome(_ before: String) async throws -> (status: Int?, problem: ConnectionProblem?) {
          try await scene.outcome(
            of: "https://shop.example", by: try ProxyAddress("http://\(before)127.0.0.1:\(proxy)"),
            trusting: try authority.pem)
        }
        #expect(try await outcome("ana:p%40ss@").status == 200)
        let asked = try await outcome("")
        #expect(asked.status == nil)
        #expect(asked.problem?.finding.hasSuffix("asks for a name and a password") == true)
        #expect(asked.problem?.repair?.contains("HTTPS_PROXY=http://NAME:PASSWORD@") == true)
        let refused = try await outcome("ana:wrong@")
        #expect(refused.problem?.finding.hasSuffix("refuses this name and password") == true)
        #expect(refused.problem?.sentence.contains("wrong") == false)
      }
    }
  }

  @Test("a proxy that refuses, or is not there, is named as what is in the way")
  func refusing() async throws {
    try await Relay.serve(.refusal("403 Forbidden"), to: 9) { proxy in
      let found = try await scene.outcome(
        of: "https://shop.example", by: try ProxyAddress("http://127.0.0.1:\(proxy)"))
      #expect(found.status == nil)
      #expect(
        found.problem?.finding == "the proxy 127.0.0.1:\(proxy) does not lead to shop.example")
    }
    let absent = try await scene.outcome(
      of: "https://shop.example", by: try ProxyAddress("http://127.0.0.1:9"))
    #expect(absent.problem?.finding == "nobody listens at the proxy 127.0.0.1:9")
    let unknown = try await scene.outcome(
      of: "https://shop.example", by: try ProxyAddress("http://no-such-host.invalid:3128"))
    #expect(unknown.problem?.finding == "the name no-such-host.invalid leads to no address")
  }

  @Test("to a server without TLS on this machine no proxy leads")
  func direct() async throws {
    let found = try await SimulatorServer(scene.api).serve { port in
      try await scene.outcome(
        of: "http://127.0.0.1:\(port)", by: try ProxyAddress("http://127.0.0.1:9"))
    }
    #expect(found.status == 200)
  }
}

@Suite("Addresses of proxies")
struct ProxyAddressTests {
  @Test(
    "an address is read as curl reads it",
    arguments: [
      ("http://proxy.example:3128", "proxy.example:3128", false),
      ("proxy.example:3128", "proxy.example:3128", false),
      ("proxy.example", "proxy.example:1080", false),
      ("HTTP://ana:pw@10.0.0.1:8080/", "10.0.0.1:8080", true),
      ("http://[::1]:3128", "[::1]:3128", false),
    ])
  func reading(_ written: String, _ name: String, _ hasPassword: Bool) throws {
    let proxy = try ProxyAddress(written)
    #expect(proxy.name == name)
    #expect(proxy.hasPassword == hasPassword)
  }

  @Test(
    "what is no address of an HTTP proxy is refused",
    arguments: [
      ("", ProxyAddress.Refusal.noAddress), ("http://", .noAddress), ("http://a b", .noAddress),
      ("http://proxy.example:99999", .noAddress), ("http://proxy.example/path", .noAddress),
      ("https://proxy.example", .otherScheme("https://")),
      ("socks5://proxy.example", .otherScheme("socks5://")),
    ])
  func refusing(_ written: String, _ refusal: ProxyAddress.Refusal) {
    #expect(throws: refusal) { try ProxyAddress(written) }
    #expect(refusal.sentence.hasPrefix("must "))
  }

  @Test(
    "the environment names a proxy as it does for curl",
    arguments: [
      ([:], nil), (["HTTPS_PROXY": "a"], "a"), (["HTTPS_PROXY": "a", "https_proxy": "b"], "b"),
      (["HTTPS_PROXY": "a", "https_proxy": ""], "a"), (["ALL_PROXY": "c"], "c"),
      (["all_proxy": "c", "HTTPS_PROXY": "a"], "a"), (["HTTP_PROXY": "d", "http_proxy": "d"], nil),
      (["HTTPS_PROXY": "a", "NO_PROXY": "weni.ai"], nil),
      (["HTTPS_PROXY": "a", "NO_PROXY": "weni.ai", "no_proxy": "other.example"], "a"),
    ] as [([String: String], String?)])
  func environment(_ variables: [String: String], _ proxy: String?) throws {
    let server = try ServerAddress("https://flows.weni.ai")
    #expect(ProxyAddress.variable(for: server, in: { variables[$0] })?.text == proxy)
    let local = try ServerAddress("http://localhost:8080")
    #expect(ProxyAddress.variable(for: local, in: { variables[$0] }) == nil)
  }

  @Test(
    "NO_PROXY names hosts, domains and ranges of addresses",
    arguments: [
      ("*", "https://flows.weni.ai", true), ("weni.ai", "https://flows.weni.ai", true),
      (".weni.ai", "https://flows.weni.ai", true), ("flows.weni.ai", "https://Flows.Weni.ai", true),
      ("a.example, WENI.AI.", "https://flows.weni.ai", true),
      ("eni.ai", "https://flows.weni.ai", false),
      ("flows.weni.ai", "https://weni.ai", false), ("10.0.0.0/8", "https://10.1.2.3", true),
      ("10.0.0.0/8", "https://11.1.2.3", false), ("10.1.2.3", "https://10.1.2.3", true),
      ("10.1.2.0/25", "https://10.1.2.128", false), ("0.0.0.0/0", "https://10.1.2.3", true),
      ("10.0.0.0/40", "https://10.1.2.3", false), ("10.0.0.0/8", "https://flows.weni.ai", false),
      ("fd00::/8", "https://[fd12::1]", true), ("[::1]", "https://[::1]", true),
      (",, ", "https://flows.weni.ai", false), ("weni.ai/8", "https://10.1.2.3", false),
    ])
  func exceptions(_ list: String, _ server: String, _ isExcepted: Bool) throws {
    let variables = ["HTTPS_PROXY": "a", "NO_PROXY": list]
    let found = ProxyAddress.variable(for: try ServerAddress(server), in: { variables[$0] })
    #expect((found == nil) == isExcepted)
  }
}
