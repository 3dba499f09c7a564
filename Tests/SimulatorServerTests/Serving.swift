import Contacts
import NIOCore
import NIOPosix
import Simulator

@testable import SimulatorServer

/// Runs a server on a free port for as long as the body takes.
func withServer<Result: Sendable>(
  _ api: SimulatedAPI, limits: ServerLimits = .standard,
  _ body: @escaping @Sendable (Server) async throws -> Result
) async throws -> Result {
  let (stop, stopping) = AsyncStream.makeStream(of: Void.self)
  let (ports, listening) = AsyncStream.makeStream(of: Int.self)
  async let serving: Void = SimulatorServer(api, limits: limits).run(
    port: 0, until: { for await _ in stop {} }, whenListening: { listening.yield($0) })
  defer { stopping.finish() }
  for await port in ports {
    let result = try await body(Server(port: port, stopping: stopping))
    stopping.finish()
    try await serving
    return result
  }
  throw CancellationError()
}

/// A server that listens, seen from outside.
struct Server: Sendable {
  var port: Int
  private var stopping: AsyncStream<Void>.Continuation?

  init(port: Int, stopping: AsyncStream<Void>.Continuation? = nil) {
    self.port = port
    self.stopping = stopping
  }

  /// Asks it to stop, as a signal does.
  func stop() { stopping?.finish() }

  /// Opens a connection for as long as the body takes.
  func withConnection<Result: Sendable>(
    _ body: @escaping @Sendable (inout WireConnection) async throws -> Result
  ) async throws -> Result {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      var connection = WireConnection(
        channel: channel.channel, inbound: inbound.makeAsyncIterator(), outbound: outbound)
      return try await body(&connection)
    }
  }

  /// What comes back for these bytes until the server ends the connection.
  func reply(to text: String) async throws -> String {
    try await withConnection { connection in
      try await connection.send(text)
      return try await connection.readToEnd()
    }
  }
}

/// The bytes of one connection.
struct WireConnection {
  let channel: any Channel
  fileprivate var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var unread = ByteBuffer()

  fileprivate init(
    channel: any Channel, inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
    outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) {
    self.channel = channel
    self.inbound = inbound
    self.outbound = outbound
  }

  func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

  func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

  /// Everything that comes until the other side ends.
  mutating func readToEnd() async throws -> String {
    while try await receive() {}
    return String(buffer: unread)
  }

  /// What comes in one piece.
  mutating func readPart() async throws -> String {
    _ = try await receive()
    return String(buffer: unread)
  }

  /// The next answer, as far as its length says; nil where the connection ended before.
  mutating func readAnswer() async throws -> WireAnswer? {
    while true {
      if let answer = WireAnswer(&unread) { return answer }
      if try await !receive() { return nil }
    }
  }

  private mutating func receive() async throws -> Bool {
    guard var bytes = try await inbound.next() else { return false }
    unread.writeBuffer(&bytes)
    return true
  }
}

/// One answer as it came over the wire.
struct WireAnswer: Sendable {
  var answer: APIAnswer

  /// Takes an answer off the front of the buffer, if it is there as a whole.
  init?(_ buffer: inout ByteBuffer) {
    let text = buffer.readableBytesView
    guard let end = text.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: text[..<end.lowerBound], as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    let words = lines[0].split(separator: " ", maxSplits: 2)
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    answer = APIAnswer(status: status)
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      answer.headers.append(APIHeader(String(line[..<colon]), String(value)))
    }
    let length = Int(answer.header("content-length") ?? "0") ?? 0
    let headLength = end.upperBound - text.startIndex
    guard buffer.readableBytes >= headLength + length else { return nil }
    buffer.moveReaderIndex(forwardBy: headLength)
    answer.body = buffer.readBytes(length: length) ?? []
  }
}

extension SimulatedAPI {
  /// A server that answers every request alike.
  convenience init(answering answer: APIAnswer, delay: Duration = .zero) {
    self.init(
      Workspace(.weni),
      faults: FaultPlan([
        Fault(.answer(answer, .skipped)), Fault(.delay(delay...delay)),
      ]))
  }
}
