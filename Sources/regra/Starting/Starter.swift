import Diagnostics
import Streams

/// The files that a folder of rules begins with.
struct Starter {
  let language: Language

  init(_ language: Language) { self.language = language }

  /// Paths below the folder, and what stands in the files.
  var files: [(path: String, text: String)] {
    let words = language == .english ? Self.english : Self.portuguese
    return words + [
      (
        ".gitignore",
        "# What is known of the workspace, and plans: people's data.\n.regra/\n*.plan\n"
      ),
      ("schemas/rules.json", SchemaCommand.Kind.rules.text),
      ("schemas/tests.json", SchemaCommand.Kind.tests.text),
    ]
  }

  /// Writes all files, or none where one of them is there already.
  func write(to directory: String) throws(FileFailure) {
    let files = files.map { (path: FileTree.join(directory, $0.path), text: $0.text) }
    for file in files { try NewFile.expectNone(at: file.path) }
    for file in files { try NewFile.write(Array(file.text.utf8), to: file.path) }
  }

  /// What is said at the end.
  func farewell(_ directory: String) -> String {
    let place = directory == "." ? "" : "  cd \(directory)\n"
    let begin = language == .english ? "Made" : "Pronto"
    let next = language == .english ? "Try:" : "Experimente:"
    return """
      \(begin): \(files.map(\.path).joined(separator: ", "))
      \(next)
      \(place)  regra test rules
        regra run rules events.ndjson

      """
  }
}
