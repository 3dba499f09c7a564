import Contacts
import Diagnostics
import Foundation
import Rulesets
import Testing

@Suite("Diagnostic fixes")
struct DiagnosticFixes {
  @Test("a fix removes the problem it is attached to", arguments: DiagnosticGoldens.names)
  func repair(_ name: String) throws {
    let sources = try DiagnosticGoldens.sources(of: name)
    let found = try DiagnosticGoldens.problems(of: name, sources)
    for diagnostic in found {
      guard let fix = diagnostic.fix else { continue }
      let repaired = sources.map { source in
        SourceText(path: source.path, utf8: applied(fix, to: source))
      }
      let remaining = try DiagnosticGoldens.problems(of: name, repaired)
      let count = { (list: [Diagnostic]) in list.count { $0.code == diagnostic.code } }
      #expect(
        count(remaining) < count(found),
        "\(diagnostic.message):\n\(String(decoding: repaired[0].utf8, as: UTF8.self))")
    }
  }

  private func applied(_ fix: Diagnostic.Fix, to source: SourceText) -> [UInt8] {
    var bytes = source.utf8
    for edit in fix.edits.sorted(by: { $0.location.range.start > $1.location.range.start })
    where edit.location.path == source.path {
      bytes.replaceSubrange(
        edit.location.range.start..<edit.location.range.end, with: Array(edit.replacement.utf8))
    }
    return bytes
  }
}
