import Contacts
private import Glibc
import NIOCore
import Simulator

/// Answers the requests of one connection, one after the other.
struct Answering {
  private let api: SimulatedAPI
  private let control: ControlDesk
  private let limits: ServerLimits
  private let held: HeldBytes
  private let channel: any Channel
  private let outbound: NIOAsyncChannelOutboundWriter<Connection.AnswerPart>
  private let encoder: AnswerEncoder

  init(
    _ server: SimulatorChannel, on channel: any Channel,
    to outbound: NIOAsyncChannelOutboundWriter<Connection.AnswerPart>
  ) {
    api = server.api
    control = ControlDesk(server.api)
    limits = server.limits
    held = server.held
    self.channel = channel
    self.outbound = outbound
    encoder = AnswerEncoder(allocator: channel.allocator)
  }

  /// Sends the answer and says whether the connection may carry another.
  func answer(_ received: Connection.Received) async throws -> Persistence {
    switch received {
    case .refusal(let refusal):
      return try await send(Exchange(answer: refusal.answer), persistence: .closed)
    case .request(let request, let lease):
      let exchange = exchange(request.request)
      defer { withExtendedLifetime(lease) {} }
      return try await send(
        exchange, persistence: request.persistence, toHead: request.request.method == "HEAD")
    }
  }

  private func exchange(_ request: APIRequest) -> Exchange {
    guard ControlDesk.isMeant(by: request) else { return api.exchange(request) }
    if let objection = ControlGuard.objection(to: request, from: channel.remoteAddress) {
      return Exchange(answer: .problem(403, objection))
    }
    return Exchange(answer: control.answer(request))
  }

  private func send(
    _ exchange: Exchange, persistence: Persistence, toHead isForHead: Bool = false
  ) async throws -> Persistence {
    if exchange.delay > .zero { try await Task.sleep(for: exchange.delay) }
    guard let answer = exchange.answer else {
      try await reset()
      return .closed
    }
    let lease = HeldBytes.Lease(of: held)
    if answer.body.count > AnswerEncoder.pieceByteCount, !lease.resize(to: answer.body.count) {
      return try await send(
        Exchange(answer: RequestRefusal.overloaded.answer), persistence: .closed)
    }
    defer { withExtendedLifetime(lease) {} }
    let isStray = (answer.status == 204 || isForHead) && !answer.body.isEmpty
    return try await write(answer, of: exchange, isStray: isStray, persistence)
  }

  private func write(
    _ answer: APIAnswer, of exchange: Exchange, isStray hasStrayBody: Bool,
    _ persistence: Persistence
  ) async throws -> Persistence {
    let body = answer.body[..<min(answer.body.count, exchange.bodyByteLimit ?? .max)]
    // HTTP knows no body here; the real server sends one, and a client that rightly does not read it
    // would take it for the next answer.
    let isCut = body.count < answer.body.count
    let persistence = hasStrayBody || isCut ? .closed : persistence
    let isWhole =
      body.count <= AnswerEncoder.pieceByteCount && exchange.bytesPerSecond == nil && !hasStrayBody
    var head = encoder.head(
      of: answer, at: api.clock.now, persistence, room: isWhole ? body.count : 0)
    if isWhole {
      head.writeBytes(body)
      try await outbound.write(contentsOf: [.bytes(head), .end(persistence)])
      return persistence
    }
    try await outbound.write(.bytes(head))
    if hasStrayBody { try await Task.sleep(for: limits.strayBodyDelay) }
    try await write(body, bytesPerSecond: exchange.bytesPerSecond)
    try await outbound.write(.end(persistence))
    return persistence
  }

  private func write(_ body: ArraySlice<UInt8>, bytesPerSecond: Int?) async throws {
    guard let bytesPerSecond else {
      for start in stride(from: 0, to: body.count, by: AnswerEncoder.pieceByteCount) {
        try await outbound.write(
          .bytes(encoder.piece(body[start...].prefix(AnswerEncoder.pieceByteCount))))
      }
      return
    }
    let step = max(1, bytesPerSecond / 10)
    for start in stride(from: 0, to: body.count, by: step) {
      try await Task.sleep(for: .seconds(1) * step / bytesPerSecond)
      try await outbound.write(.bytes(encoder.piece(body[start...].prefix(step))))
    }
  }

  /// Ends the connection so that the client sees a reset, not an end.
  private func reset() async throws {
    if let options = channel as? any SocketOptionProvider {
      try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    try await channel.close()
  }
}
