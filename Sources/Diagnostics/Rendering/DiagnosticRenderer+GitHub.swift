extension DiagnosticRenderer {
  /// A workflow command that GitHub shows beside the changed line.
  func gitHub(_ diagnostic: Diagnostic) -> String {
    let source = sources[diagnostic.location.path]
    let (line, column) = source?.position(of: diagnostic.location.range.start) ?? (1, 1)
    let (endLine, endColumn) = source?.position(of: diagnostic.location.range.end) ?? (1, 1)
    var text = diagnostic.message
    if !diagnostic.label.isEmpty { text += ": " + diagnostic.label }
    if let help = diagnostic.help { text += "\nhelp: " + help }
    var properties = "file=\(escapedProperty(diagnostic.location.path)),line=\(line),col=\(column)"
    if endLine == line, endColumn > column { properties += ",endColumn=\(endColumn - 1)" }
    return "::\(diagnostic.severity.rawValue) \(properties),title=\(diagnostic.code.rawValue)::"
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
