private import AsyncHTTPClient
internal import Glibc
private import NIOCore
private import NIOHTTP1
private import NIOSSL
private import Synchronization

/// Looks at the certificate of a server that was refused: TLS does not say why it was.
///
/// That takes a second connection, on which nobody is believed: it carries one request without a
/// token, and its answer is not read.
struct CertificateLook {
  let server: ServerAddress
  let proxy: ProxyAddress?
  let limits: LiveTransport.Limits

  /// Since when and until when the certificate is valid.
  struct Life {
    var start: time_t
    var end: time_t
  }

  func life() async -> Life? {
    let seen = SeenCertificate()
    var configuration = LiveTransport.configuration(limits, proxy)
    configuration.tlsConfiguration?.certificateVerification = .none
    configuration.http1_1ConnectionDebugInitializer = { channel in
      channel.nioSSL_peerCertificate().map { certificate in
        seen.life.withLock {
          $0 = certificate.map { Life(start: $0.notValidBefore, end: $0.notValidAfter) }
        }
      }
    }
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    var request = HTTPClientRequest(url: server.text)
    request.method = .HEAD
    _ = try? await client.execute(request, timeout: TimeAmount(limits.connectTime))
    try? await client.shutdown()
    return seen.life.withLock(\.self)
  }

  private final class SeenCertificate: Sendable {
    let life = Mutex<Life?>(nil)
  }
}
