import Delivery
import Diagnostics
import Execution
import Logging
import Pulling
import Streams

/// What people see of a delivery.
final class DeliveryScreen: Sendable {
  /// So many are shown; all are in the file.
  private static let adviceLimit = 5

  let watch: RunWatch

  init(_ watch: RunWatch) { self.watch = watch }

  func show(_ event: DeliveryEvent) {
    watch.note(event)
    watch.drawStatus()
  }

  /// Says how a delivery ended; `goOn` is how to go on where it is not done.
  func end(_ report: DeliveryReport, reason: String?, goOn: String) {
    if let log = watch.log {
      log.event(
        .notice, "delivery ended",
        [
          "calls": .number(report.callCount), "requests": .number(report.requestCount),
          "not_there": .number(report.skippedCount), "set_aside": .number(report.setAsideCount),
        ])
    } else {
      say(summary(of: report))
    }
    let why = reason.map { " (\($0))" } ?? ""
    switch report.ending {
    case .complete: break
    case .stopped: Terminal.say("regra: stopped; nothing is lost, and \(goOn)\n")
    case .unwritten(let sentence): Terminal.say("regra: \(sentence); \(goOn)\n", .error)
    case .interrupted(let cause):
      Terminal.say("regra: \(cause.sentence(why)); \(goOn)\n", .error)
    }
  }

  private func summary(of report: DeliveryReport) -> String {
    var parts = [
      "\(counted(report.callCount, "call")) sent", counted(report.requestCount, "request"),
    ]
    if report.skippedCount > 0 { parts.append("\(grouped(report.skippedCount)) not there") }
    if report.setAsideCount > 0 { parts.append("\(grouped(report.setAsideCount)) set aside") }
    return parts.joined(separator: " · ")
  }

  /// Says what was set aside, what is known to help, and last the command that sends it.
  func tell(_ notice: SetAsideNotice, url: String, reveal: Bool) {
    for (words, advice) in notice.advice.prefix(Self.adviceLimit) {
      say("set aside: \(reveal ? words : Mask.masked(words: words, about: "")); \(advice)")
    }
    let more = notice.advice.count - Self.adviceLimit
    if more > 0 { say("and \(grouped(more)) more like these") }
    say(
      "what was set aside is in \(notice.path); once it is repaired:\n"
        + "  regra replay \(notice.path) --url \(url)")
  }

  func say(_ text: String) {
    if !watch.isQuiet { Terminal.say("regra: \(text)\n") }
  }
}

extension DeliveryReport.Ending {
  /// The status that a command ends with.
  func exitStatus(hasSetAside: Bool, _ stop: StopSignal) -> Int32 {
    switch self {
    case .complete: hasSetAside ? ExitStatus.setAside : 0
    case .interrupted: ExitStatus.unreachable
    case .stopped: 128 + stop.signal
    case .unwritten: ExitStatus.fileFailure
    }
  }
}
