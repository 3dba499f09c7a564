import Foundation
import Testing

/// One text file of the repository, seen as its lines.
struct SourceFile: Sendable, CustomTestStringConvertible {
  /// Relative to the root of the repository.
  let path: String
  let text: String
  let lines: [Substring]
  var testDescription: String { path }

  init?(_ url: URL, in root: URL) {
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
    self.text = text
    path = String(url.path.dropFirst(root.path.count + 1))
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  var name: Substring { path.split(separator: "/").last ?? "" }

  /// The folder below `Sources` or `Tests`.
  var target: Substring { path.split(separator: "/").dropFirst().first ?? "" }

  /// A function runs from its `func` to the brace at the same indentation: the code is formatted.
  var longestFunction: (name: String, length: Int) {
    let heads = lines.indices.filter { index in
      let words = lines[index].drop { $0 == " " }
      return words.contains("func ") || words.contains("init(") || words.contains("init<")
    }
    return heads.compactMap { head -> (name: String, length: Int)? in
      let line = lines[head]
      guard line.contains(/^ *(?:@\w+ |\w+ |\w+\(set\) )*(func \S+|init)\b/) else { return nil }
      let brace = line.prefix { $0 == " " } + "}"
      let end = lines[head...].firstIndex { $0 == brace } ?? head
      return (String(line), end - head + 1)
    }
    .max { $0.length < $1.length } ?? ("", 0)
  }

  /// The modules that the file imports.
  var imports: [String] {
    found(#"(?m)^(?:@\w+ )?(?:\w+ )?import (?:\w+ )?\w+"#)
      .map { String($0.split(separator: " ").last ?? "") }
  }

  /// What a pattern matches anywhere in the file; ICU's engine, as it is quick in debug builds too.
  func found(_ pattern: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [pattern] }
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole)
      .compactMap { Range($0.range, in: text).map { String(text[$0]) } }
  }
}

/// The repository's files of some kinds, in the order of their paths.
func files(under folders: [String], endingIn extensions: Set<String>) -> [SourceFile] {
  let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    .standardized
  return folders.flatMap { folder -> [SourceFile] in
    let walk = FileManager.default.enumerator(
      at: root.appending(path: folder), includingPropertiesForKeys: nil,
      options: [.skipsHiddenFiles])
    let urls = (walk?.allObjects as? [URL] ?? []).filter { extensions.contains($0.pathExtension) }
    return urls.compactMap { SourceFile($0.standardized, in: root) }
  }
  .sorted { $0.path < $1.path }
}

/// One file at the root of the repository, or empty.
func text(_ path: String) -> String {
  let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
  let url = root.appending(path: path).standardized
  return (try? String(contentsOf: url, encoding: .utf8)) ?? ""
}

let sourceFiles = files(under: ["Sources"], endingIn: ["swift"])
let swiftFiles = files(under: ["Sources", "Tests"], endingIn: ["swift"])
let pages = files(under: ["docs/diagnostics"], endingIn: ["md"])
let readableFiles =
  files(
    under: ["Sources", "Tests", "Benchmarks", "docs", "rules", "playground", "script"],
    endingIn: ["swift", "cpp", "h", "md", "yaml", "py", "sh", ""]
  )
  .filter { !$0.path.hasPrefix("Tests/TidyTests/") }
