import Diagnostics
private import Glibc
import Logging
import Streams
import Synchronization

/// What people read: standard error, and what is known about the terminal behind it.
enum Terminal {
  private struct Voice {
    /// What all that is said goes through; absent where it is said as it is.
    var log: RunLog?
    /// The line that is drawn again and again.
    var status: StatusLine?
    /// The language that was asked for.
    var chosen: Language?
  }

  /// There is one standard error: whatever writes to it must know of the line that is drawn there.
  private static let voice = Mutex(Voice())

  /// Colour only on a terminal and without `NO_COLOR`.
  static func ink(of descriptor: Int32) -> Ink {
    let isColourful = isatty(descriptor) == 1 && (getenv("NO_COLOR").map { $0.pointee } ?? 0) == 0
    return isColourful ? .ansi : .plain
  }

  /// What people read is written in it.
  static var language: Language { chosenLanguage ?? .ofEnvironment }
  /// The language that the arguments ask for.
  static var chosenLanguage: Language? { voice.withLock(\.chosen) }
  static func use(_ language: Language?) { voice.withLock { $0.chosen = language } }

  static var isInputATerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// The log that everything on standard error goes to from now on.
  static var log: RunLog? { voice.withLock(\.log) }
  static func use(_ log: RunLog?) { voice.withLock { $0.log = log } }

  /// Says a text for people; in a log each line of it is an event.
  static func say(_ english: String, _ level: Logger.Level = .notice) {
    let text = language.told(english)
    guard let log else { return write(line: Array(text.utf8)) }
    for line in text.split(whereSeparator: \.isNewline) {
      let bare = line.hasPrefix("regra: ") ? line.dropFirst(7) : line.drop { $0 == " " }
      if !bare.isEmpty { log.event(level, "\(bare)") }
    }
  }

  /// Says what is wrong with rules: frames for people, a line each in a log.
  static func say(_ diagnostics: [Diagnostic], _ renderer: DiagnosticRenderer) {
    guard let log else { return say(renderer.report(diagnostics, as: .text)) }
    for diagnostic in DiagnosticRenderer.sorted(diagnostics) {
      let level: Logger.Level = diagnostic.severity == .error ? .error : .warning
      log.event(
        level, "\(renderer.line(diagnostic))", ["code": "\(diagnostic.code.rawValue)"])
    }
  }

  /// Writes what people asked to read, in their language.
  static func tell(_ english: String) { print(language.told(english)) }

  /// Writes data.
  static func print(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

  /// Writes to standard error as it is, in the place of the line that is drawn there.
  static func write(line: [UInt8]) {
    voice.withLock { voice in
      voice.status?.clear()
      write(line, to: STDERR_FILENO)
    }
  }

  /// Opens a line for what goes on, where there is a terminal.
  static func openStatus() { voice.withLock { $0.status = StatusLine(descriptor: STDERR_FILENO) } }

  /// Whether such a line is there.
  static var hasStatus: Bool { voice.withLock { $0.status != nil } }

  /// Draws the line; the text is made of its width, if there is a line and it is time.
  static func drawStatus(_ text: @Sendable (_ width: Int) -> String) {
    voice.withLock { voice in
      guard let line = voice.status else { return }
      line.show { _ in text(line.width) }
    }
  }

  static func closeStatus() {
    voice.withLock { voice in
      voice.status?.clear()
      voice.status = nil
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    let sink = DescriptorSink(descriptor: descriptor, path: "output")
    // Where nobody reads any more there is nobody to tell.
    try? sink.write(bytes, batch: 0)
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
