import Diagnostics
import Testing

@Suite("Code frames")
struct CodeFrameTests {
  @Test("the line above gives context, the help closes the frame")
  func wholeFrame() {
    #expect(
      frame(
        "a: 1\nif:\n  - event.«stauts»: x\n", label: "never seen", help: "did you mean `status`?")
          == """
          error[E0101]: something is wrong
           --> rules/orders.yaml:3:11
            |
          2 | if:
          3 |   - event.stauts: x
            |           ^^^^^^ never seen
            = help: did you mean `status`?

          """)
  }

  @Test("a note in another place has a frame of its own")
  func notes() {
    let picture = String(repeating: "x\n", count: 8) + "«a»: 3\n«a»: 1\n"
    #expect(
      frame(picture, label: "again here")
        == """
        error[E0101]: something is wrong
          --> rules/orders.yaml:9:1
           |
         8 | x
         9 | a: 3
           | ^ again here
        note: first defined here
          --> rules/orders.yaml:10:1
           |
         9 | a: 3
        10 | a: 1
           | ^

        """)
  }

  @Test("a note without a place stands beside the help")
  func plainNote() {
    let (source, places) = marked("«a»: 1\n")
    let diagnostic = Diagnostic(
      .malformedYAML, "wrong", at: places[0], notes: [.init("a fact")], help: "repair it")
    #expect(
      DiagnosticRenderer(sources: [source]).frame(diagnostic)
        == """
        error[E0101]: wrong
         --> rules/orders.yaml:1:1
          |
        1 | a: 1
          | ^
          = note: a fact
          = help: repair it

        """)
  }

  @Test(
    "carets stand under the range, whatever the width of what precedes it",
    arguments: [
      ("a: «b»", "1 | a: b", "  |    ^ here"), ("\ta: «b»", "1 |     a: b", "  |        ^ here"),
      ("日本: «b»", "1 | 日本: b", "  |       ^ here"), ("é: «日本»", "1 | é: 日本", "  |    ^^^^ here"),
      ("e\u{301}: «b»", "1 | e\u{301}: b", "  |    ^ here"),
      ("👍🏽: «b»", "1 | 👍🏽: b", "  |     ^ here"),
      ("a: «»", "1 | a: ", "  |    ^ here"), ("a: «b\nc»", "1 | a: b", "  |    ^ here"),
      ("a\u{7}: «b»", "1 | a␇: b", "  |     ^ here"),
    ])
  func widths(picture: String, line: String, carets: String) {
    let lines = frame(picture).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[3] == line)
    #expect(lines[4] == carets)
  }

  @Test("a place behind the last line is shown at its end")
  func endOfFile() {
    let lines = frame("a: [b\n\n«»").split(separator: "\n")
    #expect(lines[1] == " --> rules/orders.yaml:1:6")
    #expect(lines.suffix(2) == ["1 | a: [b", "  |      ^ here"])
  }

  @Test("a byte order mark takes no column")
  func byteOrderMark() {
    let lines = frame("\u{FEFF}«a»: b").split(separator: "\n")
    #expect(lines[1] == " --> rules/orders.yaml:1:1")
    #expect(lines[3] == "1 | a: b")
  }

  @Test("a long line is cut around the range", arguments: [0, 60, 99, 100, 101, 150, 5000])
  func longLine(position: Int) throws {
    let picture =
      String(repeating: "-", count: position) + "«target»" + String(repeating: "-", count: 300)
    let lines = frame(picture).split(separator: "\n").map(Array.init)
    let line = lines[3].dropFirst(4)
    let carets = lines[4].dropFirst(4)
    #expect(line.count <= 100)
    let start = try #require(carets.firstIndex(of: "^"))
    #expect(String(lines[3][start..<start + 6]) == "target")
    #expect(line.last == "…")
  }

  @Test("a range longer than the screen is underlined as far as it is shown")
  func longRange() {
    let lines = frame("a: «" + String(repeating: "x", count: 500) + "»").split(separator: "\n")
    #expect(lines[4].filter { $0 == "^" }.count == 97)
  }

  @Test("without the text there is the place")
  func unknownSource() {
    let place = SourceLocation(path: "gone.yaml", range: SourceRange(3..<4))
    let diagnostic = Diagnostic(.malformedYAML, "wrong", at: place)
    #expect(
      DiagnosticRenderer(sources: []).frame(diagnostic)
        == "error[E0101]: wrong\n --> gone.yaml\n")
  }

  @Test("colour is a matter of ink alone")
  func ink() {
    let (source, places) = marked("a: «b»\n")
    let diagnostic = Diagnostic(.malformedYAML, "wrong", at: places[0], label: "here")
    let painted = DiagnosticRenderer(sources: [source], ink: .ansi).frame(diagnostic)
    let plain = DiagnosticRenderer(sources: [source]).frame(diagnostic)
    #expect(painted.hasPrefix("\u{1B}[1;31merror[E0101]\u{1B}[0m"))
    #expect(painted.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }
}

@Suite("Reports")
struct ReportTests {
  @Test(
    "the counts are words",
    arguments: [
      (0, 1, "no problems in 1 file"), (1, 1, "1 error in 1 of 1 file"),
      (2, 9, "2 errors in 2 of 9 files"),
    ])
  func summary(errors: Int, files: Int, words: String) {
    let sources = (0..<files).map { SourceText(path: "\($0).yaml", contents: "a: b\n") }
    let diagnostics = (0..<errors).map {
      Diagnostic(
        .malformedYAML, "wrong", at: SourceLocation(path: "\($0).yaml", range: SourceRange(0..<1)))
    }
    #expect(DiagnosticRenderer(sources: sources).summary(diagnostics) == words)
  }

