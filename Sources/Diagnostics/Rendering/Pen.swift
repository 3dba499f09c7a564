/// Whether text carries colours for a terminal.
package enum Ink: Sendable { case plain, ansi }

/// Colours the parts of a frame, or leaves them alone.
struct Pen {
  let ink: Ink
  let severity: Diagnostic.Severity

  /// What is wrong.
  func loud(_ text: String) -> String {
    paint(text, severity == .error ? "1;31" : "1;33")
  }

  /// Line numbers and bars.
  func quiet(_ text: String) -> String { paint(text, "34") }

  func bold(_ text: String) -> String { paint(text, "1") }

  private func paint(_ text: String, _ code: String) -> String {
    ink == .plain ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
