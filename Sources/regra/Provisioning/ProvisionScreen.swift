import Sending
import Contacts
import Execution
import Provisioning
import Pulling
import Streams

/// What people see while fields and groups are made.
struct ProvisionScreen: Sendable {
  let isQuiet: Bool
  let format: ProvisionCommand.Format

  func show(_ event: ProvisionEvent) {
    switch event {
    case .made(let item): if format == .text { Terminal.tell(ProvisionText.made(item)) }
    case .settling(let time):
      say("waiting \(clockTime(Int(time.components.seconds))) until what was made can be used")
    case .waiting(let reason, let wait):
      let seconds = Int((wait + .milliseconds(999)).components.seconds)
      if seconds >= 5 { say("waiting \(clockTime(seconds)): \(reason.sentence)") }
    }
  }

  /// Says what became of it; `reason` is what the system said of the last failure.
  func end(_ report: ProvisionReport, reason: String?) {
    switch format {
    case .text: Terminal.tell(ProvisionText.end(report))
    case .json: Terminal.print(ProvisionJSON.made(report))
    }
    let goOn = "the same command goes on from there"
    let why = reason.map { " (\($0))" } ?? ""
    switch report.ending {
    case .complete: return
    case .stopped: Terminal.say("regra: stopped; \(goOn)\n")
    case .interrupted(let cause): Terminal.say("regra: \(cause.sentence(why)); \(goOn)\n")
    case .unverified(let failure):
      Terminal.say(
        "regra: the server \(failure.sentence)\(why); whether all can be used is unknown\n")
    }
  }

  func say(_ text: String) {
    if !isQuiet { Terminal.say("regra: \(text)\n") }
  }
}

extension WaitReason {
  /// Why a sender waits.
  var sentence: String {
    switch self {
    case .share: "this command's part of the quota is spent"
    case .throttled: "the server asks for it"
    case .failure: "the server did not answer well"
    }
  }
}

extension Interruption.Cause {
  /// Why nothing more could be sent; `why` is what the system said, in brackets.
  func sentence(_ why: String) -> String {
    switch self {
    case .transport(let failure): "the server \(PullFailure.unreachable(failure).sentence)\(why)"
    case .throttled(let seconds):
      "the server \(PullFailure.throttled(.seconds(seconds ?? 60)).sentence)"
    case .serverError(let status): "the server \(PullFailure.serverError(status).sentence)"
    case .notAllowed(let words):
      "the server does not allow this\(words.isEmpty ? "" : ": \(ServerWords.plain(words))")"
    case .unexpected(let status): "the server answered \(status)"
    case .cancelled: "stopped"
    }
  }
}
