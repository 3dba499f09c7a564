import Applying
import Contacts
import Execution
private import Glibc
import Pulling
import Sending
import Streams
import Synchronization

/// What people see of a plan that is applied.
final class ApplyScreen: Sendable {
  private struct State {
    var line: StatusLine?
  }

  private let plan: String
  private let isQuiet: Bool
  private let privacy: Summary.Privacy
  private let state: Mutex<State>

  init(_ plan: String, isQuiet: Bool, drawsBar: Bool, privacy: Summary.Privacy) {
    self.plan = plan
    self.isQuiet = isQuiet
    self.privacy = privacy
    state = Mutex(State(line: drawsBar ? StatusLine(descriptor: STDERR_FILENO) : nil))
  }

  func show(_ event: ApplyEvent) {
    switch event {
    case .progress(let done, let count):
      state.withLock { state in
        state.line?.show { nanoseconds in
          ProgressBar.line(
            read: done, of: count, events: done, word: "calls", nanoseconds: nanoseconds)
        }
      }
    case .waiting(let reason, let wait):
      let seconds = Int((wait + .milliseconds(999)).components.seconds)
      if seconds >= 5 { say("waiting \(clockTime(seconds)): \(reason.sentence)") }
    }
  }

  func clear() { state.withLock { $0.line?.clear() } }

  /// Says what became of the plan; `reason` is what the system said of the last failure.
  func end(_ report: ApplyReport, reason: String?) {
    if report.ending == .completeBefore {
      return say("\(plan): applied before (\(counted(report.doneCount, "call"))); nothing was sent")
    }
    for contact in report.leftOut {
      say(
        "left out \(shown(contact.contact)): it changed since the plan was made "
          + "(\(counted(contact.callCount, "call")))")
    }
    for part in report.refusals {
      let reasons = part.because.prefix(3).map { reason in
        "\(reason.rule) \(reason.place)" + (reason.event.isEmpty ? "" : " event \(reason.event)")
      }
      say(
        "set aside \(shown(part.item)): \(shown(part.words)) (\(reasons.joined(separator: "; ")))")
    }
    say(summary(of: report))
    if let sentence = sentence(on: report, reason) { Terminal.say("regra: \(sentence)\n") }
  }

  private func summary(of report: ApplyReport) -> String {
    var parts = ["\(grouped(report.doneCount)) of \(counted(report.callCount, "call")) done"]
    if report.doneBeforeCount > 0 { parts.append("\(grouped(report.doneBeforeCount)) before") }
    parts.append(counted(report.requestCount, "request"))
    if !report.leftOut.isEmpty {
      parts.append("\(counted(report.leftOut.count, "changed contact")) left out")
    }
    if report.skippedCount > 0 { parts.append("\(grouped(report.skippedCount)) not there") }
    if !report.refusals.isEmpty { parts.append("\(grouped(report.refusals.count)) set aside") }
    return parts.joined(separator: " · ")
  }

  /// Why the plan is not done, and how to go on; nothing where it is.
  private func sentence(on report: ApplyReport, _ reason: String?) -> String? {
    let goOn = "the same command goes on from there"
    switch report.ending {
    case .complete, .completeBefore: return nil
    case .stopped: return "stopped; \(goOn)"
    case .unwritten(let failure):
      return "\(failure.sentence); the calls until there are done, and \(goOn)"
    case .interrupted(let cause):
      let why = reason.map { " (\($0))" } ?? ""
      return "\(cause.sentence(why)); \(goOn)"
    }
  }

  private func shown(_ text: String) -> String {
    privacy == .revealed ? text : Mask.masked(text)
  }

  private func say(_ text: String) {
    guard !isQuiet else { return }
    clear()
    Terminal.say("regra: \(text)\n")
  }
}
