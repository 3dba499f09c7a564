import Testing

/// The house rules a formatter cannot check, enforced like any other behaviour.
@Suite("Tidiness")
struct TidyTests {
  @Test("the files are found")
  func found() {
    #expect(sourceFiles.count > 20)
    #expect(swiftFiles.count > sourceFiles.count)
  }

  @Test("a file fits in a reader's head", arguments: swiftFiles)
  func fileLength(_ file: SourceFile) {
    #expect(file.lines.count <= 400)
  }

  @Test("a function fits on a screen", arguments: swiftFiles)
  func functionLength(_ file: SourceFile) {
    #expect(file.longestFunction.length <= 60, "\(file.longestFunction.name)")
  }

  @Test("nothing is left for later", arguments: readableFiles)
  func leftovers(_ file: SourceFile) {
    #expect(file.found(#"\b(TODO|FIXME|XXX|HACK)\b"#) == [])
  }

  @Test("no drawer for odds and ends", arguments: swiftFiles)
  func drawers(_ file: SourceFile) {
    #expect(!file.path.contains(/(Util|Helper|Manager|Common|Misc|Service)/))
    #expect(!file.path.hasSuffix("Extensions.swift"))
  }

  @Test("a file's name is unique in its target")
  func names() {
    let places = Dictionary(grouping: swiftFiles) { "\($0.target)/\($0.name)" }
    #expect(places.values.filter { $0.count > 1 }.flatMap { $0.map(\.path) } == [])
  }

  @Test("nothing is forced", arguments: swiftFiles)
  func forced(_ file: SourceFile) {
    let bang = #"(?:\btry!|\bas!|[\w)\]]!(?=[.,)\]\s\[?]|$))"#
    #expect(file.found(#"(?m)^[^"/\n]*"# + bang) == [])
  }

  @Test("the texts speak of Regra, not of how it was written", arguments: readableFiles)
  func outsideWords(_ file: SourceFile) {
    let words = #"/work/|\bworktree|\bintegrator\b|\bsub-?agent|\bbrief\.md\b|\bissue \d"#
    #expect(file.found(words) == [])
  }

  @Test("sections are left to the folder list", arguments: swiftFiles)
  func banners(_ file: SourceFile) {
    #expect(file.found("// " + "MARK:|// ?[-=*]{4}") == [])
  }
}
