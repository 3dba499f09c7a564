extension SimulatorServer {
  /// Serves on a free port of this machine for as long as the body takes.
  package func serve<Result: Sendable>(
    _ body: (_ port: Int) async throws -> Result
  ) async throws -> Result {
    let (stop, stopping) = AsyncStream.makeStream(of: Void.self)
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    async let serving: Void = run(
      port: 0, until: { for await _ in stop {} }, whenListening: { listening.yield($0) })
    defer { stopping.finish() }
    for await port in ports {
      let result = try await body(port)
      stopping.finish()
      try await serving
      return result
    }
    throw CancellationError()
  }
}
