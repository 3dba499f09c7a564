import Streams

extension RunEnding {
  /// What ended the run before its time, as a sentence.
  var failure: CommandFailure? {
    switch self {
    case .complete, .interrupted, .outputClosed: nil
    case .badLine:
      CommandFailure("a bad line ended the run (--strict)", status: ExitStatus.setAside)
    case .guardExceeded(let reason):
      CommandFailure(
        "stopped by a guard: \(reason); the calls of this window were not printed",
        status: ExitStatus.guardExceeded)
    case .inputFailed(let failure), .outputFailed(let failure): CommandFailure(failure)
    }
  }

  /// The status that the command ends with.
  func exitStatus(hasSetAside: Bool) -> Int32 {
    switch self {
    case .complete: hasSetAside ? ExitStatus.setAside : 0
    case .interrupted(let signal): 128 + signal
    case .badLine: ExitStatus.setAside
    case .outputClosed: 0
    case .guardExceeded: ExitStatus.guardExceeded
    case .inputFailed, .outputFailed: ExitStatus.fileFailure
    }
  }
}
