import ArgumentParser
private import Glibc
import HTTPTransport
import Simulator
import Streams

/// By which way a command talks to a server, and with which token.
struct WayOptions: ParsableArguments {
  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("token-file"), .value("ca-file"), .value("proxy"),
    .value("connect-timeout"), .value("timeout"),
  ]

  @Option(
    help: ArgumentHelp("Read the token from this file; `-` is standard input.", valueName: "file"))
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "Believe servers whose certificates these authorities (PEM) have signed, too.",
      valueName: "file"))
  var caFile: String?

  @Option(
    help: ArgumentHelp(
      "The HTTP proxy that leads to the server. Default: that of HTTPS_PROXY and NO_PROXY.",
      valueName: "address"))
  var proxy: String?

  @Option(help: ArgumentHelp("How long a connection may take to come about.", valueName: "time"))
  var connectTimeout = TimeLimit(.seconds(10))

  @Option(help: ArgumentHelp("How long an answer may take, to its end.", valueName: "time"))
  var timeout = TimeLimit(.seconds(120))

  func validate() throws { _ = try writtenProxy }

  /// The address of a server, as a flag gives it.
  static func address(_ text: String, of flag: String) throws -> ServerAddress {
    do throws(ServerAddress.Refusal) {
      return try ServerAddress(text)
    } catch {
      throw ValidationError("\(flag) \(error.sentence)")
    }
  }

  /// The token.
  var token: String {
    get throws {
      let token = try AccessToken.read(file: tokenFile)
      if let tokenFile, let warning = AccessToken.openness(of: tokenFile) {
        Terminal.say("regra: \(tokenFile): \(warning)\n")
      }
      return token
    }
  }

  /// Opens connections to a server for as long as the body takes, at most so many at once.
  func withTransport<Result: Sendable>(
    to address: ServerAddress, connections: Int? = nil,
    _ body: (LiveTransport) async throws -> Result
  ) async throws -> Result {
    var limits = LiveTransport.Limits()
    limits.connectTime = connectTimeout.duration
    limits.answerTime = timeout.duration
    if let connections { limits.connectionCount = connections }
    return try await LiveTransport.with(
      address, by: try way(to: address), trusting: try authorities, limits: limits, body)
  }

  /// The proxy of the flag.
  private var writtenProxy: ProxyAddress? {
    get throws {
      guard let proxy else { return nil }
      let address: ProxyAddress
      do throws(ProxyAddress.Refusal) { address = try ProxyAddress(proxy) } catch {
        throw ValidationError("--proxy \(error.sentence)")
      }
      guard !address.hasPassword else {
        throw ValidationError(
          "--proxy must hold no password, which every program here could read: set HTTPS_PROXY")
      }
      return address
    }
  }

  /// The proxy of the flag, or of the environment.
  private func way(to address: ServerAddress) throws -> ProxyAddress? {
    if let proxy = try writtenProxy { return proxy }
    let found = ProxyAddress.variable(for: address) { name in
      getenv(name).map { String(cString: $0) }
    }
    guard let found else { return nil }
    do throws(ProxyAddress.Refusal) { return try ProxyAddress(found.text) } catch {
      throw CommandFailure("\(found.name) \(error.sentence)", status: ExitStatus.misuse)
    }
  }

  private var authorities: TrustedAuthorities {
    get throws {
      guard let caFile else { return .system }
      do throws(FileFailure) {
        let pem = try FileTree.contents(of: caFile)
        if let authorities = TrustedAuthorities(adding: pem) { return authorities }
      } catch {
        throw CommandFailure(error)
      }
      throw CommandFailure(
        "\(caFile): holds no certificate in PEM (-----BEGIN CERTIFICATE-----)",
        status: ExitStatus.misuse)
    }
  }
}
