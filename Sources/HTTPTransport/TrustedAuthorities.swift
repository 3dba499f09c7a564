internal import NIOSSL

/// Whose signature makes a server's certificate believed: the system's authorities, and those of a file.
package struct TrustedAuthorities: Sendable {
  let added: [NIOSSLCertificate]

  /// The system's alone.
  package static let system = TrustedAuthorities(added: [])

  private init(added: [NIOSSLCertificate]) { self.added = added }

  /// Adds the certificates of a PEM file to the system's; nothing where the file holds none.
  package init?(adding pem: [UInt8]) {
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(pem), !certificates.isEmpty
    else { return nil }
    added = certificates
  }
}
