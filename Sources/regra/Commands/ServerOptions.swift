import ArgumentParser
private import Glibc
import HTTPTransport
import Simulator
import Streams

/// Which server a command talks to, by which way, and with which token.
struct ServerOptions: ParsableArguments {
  static let environmentFlags: [FlagEnvironment.FlagName] =
    [.value("url")] + WayOptions.environmentFlags

  @Option(help: ArgumentHelp("The server, such as https://flows.weni.ai.", valueName: "address"))
  var url: String

  @OptionGroup var way: WayOptions

  func validate() throws { _ = try address }

  var address: ServerAddress {
    get throws { try WayOptions.address(url, of: "--url") }
  }

  /// The token; it goes to the server of ``address`` alone.
  var token: String { get throws { try way.token } }

  /// Opens connections to the server for as long as the body takes, at most so many at once.
  func withTransport<Result: Sendable>(
    connections: Int? = nil, _ body: (LiveTransport) async throws -> Result
  ) async throws -> Result {
    try await way.withTransport(to: try address, connections: connections, body)
  }
}

/// How long something may take: `500ms`, `30s`, `2m`.
struct TimeLimit: ExpressibleByArgument {
  var duration: Duration

  init(_ duration: Duration) { self.duration = duration }

  init?(argument: String) {
    guard let written = WrittenDuration(argument), written.duration > .zero,
      written.duration <= .seconds(86_400)
    else { return nil }
    duration = written.duration
  }

  var defaultValueDescription: String { WrittenDuration(duration).text }
}
