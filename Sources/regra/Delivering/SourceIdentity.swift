import Delivery
private import Glibc
import Streams

/// What tells a source from another one in its place: the file, and how it begins.
struct SourceIdentity {
  /// So many bytes of the beginning are compared; a file that is only added to keeps them.
  private static let headByteCount = 1_024

  let text: String

  /// Of an input; standard input is always itself.
  init(of input: Input) {
    guard case .file(let path) = input.place else {
      text = "-"
      return
    }
    text = Self.text(of: path, headByteCount: Self.headByteCount)
  }

  /// Whether an input is the one that this text is of.
  static func matches(_ known: String, _ input: Input) -> Bool {
    guard case .file(let path) = input.place else { return known == "-" }
    guard let count = known.split(separator: ":").dropFirst(2).first.flatMap({ Int($0) }) else {
      return false
    }
    return text(of: path, headByteCount: count) == known
  }

  /// Device, file, how many bytes were looked at, and their checksum.
  private static func text(of path: String, headByteCount: Int) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return "" }
    var head = [UInt8](repeating: 0, count: headByteCount)
    let count = max(0, pread(file, &head, head.count, 0))
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in head[..<count] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return "\(status.st_dev):\(status.st_ino):\(count):\(hash)"
  }
}
