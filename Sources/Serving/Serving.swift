private import Glibc
package import Logging
private import NIOCore
package import ServiceLifecycle
import Synchronization
import UnixSignals

/// Serves until it is told to stop.
package enum Serving {
  /// Why nobody could be served.
  package struct Failure: Error {
    /// A few words for people: those of the system, where it refused to listen.
    package var reason: String

    fileprivate init(_ error: any Error) {
      guard let error = error as? IOError else {
        reason = "\(error)"
        return
      }
      reason = String(cString: strerror(error.errnoCode))
    }
  }

  /// Runs a server until `stop` returns; then it answers what has come, at most so long, and ends.
  package static func run(
    _ server: some Service, logger: Logger, stopTime: Duration,
    until stop: @escaping @Sendable () async -> Void
  ) async throws(Failure) {
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: server)], logger: logger)
    configuration.maximumGracefulShutdownDuration = stopTime
    let group = ServiceGroup(configuration: configuration)
    do {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
          await stop()
          await group.triggerGracefulShutdown()
        }
        try await group.run()
        tasks.cancelAll()
      }
    } catch {
      throw Failure(error)
    }
  }

  /// Serves until SIGINT or SIGTERM and gives the number of the signal.
  ///
  /// - Parameter serve: serves until what it is given returns.
  /// - Returns: the signal's number.
  /// - Throws: why it did not come to that.
  package static func untilInterrupted<Problem: Error>(
    _ serve: (_ stop: @escaping @Sendable () async -> Void) async throws(Problem) -> Void
  ) async throws(Problem) -> Int32 {
    let received = Mutex(SIGTERM)
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    try await serve {
      for await signal in signals {
        received.withLock { $0 = signal == .sigint ? SIGINT : SIGTERM }
        return
      }
    }
    return received.withLock(\.self)
  }
}
