import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Serving
package import Simulator

/// The simulated API as an HTTP/1.1 server.
package struct SimulatorServer: Sendable {
  private let api: SimulatedAPI
  private let limits: ServerLimits
  private let held: HeldBytes

  package init(_ api: SimulatedAPI, limits: ServerLimits = .standard) {
    self.api = api
    self.limits = limits
    held = HeldBytes(limit: limits.heldByteCount)
  }

  /// Serves until `stop` returns, then answers what has come and ends.
  ///
  /// Port 0 takes a free one; `whenListening` gets the one that was taken.
  package func run(
    host: String = "127.0.0.1", port: Int,
    until stop: @escaping @Sendable () async -> Void,
    whenListening: @escaping @Sendable (Int) async -> Void
  ) async throws(ServerFailure) {
    let logger = Logger(label: "regra simulate") { _ in SwiftLogNoOpLogHandler() }
    let server = SimulatorChannel(api: api, limits: limits, held: held).server(
      configuration: ServerConfiguration(
        address: .hostname(host, port: port), backlog: limits.waitingConnectionCount,
        availableConnectionsDelegate: .maximum(openableConnectionCount, logger: logger)),
      onServerRunning: { channel in await whenListening(channel.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    do throws(Serving.Failure) {
      try await Serving.run(server, logger: logger, stopTime: limits.stopTime, until: stop)
    } catch {
      throw ServerFailure(host: host, port: port, reason: error.reason)
    }
  }

  /// Serves until SIGINT or SIGTERM and gives the number of the signal.
  package func runUntilInterrupted(
    host: String, port: Int, whenListening: @escaping @Sendable (Int) async -> Void
  ) async throws(ServerFailure) -> Int32 {
    try await Serving.untilInterrupted { (stop) async throws(ServerFailure) in
      try await run(host: host, port: port, until: stop, whenListening: whenListening)
    }
  }

  /// Connections that the process may hold beside its own files.
  private var openableConnectionCount: Int {
    min(limits.connectionCount, max(1, OpenFiles.raiseLimit() - OpenFiles.ownCount))
  }
}

/// Why a server could not listen.
package struct ServerFailure: Error {
  package var host: String
  package var port: Int
  package var reason: String
}
