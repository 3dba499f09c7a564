package import Contacts
private import Synchronization

/// A workspace with a clock that many tasks may call: the server in this process.
package final class SimulatedAPI: Transport {
  private struct State {
    var workspace: Workspace
    var clock: ServerClock
  }

  private let state: Mutex<State>

  package init(_ workspace: Workspace, clock: ServerClock = .system) {
    state = Mutex(State(workspace: workspace, clock: clock))
  }

  package func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    state.withLock { state in
      state.workspace.answer(request, at: state.clock.tick())
    }
  }

  /// The workspace as it is now.
  package var workspace: Workspace {
    get { state.withLock(\.workspace) }
    set { state.withLock { $0.workspace = newValue } }
  }

  package var clock: ServerClock {
    get { state.withLock(\.clock) }
    set { state.withLock { $0.clock = newValue } }
  }
}
