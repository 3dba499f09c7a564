import Diagnostics
private import Glibc
import Playground

/// A terminal that gives each key as it is pressed, until it goes away.
struct StepTerminal: ~Copyable {
  private var former = termios()

  /// Nothing where standard input is no terminal.
  init?() {
    guard isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &former) == 0 else { return nil }
    setKeys(.each)
  }

  private enum Keys { case each, lines }

  private func setKeys(_ keys: Keys) {
    var state = former
    if keys == .each { state.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG) }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &state)
  }

  /// Shows screen after screen until somebody has seen enough.
  consuming func run(_ stepper: consuming Stepper) {
    defer { setKeys(.lines) }
    draw(stepper)
    while let key = readKey() {
      switch key {
      case "q", "\u{3}", "\u{4}": return
      case "/": stepper.find(ask("find: "))
      case "w": stepper.explain(ask("rule: "))
      default:
        guard let key = Self.keys[key] else { continue }
        stepper.press(key)
      }
      draw(stepper)
    }
  }

  private static let keys: [String: Stepper.Key] = [
    "n": .next, " ": .next, "\r": .next, "\n": .next, "\u{1B}[C": .next, "\u{1B}[B": .next,
    "p": .previous, "\u{1B}[D": .previous, "\u{1B}[A": .previous, "g": .first, "G": .last,
    "c": .nextOfContact, "C": .previousOfContact, "d": .detail, "k": .calls, "h": .help,
  ]

  private func draw(_ stepper: borrowing Stepper) {
    Terminal.print("\u{1B}[2J\u{1B}[H")
    printLines(stepper.screen)
  }

  /// A line that is typed, while the terminal behaves as usual.
  private func ask(_ question: String) -> String {
    setKeys(.lines)
    defer { setKeys(.each) }
    Terminal.print(question)
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A key, or nothing at the end of the input; those with arrows come as three bytes.
  private func readKey() -> String? {
    var bytes = [UInt8](repeating: 0, count: 8)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let isArrow = count > 2 && bytes[0] == 0x1B
    return String(decoding: bytes[..<(isArrow ? 3 : 1)], as: UTF8.self)
  }
}
