import Diagnostics
import Foundation
import Testing

@testable import YAMLTree

@Suite("Pages of E01xx")
struct PageTests {
  /// What no page can show as text, only describe.
  private static let unshowable: Set<Code> = [.notUTF8, .forbiddenCharacter, .fileTooLarge]

  private static let codes = Code.allCases.filter { $0.rawValue.hasPrefix("E01") }

  @Test("the wrong file of a page is wrong in its way, the right one is right", arguments: codes)
  func examples(code: Code) throws {
    let page = try Page(code)
    #expect(page.title.hasPrefix("# \(code.rawValue): "))
    #expect(page.examples.count == 2)
    let wrong = Reading(try #require(page.examples.first))
    #expect(wrong.codes == (Self.unshowable.contains(code) ? [] : [code]))
    let right = Reading(try #require(page.examples.last))
    #expect(right.codes.isEmpty)
    #expect(right.document.root != nil)
  }
}

/// One page under `docs/diagnostics`.
private struct Page {
  let title: String
  let examples: [String]

  init(_ code: Code) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let url = root.appending(path: "docs/diagnostics/\(code.rawValue).md").standardized
    let text = try String(contentsOf: url, encoding: .utf8)
    title = String(text.prefix { $0 != "\n" })
    examples = text.matches(of: /```yaml\n([\s\S]*?)```/).map { String($0.1) }
  }
}
