import Foundation
import Glibc

/// A port of this machine on which nobody listens, and nobody else can as long as this is there.
package final class ClosedPort: Sendable {
  /// Which one it is.
  package let number: Int
  private let descriptor: Int32

  /// Takes a port that is free.
  package init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (socket, size) = (descriptor, length)
    let failure = withUnsafeMutableBytes(of: &address) { bytes in
      let place = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      guard let place, bind(socket, place, size) == 0 else { return errno }
      return getsockname(socket, place, &length) == 0 ? 0 : errno
    }
    number = Int(UInt16(bigEndian: address.sin_port))
    guard failure == 0 else { throw POSIXError(.init(rawValue: failure) ?? .EIO) }
  }

  deinit { close(descriptor) }
}
