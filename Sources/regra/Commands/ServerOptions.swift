import ArgumentParser
import HTTPTransport

/// Which server a command talks to, and with which token.
struct ServerOptions: ParsableArguments {
  static let environmentFlags: [FlagEnvironment.FlagName] = [.value("url"), .value("token-file")]

  @Option(help: ArgumentHelp("The server, such as https://flows.weni.ai.", valueName: "address"))
  var url: String

  @Option(
    help: ArgumentHelp("Read the token from this file; `-` is standard input.", valueName: "file"))
  var tokenFile: String?

  func validate() throws { _ = try address }

  var address: ServerAddress {
    get throws {
      do throws(ServerAddress.Refusal) {
        return try ServerAddress(url)
      } catch {
        throw ValidationError("--url \(error.sentence)")
      }
    }
  }

  /// The token; it goes to the server of ``address`` alone.
  var token: String { get throws { try AccessToken.read(file: tokenFile) } }
}
