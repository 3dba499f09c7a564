internal import CEL
package import Contacts
package import StateStore

/// Brings a store up to what the server knows: a first time all of it, later what has changed.
///
/// Contacts are read in the order of their changes, the earliest first, so that one that changes
/// meanwhile comes again at the end and none is missed. Deletions are read last. Each page is stored
/// together with where the next begins, so a pull that ends early goes on there.
package struct Puller: Sendable {
  package struct Options: Sendable {
    package var dialect: Dialect
    /// The server's name in the store.
    package var host: String
    /// Calls of `contacts.json` an hour.
    package var callLimit: Int
    /// Contacts that a page is asked for.
    package var pageSize: Int
    package var retries = RetryPolicy()
    /// How far behind the latest known change the next pull begins: a change can be seen later than
    /// its time says, as it is stamped before it is committed and copied.
    package var overlap: Duration = .seconds(600)

    package init(dialect: Dialect, host: String, callLimit: Int) {
      self.dialect = dialect
      self.host = host
      self.callLimit = callLimit
      pageSize = APIProfile(dialect).contactPageSize
    }
  }

  /// Why reading stops.
  enum Stop: Error {
    case interrupted
    case failed(PullFailure)
  }

  let transport: any Transport
  let store: ContactStore
  let options: Options
  let clock: PullClock
  /// Asked between calls and while waiting.
  let isStopped: @Sendable () -> Bool
  let observe: @Sendable (PullEvent) -> Void

  var budget: CallBudget
  var pageSize: Int
  var state: PullState
  var counts = PullCounts()
  /// What was read of the workspace and is not stored yet.
  var unstoredInventory: InventoryRows?
  /// Calls that the store does not know of yet.
  var unstoredCalls: [PointInTime] = []
  /// Whether the server has answered, or broken off, at all.
  var isReached = false
  /// How long the last call of `contacts.json` took.
  var latency: Duration = .zero
  /// The most contacts that one group has.
  var largestGroup = 0
  /// Cursors that were followed, so that a circle is noticed.
  var seenCursors: Set<String> = []

  package init(
    over transport: any Transport, into store: ContactStore, options: Options,
    clock: PullClock = .system, isStopped: @escaping @Sendable () -> Bool = { false },
    observe: @escaping @Sendable (PullEvent) -> Void = { _ in }
  ) throws(PullFailure) {
    self.transport = transport
    self.store = store
    self.options = options
    self.clock = clock
    self.isStopped = isStopped
    self.observe = observe
    pageSize = options.pageSize
    do throws(StoreFailure) {
      state = try store.pullState
      budget = CallBudget(
        limit: options.callLimit,
        spent: try store.calls(since: clock.now().advanced(by: .seconds(-3_600))))
    } catch {
      throw .store(error)
    }
  }

  /// Reads until nothing is left, or until it is stopped.
  package mutating func run() async throws(PullFailure) -> PullReport {
    do throws(Stop) {
      try await readInventory()
      if let pass = state.pass {
        observe(.goingOn(pass.stage, since: pass.startedAt))
      } else {
        try await begin()
      }
      while let pass = state.pass { try await readPage(of: pass) }
      return PullReport(ending: .complete, counts: counts, state: state)
    } catch {
      keepCalls()
      switch error {
      case .failed(let failure): throw failure
      case .interrupted:
        return PullReport(ending: .interrupted, counts: counts, state: state)
      }
    }
  }

  /// Lets the next pull of this hour know of calls that brought nothing.
  private func keepCalls() {
    var page = PageChange(readAt: clock.now(), state: state)
    page.calls = unstoredCalls
    // Why the pull ends matters more than a count that is too low.
    try? store.store(page)
  }

  func storing<Result>(
    _ body: (ContactStore) throws(StoreFailure) -> Result
  ) throws(Stop) -> Result {
    do throws(StoreFailure) { return try body(store) } catch { throw .failed(.store(error)) }
  }
}
