import Contacts
import NIOCore
import Testing

@testable import SimulatorServer

@Suite("Requests from bytes")
struct RequestParserTests {
  @Test("method, target, headers and body arrive as they were sent")
  func exactness() throws {
    let bytes = """
      FOO /api/v2/contacts.json?urn=tel%3A+5582&a=%zz HTTP/1.1\r
      host: localhost\r
      X-Case: Kept \r
      Accept: a\r
      Accept: b\r
      Content-Type:\r
      Content-Length: 4\r
      \r
      {"a"
      """
    let request = try #require(steps(bytes).first?.request)
    #expect(request.method == "FOO")
    #expect(request.target == "/api/v2/contacts.json?urn=tel%3A+5582&a=%zz")
    #expect(
      request.headers == [
        APIHeader("host", "localhost"), APIHeader("X-Case", "Kept"), APIHeader("Accept", "a"),
        APIHeader("Accept", "b"), APIHeader("Content-Type", ""), APIHeader("Content-Length", "4"),
      ])
    #expect(request.body == Array("{\"a\"".utf8))
  }

  @Test(
    "a header is read as UTF-8 where it is, otherwise as Latin-1",
    arguments: [[0xC3, 0xA7, 0xC3, 0xA3, 0x6F], [0xE7, 0xE3, 0x6F]] as [[UInt8]])
  func encoding(_ word: [UInt8]) throws {
    let bytes =
      Array("GET / HTTP/1.1\r\nAuthorization: Token ".utf8) + word + Array("\r\n\r\n".utf8)
    let request = try #require(steps(bytes).first?.request)
    #expect(request.header("authorization") == "Token ção")
  }

  @Test("chunks are joined, and what stands beside them is dropped")
  func chunks() throws {
    let bytes = """
      POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r
      3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r
      GET /next HTTP/1.1\r\n\r\n
      """
    let requests = steps(bytes).compactMap(\.request)
    #expect(requests.map(\.target) == ["/", "/next"])
    #expect(requests.first?.body == Array("abc0123456789".utf8))
  }

  @Test(
    "a connection stays open as its version and headers say",
    arguments: [
      ("HTTP/1.1\r\n", .keptOpen), ("HTTP/1.0\r\n", .closed),
      ("HTTP/1.1\r\nConnection: close\r\n", .closed),
      ("HTTP/1.1\r\nConnection: Upgrade, Close\r\n", .closed),
      ("HTTP/1.0\r\nConnection: Keep-Alive\r\n", .keptOpen),
    ] as [(String, Persistence)])
  func persistence(_ lines: String, _ persistence: Persistence) {
    guard case .request(let received)? = steps("GET / \(lines)\r\n").first else {
      Issue.record("no request")
      return
    }
    #expect(received.persistence == persistence)
  }

  @Test(
    "what is no request, or could be read in two ways, is refused",
    arguments: [
      ("GET /\r\n\r\n", 400), ("GET  / HTTP/1.1\r\n\r\n", 400), ("G(T / HTTP/1.1\r\n\r\n", 400),
      ("GET / HTTP/2.0\r\n\r\n", 505), ("GET / FTP/1.1\r\n\r\n", 400),
      ("\u{16}\u{3}\u{1}\n\n", 400), ("GET / HTTP/1.1\r\n: x\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nA : x\r\n\r\n", 400), ("GET / HTTP/1.1\r\nA: x\r\n b\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nA: x\0y\r\n\r\n", 400), ("GET / HTTP/1.1\r\nA: x\ry\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nContent-Length:\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
      ("GET / HTTP/1.1\r\nContent-Length: 1025\r\n\r\n", 413),
      ("GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
      ("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
      ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400),
      ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
      ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n", 413),
      ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n", 413),
      ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400),
      (
        "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + String(repeating: "0", count: 99),
        400
      ),
      ("GET / HTTP/1.1\r\nA: " + String(repeating: "x", count: 300), 431),
      ("GET / HTTP/1.1\r\nA: " + String(repeating: "x", count: 300) + "\r\n\r\n", 431),
    ])
  func refusals(_ bytes: String, _ status: Int) {
    #expect(steps(bytes).last?.status == status)
  }

  @Test("empty lines before a request and line feeds alone are taken")
  func lenience() {
    let requests = steps("\r\n\nGET /a HTTP/1.1\nHost: x\n\n\r\nGET /b HTTP/1.1\r\n\r\n")
    #expect(requests.compactMap(\.request?.target) == ["/a", "/b"])
  }

  @Test("only a body that its client holds back is asked for")
  func waiting() {
    let head = "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    var parser = RequestParser(limits: small)
    #expect(!parser.awaitsContinue)
    append(Array(head.utf8), to: &parser)
    #expect(parser.next() == .incomplete)
    #expect(parser.awaitsContinue)
    append([0x31], to: &parser)
    #expect(parser.next() == .incomplete)
    #expect(!parser.awaitsContinue)
  }

  @Test("however bytes are cut, they are the same requests", arguments: 0..<200 as Range<UInt64>)
  func cuts(_ seed: UInt64) {
    var random = Seeded(seed)
    let bytes = (0..<Int.random(in: 1...6, using: &random)).flatMap { _ in piece(&random) }
    let whole = steps(bytes)
    var parser = RequestParser(limits: small)
    var found: [RequestParser.Step] = []
    var rest = bytes[...]
    while !rest.isEmpty, found.last?.status == nil {
      let count = Int.random(in: 1...min(rest.count, 40), using: &random)
      append(Array(rest.prefix(count)), to: &parser)
      rest = rest.dropFirst(count)
      found += drain(&parser)
    }
    #expect(found == whole)
  }

  /// A request, or something near one.
  private func piece(_ random: inout Seeded) -> [UInt8] {
    let pieces = [
      "GET /a HTTP/1.1\r\nHost: x\r\n\r\n", "\r\n",
      "POST /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
      "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n11\r\n12345678901234567\r\n0\r\n\r\n",
      "POST /d HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n",
      "FOO * HTTP/1.0\n\n",
    ]
    var bytes = Array((pieces.randomElement(using: &random) ?? "").utf8)
    if Int.random(in: 0..<4, using: &random) == 0 {
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    return bytes
  }
}

/// Limits that a test can reach.
private let small: ServerLimits = {
  var limits = ServerLimits.standard
  limits.headByteCount = 256
  limits.bodyByteCount = 1_024
  limits.chunkLineByteCount = 64
  return limits
}()

private func append(_ bytes: [UInt8], to parser: inout RequestParser) {
  var buffer = ByteBuffer(bytes: bytes)
  parser.append(&buffer)
}

/// All steps up to the first that needs more bytes, or ends the connection.
private func drain(_ parser: inout RequestParser) -> [RequestParser.Step] {
  var steps: [RequestParser.Step] = []
  while true {
    let step = parser.next()
    if step == .incomplete { return steps }
    if step.status != nil {
      return steps + [step]
    }
    steps.append(step)
  }
}

private func steps(_ bytes: [UInt8]) -> [RequestParser.Step] {
  var parser = RequestParser(limits: small)
  append(bytes, to: &parser)
  return drain(&parser)
}

private func steps(_ text: String) -> [RequestParser.Step] { steps(Array(text.utf8)) }

extension RequestParser.Step {
  fileprivate var request: APIRequest? {
    guard case .request(let received) = self else { return nil }
    return received.request
  }

  fileprivate var status: Int? {
    guard case .refusal(let refusal) = self else { return nil }
    return refusal.status
  }
}

private struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &+ 1 }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
