import Contacts
import HTTPTransport
import NIOSSL
import Simulator
import SimulatorServer

let listing = APIRequest(method: "GET", target: "/api/v2/contacts.json")

/// A simulated API that stands behind TLS, on a port of this machine.
struct ProtectedScene: Sendable {
  var api = SimulatedAPI(
    Workspace(.weni, seed: 1),
    clock: .virtual(now: Timestamp(microseconds: 1_772_452_800_000_000), step: .milliseconds(1)))

  /// Shows a certificate for as long as the body takes.
  func serve<Result: Sendable>(
    _ certificate: TLSConfiguration, log: Relay.Log = Relay.Log(),
    _ body: (_ port: Int) async throws -> Result
  ) async throws -> Result {
    let context = try NIOSSLContext(configuration: certificate)
    return try await SimulatorServer(api).serve { plain in
      try await Relay.serve(.protected(context), to: plain, log: log, body)
    }
  }

  /// A scene in which each answer takes so long.
  static func slow(_ delay: Duration) -> ProtectedScene {
    let plan = FaultPlan([Fault(.delay(delay...delay))], seed: 1)
    return ProtectedScene(api: SimulatedAPI(Workspace(.weni, seed: 1), faults: plan))
  }

  /// What comes of one request, and why nothing did.
  func outcome(
    of server: String, by proxy: ProxyAddress? = nil, trusting pem: [UInt8]? = nil,
    limits: LiveTransport.Limits = .init()
  ) async throws -> (status: Int?, problem: ConnectionProblem?) {
    let authorities = pem.flatMap { TrustedAuthorities(adding: $0) } ?? .system
    return try await LiveTransport.with(
      try ServerAddress(server), by: proxy, trusting: authorities, limits: limits
    ) { live in
      let request = AuthorizedTransport(live, token: Workspace.firstToken)
      do throws(TransportFailure) {
        return (try await request.send(listing).status, nil)
      } catch {
        return (error == .unreachable ? nil : -1, live.lastCause)
      }
    }
  }
}
