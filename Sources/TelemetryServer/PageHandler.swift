import NIOCore
import NIOHTTP1
import Synchronization

/// How many connections there are.
final class ConnectionCount: Sendable {
  /// More are ended at once: who reads these pages comes now and then.
  private static let limit = 64

  private let count = Atomic<Int>(0)

  func enter() -> Bool { count.add(1, ordering: .relaxed).newValue <= Self.limit }
  func leave() { count.subtract(1, ordering: .relaxed) }
}

/// Answers one request on a connection, and ends it.
final class PageHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let page: @Sendable (_ path: String) -> TelemetryServer.Page?
  private let count: ConnectionCount
  private var head: HTTPRequestHead?
  private var isAnswered = false

  init(
    _ page: @escaping @Sendable (_ path: String) -> TelemetryServer.Page?, count: ConnectionCount
  ) {
    self.page = page
    self.count = count
  }

  func channelActive(context: ChannelHandlerContext) {
    if !count.enter() { context.close(promise: nil) }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    count.leave()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body: break
    case .end:
      guard let head, !isAnswered else { return }
      isAnswered = true
      answer(head, context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let path = request.uri.prefix { $0 != "?" && $0 != "#" }
    let isRead = request.method == .GET || request.method == .HEAD
    let page =
      isRead
      ? self.page(String(path))
        ?? .init(status: 404, contentType: "text/plain", text: "not found\n")
      : .init(status: 405, contentType: "text/plain", text: "GET only\n")
    var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: page.status))
    head.headers.add(name: "Content-Type", value: page.contentType)
    head.headers.add(name: "Content-Length", value: "\(page.text.utf8.count)")
    head.headers.add(name: "Cache-Control", value: "no-store")
    head.headers.add(name: "Connection", value: "close")
    if !isRead { head.headers.add(name: "Allow", value: "GET, HEAD") }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      context.write(
        wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: page.text)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
      context.close(promise: nil)
    }
  }
}
