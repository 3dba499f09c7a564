import Contacts
import NIOCore
import Simulator
import Testing

@testable import SimulatorServer

@Suite("Who may use the control endpoint")
struct ControlGuardTests {
  private func objection(
    from address: String = "127.0.0.1", host: [String] = ["localhost:8080"], origin: String? = nil
  ) throws -> String? {
    var headers = host.map { APIHeader("Host", $0) }
    if let origin { headers.append(APIHeader("Origin", origin)) }
    let request = APIRequest(method: "GET", target: "/_simulator/state", headers: headers)
    return ControlGuard.objection(
      to: request, from: try SocketAddress(ipAddress: address, port: 5_000))
  }

  @Test(
    "programs on this machine may",
    arguments: ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
  func machine(_ address: String) throws {
    #expect(try objection(from: address) == nil)
  }

  @Test(
    "other machines may not",
    arguments: ["10.0.0.7", "192.168.1.2", "::2", "::ffff:10.0.0.7", "128.0.0.1"])
  func others(_ address: String) throws {
    #expect(try objection(from: address) != nil)
  }

  @Test(
    "names of this machine are taken",
    arguments: ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:80", "[::1]"])
  func names(_ host: String) throws {
    #expect(try objection(host: [host]) == nil)
  }

  @Test(
    "no other name is, nor two, nor none",
    arguments: [
      ["evil.example"], ["localhost.evil.example"], ["evil.example:127.0.0.1"],
      ["localhost:80@evil"],
      ["localhost", "localhost"], [], [""], ["127.0.0.1.nip.io"], ["0.0.0.0:8080"],
    ] as [[String]])
  func foreignNames(_ host: [String]) throws {
    #expect(try objection(host: host) != nil)
  }

  @Test(
    "pages of other origins may not",
    arguments: [
      "http://evil.example", "null", "http://localhost:3000", "https://localhost:8080", "",
    ])
  func origins(_ origin: String) throws {
    #expect(try objection(origin: origin) != nil)
    #expect(try objection(origin: "http://localhost:8080") == nil)
  }

  @Test("over HTTP the endpoint answers its own names and refuses others")
  func wire() async throws {
    let statuses = try await withServer(SimulatedAPI(Workspace(.weni))) { server in
      try await server.withConnection { connection in
        var statuses: [Int?] = []
        for host in ["localhost", "evil.example"] {
          try await connection.send("GET /_simulator/clock HTTP/1.1\r\nHost: \(host)\r\n\r\n")
          statuses.append(try await connection.readAnswer()?.answer.status)
        }
        return statuses
      }
    }
    #expect(statuses == [200, 403])
  }
}
