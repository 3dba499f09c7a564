import Diagnostics
private import Glibc
import Streams

/// What people read: standard error, and what is known about the terminal behind it.
enum Terminal {
  /// Colour only on a terminal and without `NO_COLOR`.
  static func ink(of descriptor: Int32) -> Ink {
    let isColourful = isatty(descriptor) == 1 && (getenv("NO_COLOR").map { $0.pointee } ?? 0) == 0
    return isColourful ? .ansi : .plain
  }

  static var isInputATerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// Writes a text for people.
  static func say(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Writes data.
  static func print(_ text: String) { write(text, to: STDOUT_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    let sink = DescriptorSink(descriptor: descriptor, path: "output")
    // Where nobody reads any more there is nobody to tell.
    try? sink.write(Array(text.utf8), batch: 0)
  }
}

/// How a command ends, for scripts.
enum ExitStatus {
  static let problemsInRules: Int32 = 1
  static let fileFailure: Int32 = 3
  /// What was asked to be an error happened, such as a false result.
  static let foundFailures: Int32 = 4
  static let setAside: Int32 = 5
  static let unreachable: Int32 = 6
  static let guardExceeded: Int32 = 7
  static let misuse: Int32 = 64
}
