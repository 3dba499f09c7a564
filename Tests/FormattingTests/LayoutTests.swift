import Diagnostics
import Formatting
import Testing

@testable import YAMLTree

/// What a text becomes, or why it is left alone.
func laidOut(_ text: String) -> String {
  do throws(Layout.Refusal) {
    return String(
      decoding: try Layout.canonical(SourceText(path: "rules.yaml", contents: text)), as: UTF8.self)
  } catch {
    switch error {
    case .unreadable: return "unreadable"
    case .unsafe: return "unsafe"
    }
  }
}

/// A text, and what it becomes.
struct Sample: CustomTestStringConvertible {
  var claim: String
  var written: String
  var expected: String
  var testDescription: String { claim }

  init(_ claim: String, _ written: String, _ expected: String) {
    (self.claim, self.written, self.expected) = (claim, written, expected)
  }
}

@Suite("The layout of rule files")
struct LayoutTests {
  private static let samples = [
    Sample(
      "a level is two blanks, and lists are indented below their keys",
      "rules:\n- id: a\n  do:\n      -   set_name: x\n      -   set_fields:\n             b: 1\n",
      "rules:\n  - id: a\n    do:\n      - set_name: x\n      - set_fields:\n          b: 1\n"),
    Sample(
      "blanks around marks are one or none",
      "a :   1\nb: [1,2 , 3]\nc: { x : 1,y: [ ] }\nd: {\"e\":1}\n",
      "a: 1\nb: [1, 2, 3]\nc: {x: 1, y: []}\nd: {\"e\": 1}\n"),
    Sample("blanks at line ends go", "a: 1  \t\n  \nb: 2\n", "a: 1\n\nb: 2\n"),
    Sample("a file ends with one line break", "a: 1\n\n\n", "a: 1\n"),
    Sample("also where there was none", "a: 1", "a: 1\n"),
    Sample("one blank line is enough", "\n\na: 1\n\n\n\nb: 2\n", "a: 1\n\nb: 2\n"),
    Sample("none stands below a key", "a:\n\n\n  b: 1\n", "a:\n  b: 1\n"),
    Sample(
      "one stands between parts of a file that go over several lines",
      "version: 1\nzone: x\nlet:\n  a: 1\nlists: {b: [1]}\n",
      "version: 1\nzone: x\n\nlet:\n  a: 1\n\nlists: {b: [1]}\n"),
    Sample(
      "and between rules, above what is said of them",
      "rules:\n  - id: a\n    do: note\n  # about b\n  - id: b\n    do: note\n",
      "rules:\n  - id: a\n    do: note\n\n  # about b\n  - id: b\n    do: note\n"),
    Sample(
      "rules of one line may stand close", "rules:\n  - {id: a}\n  - {id: b}\n",
      "rules:\n  - {id: a}\n  - {id: b}\n"),
    Sample(
      "a text that is folded is no reason for a blank line",
      "version: 1\nabout: >-\n    one\n    two\nzone: x\n",
      "version: 1\nabout: >-\n  one\n  two\nzone: x\n"),
    Sample(
      "a comment stands where what it is about stands",
      "a:\n# first\n      - 1\n  # second\n      - 2\n", "a:\n  # first\n  - 1\n  # second\n  - 2\n"
    ),
    Sample(
      "a comment that is indented as what stands above it belongs there",
      "a:\n    b:\n        - 1\n        # - 2\n    c: 3\n",
      "a:\n  b:\n    - 1\n    # - 2\n  c: 3\n"),
    Sample(
      "a comment at the end keeps its level", "a:\n   b: 1\n   # c: 2\n# end\n",
      "a:\n  b: 1\n  # c: 2\n# end\n"),
    Sample(
      "comments at line ends stand below each other",
      "a: 1 # one\nlonger: 2      # two\nb: 3\nc: 4 # four\n",
      "a: 1       # one\nlonger: 2  # two\nb: 3\nc: 4  # four\n"),
    Sample(
      "such a comment goes on below itself", "a: 1   # one\n       # two\nb: 2\n",
      "a: 1  # one\n      # two\nb: 2\n"),
    Sample(
      "what is done in each case stands below what is done in the others",
      "rules:\n- match: x\n  cases:\n   a: {note: 1}\n   longer:   {note: 2}\n   b:\n    - note: 3\n  otherwise: {note: 4}\n  about: {}\n- id: {}\n",
      "rules:\n  - match: x\n    cases:\n      a:       {note: 1}\n      longer:  {note: 2}\n      b:\n        - note: 3\n    otherwise: {note: 4}\n    about: {}\n\n  - id: {}\n"
    ),
    Sample(
      "what is inside texts stays", "a: 'b  #  c'\nd: \"e ,  f\"\ng: h  :i\n",
      "a: 'b  #  c'\nd: \"e ,  f\"\ng: h  :i\n"),
    Sample(
      "a block of text moves as a whole",
      "a:\n      b: |\n             one\n               two\n\n             three\n",
      "a:\n  b: |\n    one\n      two\n\n    three\n"),
    Sample(
      "its blank lines stay where they count", "a: |+\n  b\n\n\nc: 1\n", "a: |+\n  b\n\n\nc: 1\n"),
    Sample(
      "its indentation may be said", "a:\n  - |2\n      b\n     c\n",
      "a:\n  - |2\n      b\n     c\n"),
    Sample(
      "a block of text at the end of a file gets no line break that it had not", "a: |\n   b",
      "a: |\n  b"),
    Sample(
      "a text over several lines is aligned",
      "a: one\n          two\n\n          three\nb: 'x\n     y'\n",
      "a: one\n  two\n\n  three\nb: 'x\n  y'\n"),
    Sample(
      "brackets over several lines are indented by their depth",
      "a: {b: [1,\n 2], # two\n c: 3}\nd: [\n1,\n]\n",
      "a: {b: [1,\n    2],  # two\n  c: 3}\n\nd: [\n  1,\n  ]\n"),
    Sample(
      "lists in lists, mappings in lists", "-   -  a\n    -  b: 1\n       c: 2\n",
      "- - a\n  - b: 1\n    c: 2\n"),
    Sample(
      "anchors, aliases and tags stay", "a:   &x   [1]\nb:  *x\n*x : 1\nc: !t  d\n",
      "unreadable"),
    Sample("anchors and aliases stay", "a:   &x   {b: 1}\nc:  *x\n", "a: &x {b: 1}\nc: *x\n"),
    Sample(
      "line breaks are line feeds", "a: |\r\n  b\r\n  c\r\nd: 1\r\n", "a: |\n  b\n  c\nd: 1\n"),
    Sample("a mark of byte order goes", "\u{FEFF}a: 1\n", "a: 1\n"),
    Sample("the start of a document may be marked", "---\na:   1\n", "---\na: 1\n"),
    Sample("nothing stays nothing", "", ""),
    Sample("a comment alone stays", "   # a\n", "# a\n"),
    Sample("what is no YAML is left alone", "a: [1\n", "unreadable"),
  ]

  @Test("text by text", arguments: samples)
  func sample(_ sample: Sample) {
    let result = laidOut(sample.written)
    #expect(result == sample.expected)
    if result != "unreadable" { #expect(laidOut(result) == result, "not at rest") }
  }
}
