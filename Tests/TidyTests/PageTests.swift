import Testing

@Suite("Pages of diagnostics")
struct PageTests {
  private static let codes = text("Sources/Diagnostics/Code.swift")
    .matches(of: /case \w+ = "([EW]\d{4})"/).map { String($0.1) }

  @Test("every code has a page, and every page a code")
  func pairs() {
    let pages = pages.map { String($0.name.dropLast(3)) }
    #expect(Self.codes.count > 20)
    #expect(Self.codes.filter { !pages.contains($0) } == [], "without a page")
    #expect(pages.filter { !Self.codes.contains($0) } == [], "without a code")
  }

  @Test("a page shows a wrong file, says why, and shows the right one", arguments: pages)
  func shape(_ page: SourceFile) {
    #expect(page.lines.first?.hasPrefix("# \(page.name.dropLast(3)): ") == true)
    #expect(page.lines.filter { $0.hasPrefix("## ") } == ["## Wrong", "## Why", "## Right"])
    #expect(page.lines.filter { $0 == "```yaml" }.count >= 2)
  }
}
