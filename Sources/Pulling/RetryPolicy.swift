package import Contacts

/// What to do about the outcome of one attempt to read; decides without waiting itself.
///
/// Reading changes nothing on the server, so every attempt may be repeated.
package struct RetryPolicy: Sendable {
  /// Attempts of one call that fail in a row.
  package var attemptLimit = 8
  /// Times that one call is told to come back later.
  package var throttleLimit = 30
  package var firstWait: Duration = .seconds(1)
  package var longestWait: Duration = .seconds(60)
  /// A server that asks for more does not expect to be asked again today.
  package var longestThrottle: Duration = .seconds(4 * 3_600)
  /// What becomes of a wait behind a failure, so that many do not come back at once.
  package var jitter: @Sendable (Duration) -> Duration = { $0 }

  package init() {}

  package enum Outcome: Sendable, Equatable {
    case answer(APIAnswer)
    case failure(TransportFailure)
    /// An answer with 200 whose body is not what was asked for.
    case brokenBody
  }

  package enum Decision: Sendable, Equatable {
    case accept(APIAnswer)
    /// The call takes too much of the server: less may be asked for.
    case retry(after: Duration, asksForLess: Bool)
    case comeBack(after: Duration)
    case giveUp(PullFailure)
  }

  /// Decides about an attempt, after so many that failed and so many that were throttled.
  package func decide(_ outcome: Outcome, failed: Int, throttled: Int) -> Decision {
    switch outcome {
    case .brokenBody: return retry(.noPage, failed, asksForLess: false)
    case .failure(let failure):
      let isSlow = failure == .timedOut || failure == .truncated
      return retry(.unreachable(failure), failed, asksForLess: isSlow)
    case .answer(let answer):
      switch answer.status {
      case 200: return .accept(answer)
      case 429: return comeBack(answer, throttled)
      case 408, 500...599: return retry(.serverError(answer.status), failed, asksForLess: true)
      case 401, 403: return .giveUp(.notAllowed(answer.words))
      case 300...399: return .giveUp(.redirected(answer.header("Location")))
      default: return .giveUp(.refused(answer.status, answer.words))
      }
    }
  }

  private func retry(_ reason: PullFailure, _ failed: Int, asksForLess: Bool) -> Decision {
    guard let wait = wait(afterFailures: failed) else { return .giveUp(reason) }
    return .retry(after: wait, asksForLess: asksForLess)
  }

  /// How long to wait before an attempt is repeated, behind so many failures in a row before it; nothing
  /// where it is the last.
  package func wait(afterFailures failed: Int) -> Duration? {
    guard failed + 1 < attemptLimit else { return nil }
    return jitter(min(firstWait * (1 << min(failed, 20)), longestWait))
  }

  /// How long to wait where a server asks for it, behind so many times that it did; nothing where it asks
  /// for too much.
  package func wait(askedBy answer: APIAnswer, before throttled: Int) -> Duration? {
    let wait = askedWait(of: answer)
    return throttled + 1 < throttleLimit && wait <= longestThrottle ? wait : nil
  }

  private func askedWait(of answer: APIAnswer) -> Duration {
    let asked = answer.retryAfterSeconds.map { Duration.seconds($0) }
    return max(asked ?? longestWait, firstWait)
  }

  /// Any part of the wait, at random.
  package static let fullJitter: @Sendable (Duration) -> Duration = { wait in
    wait * Double.random(in: 0...1)
  }

  private func comeBack(_ answer: APIAnswer, _ throttled: Int) -> Decision {
    guard let wait = wait(askedBy: answer, before: throttled) else {
      return .giveUp(.throttled(askedWait(of: answer)))
    }
    return .comeBack(after: wait)
  }
}

extension APIAnswer {
  /// What the server said, cut to what a person reads.
  fileprivate var words: String {
    let text = String(decoding: body.prefix(400), as: UTF8.self)
    let isPage = text.drop { $0.isWhitespace }.hasPrefix("<")
    return isPage ? "a web page" : String(text.map { $0.isNewline ? " " : $0 })
  }
}
