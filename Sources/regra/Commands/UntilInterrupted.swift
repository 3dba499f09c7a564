import ArgumentParser
private import Glibc
import Streams
import UnixSignals

extension AsyncParsableCommand {
  /// Does the work while SIGINT and SIGTERM raise the signal; the second one ends the process at once,
  /// which loses nothing, as what is done is stored as a whole or not at all.
  func untilInterrupted<Report: Sendable>(
    _ stop: StopSignal, _ work: @escaping @Sendable () async throws -> Report
  ) async throws -> Report? {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(
      of: Report?.self, returning: Report?.self
    ) { group in
      group.addTask {
        for await signal in signals {
          let number = signal == .sigint ? SIGINT : SIGTERM
          if stop.isSet { _exit(128 + number) }
          stop.raise(number)
        }
        return nil
      }
      group.addTask { try await work() }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      return nil
    }
  }
}
