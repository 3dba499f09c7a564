import Contacts
import Diagnostics
import Foundation
import Rulesets
import Testing

/// Rule files with mistakes, and all that a user sees of them.
@Suite("Diagnostic goldens")
struct DiagnosticGoldens {
  @Test("the frames are those on record", arguments: goldenNames)
  func frames(_ name: String) throws {
    let text = try String(contentsOf: folder.appending(path: name + ".yaml"), encoding: .utf8)
    let sources = ruleFiles(in: text)
    let found = Ruleset.check(sources, profile: .weni).diagnostics
    let report = DiagnosticRenderer(sources: sources).report(found, as: .text)
    let record = folder.appending(path: name + ".txt")
    if isRecording { try report.write(to: record, atomically: true, encoding: .utf8) }
    let expected = try? String(contentsOf: record, encoding: .utf8)
    #expect(report == expected, "record with GOLDENS=record swift test")
    #expect(found.contains { name.hasPrefix($0.code.rawValue) })
  }

  @Test("every code has a golden", arguments: Code.allCases)
  func complete(_ code: Code) {
    #expect(goldenNames.contains { $0.hasPrefix(code.rawValue) })
  }

  @Test("no record is left over")
  func unused() throws {
    let records = try names(in: folder, ending: ".txt")
    #expect(Set(records).subtracting(goldenNames) == [])
  }
}

private var isRecording: Bool { ProcessInfo.processInfo.environment["GOLDENS"] == "record" }

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "diagnostics")

private let goldenNames = (try? names(in: folder, ending: ".yaml")) ?? []

private func names(in folder: URL, ending: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
}

/// The files of a ruleset written as one text, parted by lines such as `#=== other.yaml`.
func ruleFiles(in text: String) -> [SourceText] {
  let parts = text.components(separatedBy: "#=== ")
  return [SourceText(path: "rules.yaml", contents: parts[0])]
    + parts.dropFirst().map { part in
      let lines = part.split(separator: "\n", maxSplits: 1)
      return SourceText(path: String(lines[0]), contents: String(lines[1]))
    }
}
