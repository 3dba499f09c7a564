import Contacts
import NIOCore
import NIOEmbedded
import Testing

@testable import SimulatorServer

/// Deadlines, on a clock that the test moves.
@Suite("A connection's patience")
struct ConnectionTests {
  private let loop = EmbeddedEventLoop()
  private let channel: EmbeddedChannel
  private let held: HeldBytes
  private let limits: ServerLimits

  init() throws {
    var limits = ServerLimits.standard
    limits.heldByteCount = 100_000
    limits.receivedBytesPerSecond = 1_024
    held = HeldBytes(limit: limits.heldByteCount)
    self.limits = limits
    channel = EmbeddedChannel(handler: Connection(limits: limits, held: held), loop: loop)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
  }

  private func receive(_ text: String) throws {
    try channel.writeInbound(ByteBuffer(string: text))
  }

  private func pass(_ duration: Duration) { loop.advanceTime(by: TimeAmount(duration)) }

  private func refusal() throws -> RequestRefusal? {
    guard case .refusal(let refusal)? = try channel.readInbound(as: Connection.Received.self) else {
      return nil
    }
    return refusal
  }

  private func answer(_ persistence: Persistence = .keptOpen) throws {
    try channel.writeOutbound(Connection.AnswerPart.bytes(ByteBuffer(string: "answer")))
    try channel.writeOutbound(Connection.AnswerPart.end(persistence))
  }

  @Test("a connection that rests too long is closed")
  func resting() {
    pass(limits.idleTime - .seconds(1))
    #expect(channel.isActive)
    pass(.seconds(1))
    #expect(!channel.isActive)
  }

  @Test("a head that trickles is refused in time, however often a byte comes")
  func slowHead() throws {
    try receive("GET / HTTP/1.1\r\nA: ")
    for _ in 1..<20 {
      pass(.seconds(1))
      try receive("x")
      #expect(try refusal() == nil)
    }
    pass(.seconds(1))
    #expect(try refusal() == .tooSlow)
  }

  @Test("a body earns time with its bytes")
  func slowBody() throws {
    try receive("POST / HTTP/1.1\r\nContent-Length: 90000\r\n\r\n")
    for _ in 1...30 {
      try receive(String(repeating: "x", count: limits.receivedBytesPerSecond))
      pass(.seconds(1))
    }
    #expect(try refusal() == nil)
    pass(limits.requestTime)
    #expect(try refusal() == .tooSlow)
  }

  @Test("while an answer is made, the client is not to blame")
  func answering() throws {
    try receive("GET / HTTP/1.1\r\n\r\n")
    pass(.seconds(3_600))
    #expect(channel.isActive)
    try answer()
    pass(limits.idleTime - .seconds(1))
    #expect(channel.isActive)
    pass(.seconds(1))
    #expect(!channel.isActive)
  }

  @Test("an answer that nobody takes is not kept")
  func unread() throws {
    try receive("GET / HTTP/1.1\r\n\r\n")
    channel.isWritable = false
    channel.pipeline.fireChannelWritabilityChanged()
    pass(limits.answerTime)
    #expect(!channel.isActive)
  }

  @Test("a client that takes its answer in the end may go on")
  func lateReader() throws {
    try receive("GET / HTTP/1.1\r\n\r\n")
    channel.isWritable = false
    channel.pipeline.fireChannelWritabilityChanged()
    try answer()
    pass(limits.answerTime - .seconds(1))
    channel.isWritable = true
    channel.pipeline.fireChannelWritabilityChanged()
    pass(limits.idleTime - .seconds(1))
    #expect(channel.isActive)
  }

  @Test("behind the last answer the client has a while to end")
  func lingering() throws {
    try receive("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
    try answer(.closed)
    pass(limits.lingerTime)
    #expect(!channel.isActive)
  }

  @Test("a stop closes what rests at once, and what is answered behind its answer")
  func stopping() throws {
    try receive("GET / HTTP/1.1\r\n\r\n")
    channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    #expect(channel.isActive)
    try answer()
    pass(limits.lingerTime)
    #expect(!channel.isActive)
  }

  @Test("bytes beyond what all may hold are refused, and no longer held")
  func holding() throws {
    try receive("POST / HTTP/1.1\r\nContent-Length: 200000\r\n\r\n")
    try receive(String(repeating: "x", count: 60_000))
    #expect(held.total == 60_000)
    try receive(String(repeating: "x", count: 50_000))
    #expect(try refusal() == .overloaded)
    #expect(held.total == 0)
  }

  @Test("a request is held until its answer has gone")
  func lease() throws {
    try receive("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nabcd")
    var received = try channel.readInbound(as: Connection.Received.self)
    #expect(held.total == 4)
    #expect(received != nil)
    received = nil
    #expect(held.total == 0)
  }

  @Test("a client that leaves lets go of what it sent")
  func leaving() throws {
    try receive("POST / HTTP/1.1\r\nContent-Length: 200000\r\n\r\nabcd")
    #expect(held.total == 4)
    try channel.close().wait()
    #expect(held.total == 0)
  }
}
