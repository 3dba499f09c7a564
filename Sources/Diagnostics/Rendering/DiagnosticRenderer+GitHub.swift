extension DiagnosticRenderer {
  /// A workflow command that GitHub shows beside the changed line.
  func gitHub(_ diagnostic: Diagnostic) -> String {
    var text = diagnostic.message
    if !diagnostic.label.isEmpty { text += ": " + diagnostic.label }
    if let help = diagnostic.help { text += "\nhelp: " + help }
    return gitHub(
      text, diagnostic.severity, at: diagnostic.location, title: diagnostic.code.rawValue)
  }

  /// The same about any place in a source.
  package func gitHub(
    _ text: String, _ severity: Diagnostic.Severity, at location: SourceLocation, title: String
  ) -> String {
    let source = sources[location.path]
    let (line, column) = source?.position(of: location.range.start) ?? (1, 1)
    let (endLine, endColumn) = source?.position(of: location.range.end) ?? (1, 1)
    var properties = "file=\(escapedProperty(location.path)),line=\(line),col=\(column)"
    if endLine == line, endColumn > column { properties += ",endColumn=\(endColumn - 1)" }
    return "::\(severity.rawValue) \(properties),title=\(escapedProperty(title))::"
      + escaped(text)
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: String(scalar)
      }
    }.joined()
  }

  private func escapedProperty(_ text: String) -> String {
    escaped(text).map { character in
      switch character {
      case ":": "%3A"
      case ",": "%2C"
      default: String(character)
      }
    }.joined()
  }
}
