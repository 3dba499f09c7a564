import Foundation

/// A terminal that a command's standard error is.
final class PseudoTerminal {
  private let master: Int32
  private let path: String

  /// `TIOCSPTLCK` and `TIOCGPTN` of Linux: lets the other side be opened, and tells its number.
  private static let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

  init(columns: UInt16) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var isLocked: Int32 = 0
    var number: Int32 = 0
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard master >= 0, ioctl(master, Self.unlock, &isLocked) == 0,
      ioctl(master, Self.number, &number) == 0, ioctl(master, UInt(TIOCSWINSZ), &size) == 0
    else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    path = "/dev/pts/\(number)"
  }

  deinit { close(master) }

  /// Runs a line of a shell, and gives its status and all that the terminal was sent.
  func run(_ line: String) throws -> (status: Int32, text: String) {
    let process = Command.process(shell: line)
    let terminal = FileHandle(
      fileDescriptor: open(path, O_RDWR | O_NOCTTY), closeOnDealloc: true)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = terminal
    try process.run()
    // Once nobody else has it open, reading ends.
    try terminal.close()
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(master, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += block[..<count]
    }
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  /// What a terminal shows of a text, and every line that it showed for a while.
  static func lines(of text: String) -> (left: [String], passing: [String]) {
    var left: [String] = []
    var passing: [String] = []
    for line in text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      let drawn = line.components(separatedBy: "\r\u{1B}[K")
      passing += drawn.dropLast()
      left.append(drawn.last ?? "")
    }
    return (left.filter { !$0.isEmpty }, passing.filter { !$0.isEmpty })
  }
}
