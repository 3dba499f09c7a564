import Foundation
import NIOSSL

/// An authority of one test, which signs certificates with the `openssl` of the system.
final class Authority {
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "regra-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem "
        + "-days 2 -subj /CN=Authority")
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// What others must have to believe this authority.
  var pem: [UInt8] {
    get throws { Array(try Data(contentsOf: directory.appending(path: "ca.pem"))) }
  }

  /// What a server needs to show itself under these names, such as `DNS:localhost`; `days` below 0
  /// are over.
  func certificate(
    for names: String = "DNS:localhost,IP:127.0.0.1", days: Int = 1
  ) throws
    -> TLSConfiguration
  {
    try Data("subjectAltName=\(names)\n".utf8).write(to: directory.appending(path: "names"))
    try openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr "
        + "-subj /CN=Server")
    try openssl(
      "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days \(days) "
        + "-extfile names -out server.pem")
    let chain = try NIOSSLCertificate.fromPEMFile(directory.appending(path: "server.pem").path)
    let key = try NIOSSLPrivateKey(
      file: directory.appending(path: "server.key").path, format: .pem)
    return .makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
  }

  private func openssl(_ arguments: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = directory
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    struct Refused: Error { var arguments: String }
    guard process.terminationStatus == 0 else { throw Refused(arguments: arguments) }
  }
}
