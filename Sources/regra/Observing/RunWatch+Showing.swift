import Logging
import Streams
import Telemetry
import TelemetryServer

extension RunWatch {
  /// What a run shows while it lasts.
  struct Display {
    /// Where metrics and health are read, if they are.
    var address: MetricsAddress?
    var showsStatus = false
  }

  /// Does the work while its pages can be read and its status line is drawn.
  ///
  /// - Throws: what the work throws, or a failure where the address is taken: then nothing was begun.
  func show<Result>(
    _ display: Display, until stop: StopSignal, during work: () async throws -> Result
  ) async throws -> Result {
    guard let address = display.address else {
      return try await showStatus(display, until: stop, during: work)
    }
    let server = TelemetryServer(host: address.host, port: address.port) { self.page(at: $0) }
    do {
      return try await server.serve { port in
        log?.event(
          .notice, "metrics served", ["host": "\(address.host)", "port": .number(port)])
        return try await showStatus(display, until: stop, during: work)
      }
    } catch let failure as TelemetryServer.Failure {
      throw CommandFailure(
        "--metrics \(failure.host):\(failure.port): \(failure.reason); nothing was begun",
        status: ExitStatus.unreachable)
    }
  }

  private func showStatus<Result>(
    _ display: Display, until stop: StopSignal, during work: () async throws -> Result
  ) async throws -> Result {
    if display.showsStatus { Terminal.openStatus() }
    defer { Terminal.closeStatus() }
    async let _: Void = draw(until: stop)
    return try await work()
  }

  /// Draws until it is cancelled; also tells of a stop.
  private func draw(until stop: StopSignal) async {
    var hasToldStop = false
    while (try? await Task.sleep(for: .milliseconds(200))) != nil {
      if stop.isSet, stop.signal != 0, !hasToldStop {
        hasToldStop = true
        log?.event(.notice, "stop signal", ["signal": .number(Int(stop.signal))])
      }
      if Terminal.hasStatus { drawStatus() }
    }
  }

  /// Draws the status line, if it is time.
  func drawStatus() { Terminal.drawStatus { width in status.line(width: width) } }

  private func page(at path: String) -> TelemetryServer.Page? {
    switch path {
    case "/metrics": return .init(contentType: Exposition.contentType, text: exposition)
    case "/health":
      let (isFine, text) = health
      return .init(
        status: isFine ? 200 : 503, contentType: "application/json", text: text)
    default: return nil
    }
  }
}

extension RunWatch: ProgressView {
  func show(byteCount: Int, eventCount: Int) {
    update { state, _ in state.status.events = eventCount }
    drawStatus()
  }

  /// Whatever is written makes room for itself.
  func clear() {}
}
