internal import CEL
internal import Contacts
internal import StateStore

extension Puller {
  /// Which of the server's quotas a call counts against.
  enum Quota { case contacts, other }

  /// The least that a page is asked for when the server cannot give more in time.
  private static let smallestPage = 50

  /// Makes a call until its answer is what was asked for.
  ///
  /// `target` is asked again for each attempt, as pages become smaller where the server is slow.
  mutating func read<Part>(
    _ quota: Quota, _ target: (_ pageSize: Int) -> String, _ parse: (Document) -> Part?
  ) async throws(Stop) -> Part {
    var failed = 0
    var throttled = 0
    while true {
      let outcome = try await attempt(quota, target(pageSize))
      // Whoever misspelt the server, or is offline, need not wait to be told.
      if !isReached, outcome == .failure(.unreachable) { throw .failed(.unreachable(.unreachable)) }
      isReached = true
      var decision = options.retries.decide(outcome, failed: failed, throttled: throttled)
      if case .accept(let answer) = decision {
        if let part = Self.parse(answer.body, parse) { return part }
        decision = options.retries.decide(.brokenBody, failed: failed, throttled: throttled)
      }
      switch decision {
      case .accept: break
      case .giveUp(let failure): throw .failed(failure)
      case .retry(let wait, let asksForLess):
        failed += 1
        if asksForLess { pageSize = max(pageSize / 2, min(pageSize, Self.smallestPage)) }
        try await pause(wait, .failure)
      case .comeBack(let wait):
        throttled += 1
        try await pause(wait, .throttled)
      }
    }
  }

  private mutating func attempt(
    _ quota: Quota, _ target: String
  ) async throws(Stop) -> RetryPolicy.Outcome {
    if isStopped() { throw .interrupted }
    if quota == .contacts {
      let wait = budget.wait(at: clock.now())
      if wait > .zero { try await pause(wait, .share) }
    }
    let start = clock.now()
    if quota == .contacts {
      budget.spend(at: start)
      unstoredCalls.append(start)
      counts.calls += 1
    }
    defer { if quota == .contacts { latency = max(.zero, clock.now().elapsed(since: start)) } }
    do throws(TransportFailure) {
      return .answer(try await transport.send(APIRequest(method: "GET", target: target)))
    } catch {
      return .failure(error)
    }
  }

  /// Waits in small steps, so that a stop is noticed at once.
  private func pause(_ duration: Duration, _ reason: WaitReason) async throws(Stop) {
    let step = Duration.milliseconds(200)
    var rest = duration
    var isToldAt = rest
    while rest > .zero {
      if isStopped() { throw .interrupted }
      if rest <= isToldAt {
        observe(.waiting(reason, rest))
        isToldAt = rest - .seconds(1)
      }
      await clock.sleep(min(rest, step))
      rest -= step
    }
  }

  private static func parse<Part>(_ body: [UInt8], _ parse: (Document) -> Part?) -> Part? {
    var parser = JSONParser(byteLimit: max(body.count, 1))
    return body.withUnsafeBytes { bytes in
      guard let document = try? parser.parseCopy(of: bytes) else { return nil }
      return parse(document)
    }
  }
}
