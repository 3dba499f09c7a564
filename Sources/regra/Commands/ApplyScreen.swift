import Applying
import Contacts
import Diagnostics
import Execution
import Logging
import Pulling
import Sending
import Streams

/// What people see of a plan that is applied.
final class ApplyScreen: Sendable {
  private let plan: String
  private let watch: RunWatch
  private let privacy: Summary.Privacy

  init(_ plan: String, _ watch: RunWatch, privacy: Summary.Privacy) {
    self.plan = plan
    self.watch = watch
    self.privacy = privacy
  }

  func show(_ event: ApplyEvent) {
    watch.note(event)
    watch.drawStatus()
  }

  /// Says what became of the plan; `reason` is what the system said of the last failure.
  func end(_ report: ApplyReport, reason: String?) {
    if report.ending == .completeBefore {
      return say("\(plan): applied before (\(counted(report.doneCount, "call"))); nothing was sent")
    }
    for contact in report.leftOut {
      say(
        "left out \(shown(contact.contact, Mask.masked(contact:))): it changed since the plan was made "
          + "(\(counted(contact.callCount, "call")))")
    }
    for part in report.refusals {
      let reasons = part.because.prefix(3).map { reason in
        "\(reason.rule) \(reason.place)"
          + (reason.event.isEmpty ? "" : " event \(shown(id: reason.event))")
      }
      say(
        "set aside \(shown(part.item, Mask.masked(item:))): "
          + shown(part.words) { Mask.masked(words: $0, about: part.item) }
          + (part.advice.map { "; \($0)" } ?? "") + " (\(reasons.joined(separator: "; ")))")
    }
    say(summary(of: report))
    if let sentence = sentence(on: report, reason) { Terminal.say("regra: \(sentence)\n", .error) }
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

  private func shown(_ text: String, _ mask: (String) -> String) -> String {
    privacy == .revealed ? text : mask(text)
  }

  private func shown(id: String) -> String { id.contains("@") ? shown(id) { Mask.masked($0) } : id }

  private func say(_ text: String) {
    if !watch.isQuiet { Terminal.say("regra: \(text)\n") }
  }
}
