import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server of this machine that hands on what it gets to another port.
enum Relay {
  /// How a connection begins, before bytes are handed on.
  enum Beginning: Sendable {
    /// With TLS, which ends here.
    case protected(NIOSSLContext)
    /// With `CONNECT`, as to a proxy that wants this `Proxy-Authorization`, or none.
    case tunnel(credentials: String?)
    /// With `CONNECT`, to which this line is the answer.
    case refusal(String)
    /// With this answer to whatever comes first.
    case answer(String)
  }

  /// What proxies were asked for, and how many connections there were.
  final class Log: Sendable {
    private let heads = Mutex<[String]>([])
    private let counts = Mutex<(open: Int, most: Int)>((0, 0))

    func add(_ head: String) { heads.withLock { $0.append(head) } }
    var all: [String] { heads.withLock(\.self) }

    func countConnection(_ change: Int) {
      counts.withLock { $0 = ($0.open + change, max($0.most, $0.open + change)) }
    }

    /// The most connections that were open at once.
    var mostConnections: Int { counts.withLock(\.most) }
  }

  /// Listens for as long as the body takes.
  static func serve<Result>(
    _ beginning: Beginning, to port: Int, log: Log = Log(),
    _ body: (_ port: Int) async throws -> Result
  ) async throws -> Result {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        log.countConnection(1)
        channel.closeFuture.whenComplete { _ in log.countConnection(-1) }
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          switch beginning {
          case .protected(let context):
            try pipeline.addHandlers([NIOSSLServerHandler(context: context), Front(port: port)])
          case .tunnel(let credentials):
            try pipeline.addHandler(
              Front(port: port, answer: nil, credentials: credentials, log: log))
          case .answer(let text):
            try pipeline.addHandler(Babbler(text: text))
          case .refusal(let line):
            try pipeline.addHandler(Front(port: port, answer: line, log: log))
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      let result = try await body(server.localAddress?.port ?? 0)
      try await server.close()
      return result
    } catch {
      try await server.close()
      throw error
    }
  }
}

/// The side of a relay that a client talks to.
private final class Front: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let port: Int
  /// Absent once bytes are handed on.
  private var head: String?
  private let answer: String?
  private let credentials: String?
  private let log: Relay.Log?
  private var back: (any Channel)?
  private var held: [ByteBuffer] = []

  /// Hands on from the beginning.
  init(port: Int) {
    self.port = port
    (head, answer, credentials, log) = (nil, nil, nil, nil)
  }

  /// Wants a head of `CONNECT` first.
  init(port: Int, answer: String?, credentials: String? = nil, log: Relay.Log) {
    self.port = port
    (head, self.answer, self.credentials, self.log) = ("", answer, credentials, log)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    guard var head else { return handOn(bytes, context) }
    head += String(buffer: bytes)
    self.head = head
    guard head.hasSuffix("\r\n\r\n") else { return }
    self.head = nil
    log?.add(head)
    let wanted = credentials.map { "proxy-authorization: Basic \($0)\r\n" } ?? ""
    let refusal = head.contains(wanted) ? answer : "407 Proxy Authentication Required"
    reply(refusal ?? "200 Connection established", context)
    if refusal != nil { context.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) { back?.close(promise: nil) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func reply(_ status: String, _ context: ChannelHandlerContext) {
    let text = "HTTP/1.1 \(status)\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  private func handOn(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    if let back {
      back.writeAndFlush(bytes, promise: nil)
    } else {
      held.append(bytes)
      // Whoever gives up before it says anything needs no other side.
      if held.count == 1 { connect(context) }
    }
  }

  private func connect(_ context: ChannelHandlerContext) {
    let front = context.channel
    let me = NIOLoopBound(self, eventLoop: context.eventLoop)
    ClientBootstrap(group: context.eventLoop)
      .channelInitializer { back in
        back.eventLoop.makeCompletedFuture {
          try back.pipeline.syncOperations.addHandler(Back(front: front))
        }
      }
      .connect(host: "127.0.0.1", port: port)
      .whenComplete { result in
        guard case .success(let back) = result else { return front.close(promise: nil) }
        me.value.back = back
        for bytes in me.value.held { back.writeAndFlush(bytes, promise: nil) }
        me.value.held = []
      }
  }
}

/// Answers what nobody understood.
private final class Babbler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let text: String

  init(text: String) { self.text = text }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    context.close(promise: nil)
  }
}

/// The side of a relay that talks to the other port.
private final class Back: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let front: any Channel

  init(front: any Channel) { self.front = front }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    front.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { front.close(promise: nil) }
}
