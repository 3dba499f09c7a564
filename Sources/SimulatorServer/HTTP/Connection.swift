import Contacts
import NIOCore

/// One connection: cuts requests out of its bytes, keeps its deadlines, and ends it.
///
/// A connection rests, receives or answers, and each state has its own deadline. One timer serves
/// all: it looks, when it fires, whether the deadline has moved, so that a request that comes in
/// one piece costs no timer.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = Received
  typealias OutboundIn = AnswerPart
  typealias OutboundOut = ByteBuffer

  /// What is handed on to be answered.
  enum Received: Sendable {
    case request(ReceivedRequest, HeldBytes.Lease?)
    /// The last thing on a connection: its bytes are no longer understood.
    case refusal(RequestRefusal)
  }

  /// What an answer is sent in.
  enum AnswerPart: Sendable {
    case bytes(ByteBuffer)
    /// All bytes of an answer were written.
    case end(Persistence)
  }

  private let limits: ServerLimits
  private let held: HeldBytes
  private var parser: RequestParser
  /// Absent while no part of a request waits for the rest.
  private var lease: HeldBytes.Lease?
  /// Requests handed on whose answers have not ended.
  private var openRequestCount = 0
  /// No further request is read.
  private var isEnding = false
  /// The last answer was sent; what still comes is dropped.
  private var isLingering = false
  private var deadline = NIODeadline.distantFuture
  private var timer: (task: Scheduled<Void>, deadline: NIODeadline)?
  /// When the request that is arriving began.
  private var arrivalStart: NIODeadline?
  private var arrivedByteCount = 0

  init(limits: ServerLimits, held: HeldBytes) {
    self.limits = limits
    self.held = held
    parser = RequestParser(limits: limits)
  }

  func channelActive(context: ChannelHandlerContext) {
    awaitRequest(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.task.cancel()
    timer = nil
    lease = nil
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    if isEnding { return }
    if arrivalStart == nil { arrivalStart = context.eventLoop.now }
    arrivedByteCount += bytes.readableBytes
    parser.append(&bytes)
    while !isEnding {
      switch parser.next() {
      case .incomplete:
        guard holds(parser.heldByteCount) else { return refuse(.overloaded, context) }
        return awaitRequest(context)
      case .request(let request):
        guard holds(request.request.body.count) else { return refuse(.overloaded, context) }
        handOn(request, context)
      case .refusal(let refusal): refuse(refusal, context)
      }
    }
  }

  /// Whether what has come of a request fits beside those of all other connections.
  private func holds(_ byteCount: Int) -> Bool {
    if byteCount == 0, lease == nil { return true }
    let lease = lease ?? HeldBytes.Lease(of: held)
    self.lease = lease
    return lease.resize(to: byteCount)
  }

  private func handOn(_ request: ReceivedRequest, _ context: ChannelHandlerContext) {
    openRequestCount += 1
    deadline = .distantFuture
    arrivalStart = parser.isBetweenRequests ? nil : context.eventLoop.now
    arrivedByteCount = 0
    isEnding = request.persistence == .closed
    context.fireChannelRead(wrapInboundOut(.request(request, lease)))
    lease = nil
  }

  /// Hands on that no more requests are understood; answers before it still go out.
  private func refuse(_ refusal: RequestRefusal, _ context: ChannelHandlerContext) {
    openRequestCount += 1
    deadline = .distantFuture
    lease = nil
    isEnding = true
    context.fireChannelRead(wrapInboundOut(.refusal(refusal)))
  }

  /// Sets the deadline of a connection that waits for its client.
  private func awaitRequest(_ context: ChannelHandlerContext) {
    guard openRequestCount == 0 else { return }
    guard let arrivalStart, !parser.isBetweenRequests else {
      return setDeadline(after: limits.idleTime, context)
    }
    if parser.awaitsContinue {
      let line = context.channel.allocator.buffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
      context.writeAndFlush(wrapOutboundOut(line), promise: nil)
    }
    let earned = Duration.seconds(arrivedByteCount / limits.receivedBytesPerSecond)
    setDeadline(arrivalStart + TimeAmount(limits.requestTime + earned), context)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .bytes(let bytes): context.write(wrapOutboundOut(bytes), promise: promise)
    case .end(let persistence):
      openRequestCount -= 1
      if persistence == .closed || (isEnding && openRequestCount == 0) {
        linger(context)
      } else if openRequestCount == 0 {
        // A request that came meanwhile has waited for the server, not the server for it.
        if arrivalStart != nil { arrivalStart = context.eventLoop.now }
        awaitRequest(context)
      }
      promise?.succeed()
    }
  }

  /// Ends the sending side behind its last byte; the client gets a while to end its own.
  private func linger(_ context: ChannelHandlerContext) {
    isEnding = true
    isLingering = true
    setDeadline(after: limits.answerTime, context)
    let end = context.eventLoop.makePromise(of: Void.self)
    end.futureResult.assumeIsolated().whenSuccess { [self] in
      setDeadline(after: limits.lingerTime, context)
      context.close(mode: .output, promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: end)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if !context.channel.isWritable {
      setDeadline(after: limits.answerTime, context)
    } else if !isLingering {
      deadline = .distantFuture
      awaitRequest(context)
    }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    var isLast = event is ChannelShouldQuiesceEvent
    if case .inputClosed? = event as? ChannelEvent { isLast = true }
    if isLast {
      isEnding = true
      if openRequestCount == 0, !isLingering { context.close(promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  private func setDeadline(after duration: Duration, _ context: ChannelHandlerContext) {
    setDeadline(context.eventLoop.now + TimeAmount(duration), context)
  }

  private func setDeadline(_ time: NIODeadline, _ context: ChannelHandlerContext) {
    deadline = time
    if let timer {
      if timer.deadline <= time { return }
      timer.task.cancel()
    }
    startTimer(context)
  }

  private func startTimer(_ context: ChannelHandlerContext) {
    let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
      timer = nil
      guard context.channel.isActive, deadline != .distantFuture else { return }
      if deadline > context.eventLoop.now { return startTimer(context) }
      expire(context)
    }
    timer = (task, deadline)
  }

  private func expire(_ context: ChannelHandlerContext) {
    if openRequestCount == 0, !isEnding, !parser.isBetweenRequests {
      refuse(.tooSlow, context)
      context.fireChannelReadComplete()
    } else {
      context.close(promise: nil)
    }
  }
}
