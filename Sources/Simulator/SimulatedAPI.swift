package import Contacts
private import Synchronization

/// A workspace with a clock and a script of faults that many tasks may call: the server in this
/// process.
package final class SimulatedAPI: Transport {
  private struct State {
    var workspace: Workspace
    var clock: ServerClock
    var faults: FaultPlan
    var counts = RequestCounts()

    /// Answers; a bulk deletion fails behind this many contacts.
    mutating func answer(
      _ request: APIRequest, at now: Timestamp, deletingAtMost limit: Int
    ) -> APIAnswer {
      workspace.deletionLimit = limit
      defer { workspace.deletionLimit = nil }
      return workspace.answer(request, at: now)
    }

    /// Applies a request whose own answer nobody gets.
    mutating func apply(
      _ request: APIRequest, at now: Timestamp, thenAnswer answer: APIAnswer?
    ) -> APIAnswer? {
      _ = workspace.answer(request, at: now)
      return answer
    }
  }

  private let state: Mutex<State>

  package init(
    _ workspace: Workspace, clock: ServerClock = .system, faults: FaultPlan = FaultPlan()
  ) {
    state = Mutex(State(workspace: workspace, clock: clock, faults: faults))
  }

  /// Answers as the network would deliver it: late where a fault says so, or not at all.
  ///
  /// Under a virtual clock nothing is waited for: the clock moves on instead.
  package func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    let exchange = exchange(request)
    let duration = exchange.duration
    guard duration > .zero else { return try exchange.result() }
    let isVirtual = state.withLock { state in
      guard case .virtual = state.clock else { return false }
      state.clock.advance(by: duration)
      return true
    }
    if !isVirtual {
      do {
        try await Task.sleep(for: duration)
      } catch {
        throw .timedOut
      }
    }
    return try exchange.result()
  }

  /// Answers at once and says how the answer is to travel.
  package func exchange(_ request: APIRequest) -> Exchange {
    state.withLock { state in
      let mishap = state.faults.mishap(for: request)
      state.clock.advance(by: mishap.clockJump)
      let now = state.clock.tick()
      let answer: APIAnswer? =
        switch mishap.outcome {
        case .ordinary: state.workspace.answer(request, at: now)
        case .answer(let answer, .skipped): answer
        case .answer(let answer, .done): state.apply(request, at: now, thenAnswer: answer)
        case .reset(.skipped): nil
        case .reset(.done): state.apply(request, at: now, thenAnswer: nil)
        case .partialDelete(let count): state.answer(request, at: now, deletingAtMost: count)
        }
      state.counts.count(request, answer)
      return Exchange(
        answer: answer, delay: mishap.delay, bytesPerSecond: mishap.bytesPerSecond,
        bodyByteLimit: mishap.bodyByteLimit)
    }
  }

  /// The workspace as it is now.
  package var workspace: Workspace {
    get { state.withLock(\.workspace) }
    set { state.withLock { $0.workspace = newValue } }
  }

  /// Puts another workspace in the place of this one, between two requests.
  func replaceWorkspace(
    _ change: (Workspace, Timestamp) throws(StateFailure) -> Workspace
  ) throws(StateFailure) {
    try state.withLock { (state) throws(StateFailure) in
      state.workspace = try change(state.workspace, state.clock.now)
    }
  }

  package var clock: ServerClock {
    get { state.withLock(\.clock) }
    set { state.withLock { $0.clock = newValue } }
  }

  /// The script as far as it has come; a new one begins at its beginning.
  package var faults: FaultPlan {
    get { state.withLock(\.faults) }
    set { state.withLock { $0.faults = newValue } }
  }

  package var counts: RequestCounts {
    get { state.withLock(\.counts) }
    set { state.withLock { $0.counts = newValue } }
  }

  /// Moves the clock and gives what it then shows.
  package func advance(by duration: Duration) -> ServerClock {
    state.withLock { state in
      state.clock.advance(by: duration)
      return state.clock
    }
  }
}
