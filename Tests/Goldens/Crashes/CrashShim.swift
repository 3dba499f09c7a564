import Foundation

/// Where a run was when it was killed.
enum KillInstant: String, CaseIterable {
  case planToJournal = "plan to journal"
  case journalToSend = "journal to send"
  case sendToAnswer = "send to answer"
  case answerToAcknowledgement = "answer to acknowledgement"
  case windowToCheckpoint = "window to checkpoint"
  /// All is done, and it is written down that it is.
  case end
  /// Starting, reading, or between two batches.
  case elsewhere

  /// Those of which none may stay without a kill.
  static let named = allCases.filter { $0 != .end && $0 != .elsewhere }
}

/// What a process dies of.
enum Death {
  /// Nothing: it ends by itself.
  case none
  /// It is killed before (2k) or behind (2k + 1) the k-th call that changes a file or speaks with the server.
  case atCall(Int)
  /// Likewise, counted among the sides of calls at this instant.
  case at(KillInstant, Int)
  /// It is killed after so many microseconds.
  case after(Int)
}

/// The library that is preloaded into a process that is to die: `Tests/CrashShim/crash.c`.
struct CrashShim {
  /// The directory whose changes it sees.
  let disk: String
  private let scratch: Scratch

  private static let library = Result { try Preload.library("crash") }

  init(disk: String, in scratch: Scratch) {
    self.disk = disk
    self.scratch = scratch
  }

  private func path(_ name: String) -> String { scratch.directory.appending(path: name).path }

  var log: String { path("changes.log") }

  /// Prepares a process for its death.
  func prepare(_ process: Process, for death: Death) throws {
    for name in ["record", "instants"] { try? FileManager.default.removeItem(atPath: path(name)) }
    process.environment?.merge([
      "LD_PRELOAD": try Self.library.get(), "CRASH_DISK": disk, "CRASH_RECORD": path("record"),
      "CRASH_INSTANTS": path("instants"), "CRASH_LOG": log,
    ]) { $1 }
    switch death {
    case .none: break
    case .atCall(let place): process.environment?["CRASH_AT"] = "\(place)"
    case .at(let instant, let place):
      process.environment?["CRASH_AT"] = "\(place)"
      process.environment?["CRASH_INSTANT"] = instant.rawValue
    case .after(let microseconds): process.environment?["CRASH_AFTER"] = "\(microseconds)"
    }
  }

  /// Where the process was killed, and at which call of the system.
  func record() throws -> (instant: KillInstant, place: String) {
    let text = try String(contentsOfFile: path("record"), encoding: .utf8)
    let parts = text.split(separator: "\t")
    return (KillInstant(rawValue: String(parts[0])) ?? .elsewhere, String(parts[1]))
  }

  /// The instants before and behind each call of a process that ended by itself.
  func instants() throws -> [KillInstant] {
    try String(contentsOfFile: path("instants"), encoding: .utf8).split(separator: "\n").map {
      KillInstant(rawValue: String($0)) ?? .elsewhere
    }
  }
}
