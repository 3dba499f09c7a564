package import Contacts

/// One thing that goes wrong, and with which requests.
package struct Fault: Sendable, Equatable {
  package var matcher: RequestMatcher
  package var occasions: Occasions
  package var effect: Effect

  package init(
    _ effect: Effect, on matcher: RequestMatcher = RequestMatcher(),
    at occasions: Occasions = Occasions()
  ) {
    self.effect = effect
    self.matcher = matcher
    self.occasions = occasions
  }

  /// What goes wrong.
  package enum Effect: Sendable, Equatable {
    /// The answer comes late, by a duration drawn from the range.
    case delay(ClosedRange<Duration>)
    /// Another answer than the server's own.
    case answer(APIAnswer, Application)
    /// The connection breaks without an answer.
    case reset(Application)
    /// The action `delete` removes this many contacts and then fails.
    case partialDelete(count: Int)
    /// The body of the answer trickles.
    case slow(bytesPerSecond: Int)
    /// The connection ends behind this many bytes of the answer's body.
    case truncate(byteCount: Int)
    /// The server's clock jumps, forwards or backwards, before it reads the request.
    case jump(Duration)
  }

  /// Whether the server did what the request asked for before it failed.
  package enum Application: Sendable, Equatable {
    case skipped
    case done
  }
}

/// Which of the requests that a fault is about it strikes.
package struct Occasions: Sendable, Equatable {
  /// The first of them, counted from 1.
  package var first: Int
  /// From there on each, each second, each third.
  package var every: Int
  /// How often it strikes; absent: without end.
  package var times: Int?
  /// How likely it strikes where it could.
  package var chance: Double

  package init(first: Int = 1, every: Int = 1, times: Int? = nil, chance: Double = 1) {
    self.first = first
    self.every = every
    self.times = times
    self.chance = chance
  }
}

/// What befalls one request: the effects of all faults that strike it.
package struct Mishap: Sendable, Equatable {
  package var clockJump = Duration.zero
  package var delay = Duration.zero
  package var outcome = Outcome.ordinary
  package var bytesPerSecond: Int?
  package var bodyByteLimit: Int?

  package static let none = Mishap()

  /// What the client gets.
  package enum Outcome: Sendable, Equatable {
    case ordinary
    case answer(APIAnswer, Fault.Application)
    case reset(Fault.Application)
    case partialDelete(count: Int)
  }

  /// Adds an effect.
  ///
  /// Delays and jumps add up; of two outcomes, or two ways to send a body, the first counts.
  mutating func add(_ effect: Fault.Effect, random: inout SeededGenerator) {
    switch effect {
    case .delay(let range): delay += random.duration(in: range)
    case .answer(let answer, let application): decide(.answer(answer, application))
    case .reset(let application): decide(.reset(application))
    case .partialDelete(let count): decide(.partialDelete(count: count))
    case .slow(let rate): bytesPerSecond = bytesPerSecond ?? rate
    case .truncate(let count): bodyByteLimit = bodyByteLimit ?? count
    case .jump(let duration): clockJump += duration
    }
  }

  private mutating func decide(_ outcome: Outcome) {
    if self.outcome == .ordinary { self.outcome = outcome }
  }
}
