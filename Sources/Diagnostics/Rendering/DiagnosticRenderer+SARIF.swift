extension DiagnosticRenderer {
  /// One SARIF 2.1.0 document, as code scanners take it.
  func sarif(_ diagnostics: [Diagnostic]) -> String {
    let codes = Code.allCases.filter { code in diagnostics.contains { $0.code == code } }
    let rules = codes.map { code in
      JSONText.object([
        "id": JSONText(code.rawValue), "name": JSONText("\(code)"),
        "defaultConfiguration": .object(["level": JSONText(code.severity.rawValue)]),
      ])
    }
    let results = diagnostics.map { diagnostic in
      result(diagnostic, ruleIndex: codes.firstIndex(of: diagnostic.code) ?? 0)
    }
    let run = JSONText.object([
      "tool": .object(["driver": .object(["name": "regra", "rules": .array(rules)])]),
      "columnKind": "unicodeCodePoints",
      "results": .array(results),
    ])
    return JSONText.object([
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": .array([run]),
    ]).text
  }

  private func result(_ diagnostic: Diagnostic, ruleIndex: Int) -> JSONText {
    var text = diagnostic.message
    if !diagnostic.label.isEmpty { text += ": " + diagnostic.label }
    if let help = diagnostic.help { text += "\nhelp: " + help }
    let related = diagnostic.notes.compactMap { note in
      note.location.map { location(of: $0, message: note.message) }
    }
    return .object([
      "ruleId": JSONText(diagnostic.code.rawValue), "ruleIndex": JSONText(ruleIndex),
      "level": JSONText(diagnostic.severity.rawValue), "message": message(text),
      "locations": .array([location(of: diagnostic.location, message: nil)]),
      "relatedLocations": related.isEmpty ? nil : .array(related),
      "fixes": diagnostic.fix.map { .array([fix($0, help: diagnostic.help)]) },
    ])
  }

  private func message(_ text: String) -> JSONText { .object(["text": JSONText(text)]) }

  private func location(of place: SourceLocation, message text: String?) -> JSONText {
    .object([
      "physicalLocation": .object([
        "artifactLocation": artifact(place.path), "region": region(place),
      ]),
      "message": text.map(message),
    ])
  }

  private func fix(_ fix: Diagnostic.Fix, help: String?) -> JSONText {
    let changes = fix.edits.map { edit in
      JSONText.object([
        "artifactLocation": artifact(edit.location.path),
        "replacements": .array([
          .object([
            "deletedRegion": region(edit.location), "insertedContent": message(edit.replacement),
          ])
        ]),
      ])
    }
    return .object(["description": help.map(message), "artifactChanges": .array(changes)])
  }

  private func artifact(_ path: String) -> JSONText {
    let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    let uri = path.utf8.map { byte in
      if kept.contains(byte) { return String(Unicode.Scalar(byte)) }
      return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
    return .object(["uri": JSONText(uri.joined())])
  }

  private func region(_ place: SourceLocation) -> JSONText {
    let (startLine, startColumn) = codePointPosition(place.range.start, in: place.path)
    let (endLine, endColumn) = codePointPosition(place.range.end, in: place.path)
    return .object([
      "startLine": JSONText(startLine), "startColumn": JSONText(startColumn),
      "endLine": JSONText(endLine), "endColumn": JSONText(endColumn),
      "byteOffset": JSONText(place.range.start),
      "byteLength": JSONText(place.range.end - place.range.start),
    ])
  }

  /// SARIF counts code points where people count characters.
  private func codePointPosition(_ offset: Int, in path: String) -> (line: Int, column: Int) {
    guard let source = sources[path] else { return (1, 1) }
    let line = source.line(of: offset)
    let before = source.utf8[source.start(ofLine: line)..<max(offset, source.start(ofLine: line))]
    return (line, before.filter { $0 & 0xC0 != 0x80 }.count + 1)
  }
}
