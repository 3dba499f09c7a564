import Foundation
import TelemetryServer
import Testing

@Suite("Pages of a run")
struct TelemetryServerTests {
  private func server(port: Int = 0) -> TelemetryServer {
    TelemetryServer(host: "127.0.0.1", port: port) { path in
      path == "/health" ? .init(status: 503, contentType: "application/json", text: "{}") : nil
    }
  }

  /// What comes back on a connection of its own, until its end.
  private func answer(_ request: String, at port: Int) throws -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw POSIXError(.ECONNREFUSED) }
    let bytes = Array(request.utf8)
    send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4_096)
    while case let count = recv(descriptor, &block, block.count, 0), count > 0 {
      text += block[..<count]
    }
    return String(decoding: text, as: UTF8.self)
  }

  @Test(
    "what is there is shown, whatever else is asked of it",
    arguments: [
      ("GET /health HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 503 ", "{}"),
      ("GET /health?x=1 HTTP/1.0\r\n\r\n", "HTTP/1.1 503 ", "{}"),
      ("HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 503 ", ""),
      ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 404 ", "not found\n"),
      (
        "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 405 ",
        "GET only\n"
      ),
    ])
  func pages(request: String, start: String, body: String) async throws {
    try await server().serve { port in
      let answer = try answer(request, at: port)
      #expect(answer.hasPrefix(start))
      #expect(answer.hasSuffix("\r\n\r\n\(body)"))
    }
  }

  @Test("what is no HTTP ends its connection and nothing else")
  func garbage() async throws {
    try await server().serve { port in
      _ = try answer("\u{16}\u{3}\u{1}garbage\r\n\r\n", at: port)
      #expect(try answer("GET / HTTP/1.0\r\n\r\n", at: port).hasPrefix("HTTP/1.1 404 "))
    }
  }

  @Test("a port that somebody has is said before anything begins")
  func portInUse() async throws {
    try await server().serve { port in
      let failure = await #expect(throws: TelemetryServer.Failure.self) {
        try await server(port: port).serve { _ in Issue.record("it began") }
      }
      #expect(failure?.reason == "Address already in use")
      #expect(failure?.port == port)
    }
  }

  @Test("it ends with what it is for")
  func ending() async throws {
    let port = try await server().serve { $0 }
    #expect(throws: POSIXError.self) { try answer("GET / HTTP/1.0\r\n\r\n", at: port) }
  }
}
