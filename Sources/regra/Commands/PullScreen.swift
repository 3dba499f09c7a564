import Diagnostics
import Sending
private import Glibc
import Pulling
import StateStore
import Streams
import Synchronization

/// What people see of a pull.
final class PullScreen: Sendable {
  private struct State {
    var line: StatusLine?
    var total: PullForecast.Count?
    var lastWait: (reason: WaitReason, rest: Duration)?
  }

  private let watch: RunWatch
  private let callLimit: Int
  private let state: Mutex<State>

  init(_ watch: RunWatch, drawsBar: Bool, share callLimit: Int) {
    self.watch = watch
    self.callLimit = callLimit
    state = Mutex(State(line: drawsBar ? StatusLine(descriptor: STDERR_FILENO) : nil))
  }

  func show(_ event: PullEvent) {
    guard watch.log == nil else { return watch.note(event) }
    switch event {
    case .forecast(let forecast):
      state.withLock { $0.total = forecast.contacts }
      say(words(of: forecast))
    case .goingOn(let stage, _):
      say("going on where the last pull ended, at \(stage == .contacts ? "contacts" : "deletions")")
    case .progress(let counts):
      watch.note(event)
      state.withLock { state in
        let total = state.total.map(\.number).flatMap { $0 > counts.contacts ? $0 : nil }
        state.line?.show { nanoseconds in
          ProgressBar.line(
            read: counts.contacts, of: total, events: counts.contacts, word: "contacts",
            nanoseconds: nanoseconds)
        }
      }
    case .waiting(let reason, let rest): wait(reason, rest)
    }
  }

  /// Says how the pull ended.
  func end(_ report: PullReport, of store: ContactStore) {
    clear()
    let known = (try? store.contactCount).map { "\(counted($0, "contact")) known" } ?? ""
    let counts = report.counts
    let work =
      "\(grouped(counts.contacts)) read, \(grouped(counts.deletions)) deleted, "
      + counted(counts.calls, "call")
    switch report.ending {
    case .complete: say("\(known) in \(store.path) · \(work)")
    case .interrupted:
      say("stopped · \(known) in \(store.path) · \(work); the same command goes on from there")
    }
  }

  func clear() { state.withLock { $0.line?.clear() } }

  private func words(of forecast: PullForecast) -> String {
    let contacts =
      switch forecast.contacts {
      case .exactly(let number): "\(counted(number, "contact")) to read"
      case .atLeast(let number):
        "at least \(counted(number, "contact")) to read (an estimate: the server does not count them)"
      }
    let time = Int(forecast.time.components.seconds)
    return "\(contacts) · \(counted(forecast.calls, "more call")), \(clockTime(time)) at least · "
      + "at most \(counted(callLimit, "call")) an hour"
  }

  private func wait(_ reason: WaitReason, _ rest: Duration) {
    let seconds = Int((rest + .milliseconds(999)).components.seconds)
    let words =
      switch reason {
      case .share: "waiting \(clockTime(seconds)): this pull's part of the quota is spent"
      case .throttled: "waiting \(clockTime(seconds)): the server asks for it"
      case .failure: "waiting \(clockTime(seconds)): the server did not answer well"
      }
    let isNew = state.withLock { state in
      state.line?.show { _ in words }
      defer { state.lastWait = (reason, rest) }
      guard let last = state.lastWait, state.line == nil else { return state.line == nil }
      return last.reason != reason || rest > last.rest
    }
    if isNew, seconds >= 5 { say(words) }
  }

  private func say(_ text: String) {
    guard !watch.isQuiet else { return }
    clear()
    Terminal.say("regra: \(text)\n")
  }
}
