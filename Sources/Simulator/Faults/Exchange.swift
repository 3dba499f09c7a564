package import Contacts

/// How a request was answered, and how its answer travels.
package struct Exchange: Sendable, Equatable {
  /// Absent where the connection breaks instead.
  package var answer: APIAnswer?
  package var delay: Duration
  package var bytesPerSecond: Int?
  package var bodyByteLimit: Int?

  package init(
    answer: APIAnswer?, delay: Duration = .zero, bytesPerSecond: Int? = nil,
    bodyByteLimit: Int? = nil
  ) {
    self.answer = answer
    self.delay = delay
    self.bytesPerSecond = bytesPerSecond
    self.bodyByteLimit = bodyByteLimit
  }

  /// Until the whole answer has arrived.
  var duration: Duration {
    guard let answer, let bytesPerSecond else { return delay }
    return delay + .seconds(answer.body.count) / bytesPerSecond
  }

  /// What a client gets that waited long enough.
  func result() throws(TransportFailure) -> APIAnswer {
    guard let answer else { throw .reset }
    if let bodyByteLimit, bodyByteLimit < answer.body.count { throw .truncated }
    return answer
  }
}
