import Contacts
import Diagnostics
import Foundation
import Knowledge
import Rulesets
import Testing

/// `docs/diagnostics`: for each code a wrong rule file, why it is wrong, and the right one.
@Suite("Diagnostic pages")
struct DiagnosticPages {
  // What these are about cannot be shown on a page: bytes, invisible characters, size.
  @Test(
    "what a page calls wrong gives its code",
    arguments: Code.allCases.filter {
      ![.notUTF8, .forbiddenCharacter, .fileTooLarge].contains($0)
    })
  func wrong(_ code: Code) throws {
    let page = try Page(code)
    #expect(!page.wrong.isEmpty)
    #expect(try page.codes(of: page.wrong).contains(code))
  }

  @Test("what a page calls right gives no diagnostics", arguments: Code.allCases)
  func right(_ code: Code) throws {
    let page = try Page(code)
    #expect(!page.right.isEmpty)
    #expect(try page.codes(of: page.right) == [])
  }
}

/// One page, read by its headings.
private struct Page {
  private(set) var wrong: [String] = []
  private(set) var right: [String] = []
  /// What is known of the workspace, on pages that say so.
  private var inventory: String?
  /// What events look like, on pages that say so.
  private var samples: String?
  private let isAboutTests: Bool

  init(_ code: Code) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/diagnostics")
    isAboutTests = code.rawValue.dropFirst().hasPrefix("06")
    let file = folder.appending(path: code.rawValue + ".md")
    let text = try String(contentsOf: file, encoding: .utf8)
    try #require(text.hasPrefix("# \(code.rawValue): "))
    let parts = text.components(separatedBy: "\n## ")
    try #require(parts.dropFirst().map { $0.prefix { $0 != "\n" } } == ["Wrong", "Why", "Right"])
    wrong = Self.fences("yaml", in: parts[1])
    right = Self.fences("yaml", in: parts[3])
    inventory = Self.fences("json", in: parts[1]).first
    samples = Self.fences("ndjson", in: parts[1]).first
  }

  /// The files of one ruleset, or what is known of the workspace.
  private static func fences(_ kind: String, in text: String) -> [String] {
    text.components(separatedBy: "```\(kind)\n").dropFirst()
      .map { $0.components(separatedBy: "```")[0] }
  }

  func codes(of files: [String]) throws -> [Code] {
    let inventory = try inventory.map { try Inventory(json: $0) }
    return try problems(in: sources(files), inventory: inventory, samples: samples).map(\.code)
  }

  /// On pages about tests, `orders.yaml` and its tests; on others the files of one ruleset.
  private func sources(_ files: [String]) -> [SourceText] {
    files.enumerated().map { number, text in
      let path =
        !isAboutTests
        ? "rules\(number).yaml" : text.hasPrefix("version:") ? "orders.yaml" : "orders.test.yaml"
      return SourceText(path: path, contents: text)
    }
  }
}