  @Test("problems come in the order of files and places, each once")
  func order() {
    func problem(_ path: String, _ start: Int) -> Diagnostic {
      Diagnostic(
        .malformedYAML, "wrong", at: SourceLocation(path: path, range: SourceRange(start..<start)))
    }
    let mixed = [problem("b", 1), problem("a", 7), problem("b", 1), problem("a", 2)]
    #expect(
      DiagnosticRenderer.sorted(mixed) == [problem("a", 2), problem("a", 7), problem("b", 1)])
  }

  @Test("the text form is frames, then the counts")
  func text() {
    let (source, places) = marked("«a»: b\n")
    let renderer = DiagnosticRenderer(sources: [source])
    let diagnostic = Diagnostic(.malformedYAML, "wrong", at: places[0])
    #expect(
      renderer.report([diagnostic, diagnostic], as: .text)
        == renderer.frame(diagnostic) + "\n1 error in 1 of 1 file\n")
    #expect(renderer.line(diagnostic) == "rules/orders.yaml:1:1: error[E0101]: wrong")
  }

  /// A problem with a note and a repair, in text that needs care.
  private func rich() -> (DiagnosticRenderer, Diagnostic) {
    let (source, places) = marked("«é»: \"x\"\nb, c: «é»\n", path: "a b,c.yaml")
    let diagnostic = Diagnostic(
      .duplicateKey, "50% \"é\"", at: places[1], label: "again\there",
      notes: [.init("first", at: places[0])], help: "keep one",
      fix: .init([.init(at: places[1], with: "x\n")]))
    return (DiagnosticRenderer(sources: [source]), diagnostic)
  }

  @Test("the JSON form is one object a line")
  func json() {
    let (renderer, diagnostic) = rich()
    #expect(
      renderer.report([diagnostic], as: .json)
        == #"{"code":"E0108","severity":"error","message":"50% \"é\"","file":"a b,c.yaml","#
        + #""range":{"start":{"line":2,"column":7,"offset":14},"end":{"line":2,"column":8,"offset":16}},"#
        + #""label":"again\there","notes":[{"message":"first","file":"a b,c.yaml","#
        + #""range":{"start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":2,"offset":2}}}],"#
        + #""help":"keep one","fix":{"edits":[{"file":"a b,c.yaml","#
        + #""range":{"start":{"line":2,"column":7,"offset":14},"end":{"line":2,"column":8,"offset":16}},"#
        + #""text":"x\n"}]}}"# + "\n")
  }

  @Test("the GitHub form escapes what its commands would misread")
  func gitHub() {
    let (renderer, diagnostic) = rich()
    #expect(
      renderer.report([diagnostic], as: .github)
        == "::error file=a b%2Cc.yaml,line=2,col=7,endColumn=7,title=E0108::"
        + "50%25 \"é\": again\there%0Ahelp: keep one\n")
  }

  @Test("the SARIF form is one document that lists its rules")
  func sarif() {
    let (renderer, diagnostic) = rich()
    let text = renderer.report([diagnostic], as: .sarif)
    #expect(
      text.hasPrefix(
        #"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#))
    #expect(text.contains(#""rules":[{"id":"E0108","name":"duplicateKey","#))
    #expect(text.contains(#""artifactLocation":{"uri":"a%20b%2Cc.yaml"}"#))
    #expect(
      text.contains(
        #""region":{"startLine":2,"startColumn":7,"endLine":2,"endColumn":8,"byteOffset":14,"byteLength":2}"#
      ))
    #expect(text.contains(#""relatedLocations":["#))
    #expect(text.contains(#""insertedContent":{"text":"x\n"}"#))
  }
}

@Suite("Did you mean")
struct SuggestionTests {
  @Test(
    "a near miss is corrected",
    arguments: [("langauge", "language"), ("languge", "language"), ("nme", "name")])
  func nearMiss(typo: String, intended: String) {
    #expect(closestMatch(to: typo, in: ["name", "language", "created_on"]) == intended)
  }

  @Test("a different word is left alone", arguments: ["colour", "x", ""])
  func noGuess(word: String) {
    #expect(closestMatch(to: word, in: ["name", "language"]) == nil)
  }
}

@Suite("Codes")
struct CodeTests {
  @Test("a code is E or W and four digits", arguments: Code.allCases)
  func form(code: Code) {
    #expect(code.rawValue.contains(/^[EW]0[1-6]\d\d$/))
    #expect(code.severity == (code.rawValue.hasPrefix("E") ? .error : .warning))
  }
}

@Suite("Source texts")
struct SourceTextTests {
  @Test("a line begins behind each line break, wherever it stands")
  func lines() {
    for count in 0..<40 {
      let text = String(repeating: "x", count: count) + "\n\ny\r\n" + "\u{8A}\u{10A}z\n"
      let source = SourceText(path: "rules.yaml", contents: text)
      let places = [0, count + 1, count + 2, count + 5, count + 11]
      #expect((1...5).map { source.start(ofLine: $0) } == places)
      #expect(source.line(of: count) == 1)
      #expect(source.line(of: count + 1) == 2)
      #expect(source.line(of: text.utf8.count) == 5)
    }
  }

  @Test("what lies behind 2 GiB counts as there")
  func farPlaces() {
    var range = SourceRange(5..<1 << 40)
    #expect(range.start == 5)
    #expect(range.end == Int(Int32.max))
    range.end = 7
    #expect(range == SourceRange(5..<7))
  }
}
