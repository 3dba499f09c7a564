import Delivery
import Execution
private import Glibc
import Pulling
import Streams
import Synchronization

/// What people see of a delivery.
final class DeliveryScreen: Sendable {
  private let isQuiet: Bool
  /// When each reason to wait was said last, in monotonic seconds.
  private let said = Mutex<[WaitReason: Int64]>([:])

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  func show(_ event: DeliveryEvent) {
    guard case .waiting(let reason, let wait) = event, wait >= .seconds(5) else { return }
    let now = RunClock.monotonic() / 1_000_000_000
    let isNews = said.withLock { said in
      if let last = said[reason], now < last + 60 { return false }
      said[reason] = now
      return true
    }
    let seconds = Int((wait + .milliseconds(999)).components.seconds)
    if isNews { say("waiting \(clockTime(seconds)): \(reason.sentence)") }
  }

  /// Says how a delivery ended; `goOn` is how to go on where it is not done.
  func end(_ report: DeliveryReport, reason: String?, goOn: String) {
    var parts = [
      "\(counted(report.callCount, "call")) sent", counted(report.requestCount, "request"),
    ]
    if report.skippedCount > 0 { parts.append("\(grouped(report.skippedCount)) not there") }
    if report.setAsideCount > 0 { parts.append("\(grouped(report.setAsideCount)) set aside") }
    say(parts.joined(separator: " · "))
    let why = reason.map { " (\($0))" } ?? ""
    switch report.ending {
    case .complete: break
    case .stopped: Terminal.say("regra: stopped; nothing is lost, and \(goOn)\n")
    case .unwritten(let sentence): Terminal.say("regra: \(sentence); \(goOn)\n")
    case .interrupted(let cause): Terminal.say("regra: \(cause.sentence(why)); \(goOn)\n")
    }
  }

  func say(_ text: String) {
    if !isQuiet { Terminal.say("regra: \(text)\n") }
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
