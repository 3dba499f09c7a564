/// Draws diagnostics for people, and lists them for machines.
package struct DiagnosticRenderer: Sendable {
  let sources: [String: SourceText]
  private let ink: Ink
  private let language: Language

  package init(sources: [SourceText], ink: Ink = .plain, language: Language = .english) {
    self.language = language
    self.sources = Dictionary(sources.map { ($0.path, $0) }) { first, _ in first }
    self.ink = ink
  }

  /// The whole result of a check in one of its forms; the text form ends with the counts.
  package func report(_ diagnostics: [Diagnostic], as format: DiagnosticFormat) -> String {
    let found = DiagnosticRenderer.sorted(diagnostics)
    let sorted = found.map { $0.told(in: language) }
    switch format {
    case .text:
      let frames = found.map { frame($0) + "\n" }
      return frames.joined() + summary(sorted) + "\n"
    case .json: return sorted.map { json($0) + "\n" }.joined()
    case .github: return sorted.map { gitHub($0) + "\n" }.joined()
    case .sarif: return sarif(sorted) + "\n"
    }
  }

  /// In the order of files and places, each problem once.
  package static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return diagnostics.filter { seen.insert($0).inserted }.enumerated()
      .sorted { left, right in
        let (first, second) = (left.element.location, right.element.location)
        if first.path != second.path {
          return first.path.utf8.lexicographicallyPrecedes(second.path.utf8)
        }
        return (first.range.start, first.range.end, left.offset)
          < (second.range.start, second.range.end, right.offset)
      }
      .map(\.element)
  }

  /// The problem as a code frame, the way compilers draw it.
  package func frame(_ diagnostic: Diagnostic) -> String {
    let diagnostic = diagnostic.told(in: language)
    let pen = Pen(ink: ink, severity: diagnostic.severity)
    let excerpt = excerpt(diagnostic.location)
    let places = diagnostic.notes.filter { isElsewhere($0, than: diagnostic) }
    let gutter =
      ([excerpt] + places.map { note in note.location.flatMap { self.excerpt($0) } })
      .map { $0?.gutterWidth ?? 1 }.max() ?? 1
    let margin = String(repeating: " ", count: gutter)
    var lines = [
      pen.loud("\(language.said(diagnostic.severity.rawValue))[\(diagnostic.code.rawValue)]")
        + pen.bold(": \(diagnostic.message)")
    ]
    lines += place(diagnostic.location, excerpt, label: diagnostic.label, gutter: gutter, pen: pen)
    for note in diagnostic.notes where !isElsewhere(note, than: diagnostic) {
      lines.append(margin + pen.quiet(" = ") + "\(language.said("note")): \(note.message)")
    }
    if let help = diagnostic.help {
      lines.append(margin + pen.quiet(" = ") + "\(language.said("help")): \(help)")
    }
    for note in places {
      guard let location = note.location else { continue }
      lines.append(pen.bold("\(language.said("note")): \(note.message)"))
      lines += place(location, self.excerpt(location), label: "", gutter: gutter, pen: pen)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The arrow to a place and the excerpt, as a frame has them.
  package func excerpt(at location: SourceLocation, label: String) -> [String] {
    let excerpt = excerpt(location)
    return place(
      location, excerpt, label: label, gutter: excerpt?.gutterWidth ?? 1,
      pen: Pen(ink: ink, severity: .error))
  }

  /// The problem in one line, as editors and `grep` like it.
  package func line(_ diagnostic: Diagnostic) -> String {
    let diagnostic = diagnostic.told(in: language)
    let (line, column) = excerpt(diagnostic.location).map { ($0.line, $0.column) } ?? (1, 1)
    return "\(diagnostic.location.path):\(line):\(column): "
      + language.said(diagnostic.severity.rawValue)
      + "[\(diagnostic.code.rawValue)]: \(diagnostic.message)"
  }

  /// `2 errors, 1 warning in 2 of 9 files`.
  package func summary(_ diagnostics: [Diagnostic]) -> String {
    let fileCount = max(sources.count, Set(diagnostics.map(\.location.path)).count)
    let files = count(fileCount, "file")
    guard !diagnostics.isEmpty else { return language.said("no problems in \(files)") }
    let errors = diagnostics.filter { $0.severity == .error }.count
    let warnings = diagnostics.count - errors
    let counts = [(errors, "error"), (warnings, "warning")]
      .filter { $0.0 > 0 }.map { count($0.0, $0.1) }.joined(separator: ", ")
    let affected = Set(diagnostics.map(\.location.path)).count
    return language.said("\(counts) in \(affected) of \(files)")
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func excerpt(_ location: SourceLocation) -> Excerpt? {
    sources[location.path].map { Excerpt($0, location.range) }
  }

  private func isElsewhere(_ note: Diagnostic.Note, than diagnostic: Diagnostic) -> Bool {
    note.location.map { $0 != diagnostic.location } ?? false
  }

  /// The arrow to a place and, where its text is known, the excerpt.
  private func place(
    _ location: SourceLocation, _ excerpt: Excerpt?, label: String, gutter: Int, pen: Pen
  ) -> [String] {
    let arrow = String(repeating: " ", count: gutter) + pen.quiet("--> ")
    guard let excerpt else { return [arrow + location.path] }
    return ["\(arrow)\(location.path):\(excerpt.line):\(excerpt.column)"]
      + excerpt.lines(label: label, gutter: gutter, pen: pen)
  }
}

/// How the result of a check is written.
package enum DiagnosticFormat: String, Sendable, CaseIterable { case text, json, github, sarif }
