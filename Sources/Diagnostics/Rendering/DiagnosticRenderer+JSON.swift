extension DiagnosticRenderer {
  /// One object, in one line; columns count characters from one, offsets count bytes from zero.
  func json(_ diagnostic: Diagnostic) -> String {
    JSONText.object([
      "code": JSONText(diagnostic.code.rawValue),
      "severity": JSONText(diagnostic.severity.rawValue),
      "message": JSONText(diagnostic.message),
      "file": JSONText(diagnostic.location.path),
      "range": range(diagnostic.location),
      "label": JSONText(diagnostic.label),
      "notes": .array(diagnostic.notes.map(note)),
      "help": diagnostic.help.map { JSONText($0) } ?? .null,
      "fix": diagnostic.fix.map(fix) ?? .null,
    ]).text
  }

  private func note(_ note: Diagnostic.Note) -> JSONText {
    .object([
      "message": JSONText(note.message),
      "file": note.location.map { JSONText($0.path) },
      "range": note.location.map(range),
    ])
  }

  private func fix(_ fix: Diagnostic.Fix) -> JSONText {
    let edits = fix.edits.map { edit in
      JSONText.object([
        "file": JSONText(edit.location.path), "range": range(edit.location),
        "text": JSONText(edit.replacement),
      ])
    }
    return .object(["edits": .array(edits)])
  }

  private func range(_ location: SourceLocation) -> JSONText {
    .object([
      "start": position(location.range.start, in: location.path),
      "end": position(location.range.end, in: location.path),
    ])
  }

  private func position(_ offset: Int, in path: String) -> JSONText {
    let (line, column) = sources[path]?.position(of: offset) ?? (1, 1)
    return .object(["line": JSONText(line), "column": JSONText(column), "offset": JSONText(offset)])
  }
}
