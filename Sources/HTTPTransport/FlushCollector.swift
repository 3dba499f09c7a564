internal import NIOCore

/// Sends what is written within one turn of the loop at once: a request's head and body in one packet.
final class FlushCollector: ChannelOutboundHandler {
  typealias OutboundIn = Any
  typealias OutboundOut = Any

  private var isFlushing = false

  func flush(context: ChannelHandlerContext) {
    guard !isFlushing else { return }
    isFlushing = true
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.execute {
      let (handler, context) = bound.value
      handler.isFlushing = false
      context.flush()
    }
  }
}
