import Diagnostics
import Testing

@testable import YAMLTree

@Suite("Scalar maps")
struct ScalarMapTests {
  @Test(
    "a part of a value is found in the file",
    arguments: [
      ("v: a «target» b", "target"), ("v: a\n   «target» b", "target"),
      ("v: 'it''s «target»'", "target"), ("v: 'it«''»s'", "'"),
      ("v: \"\\u00e9 «target»\"", "target"), ("v: \"a«\\n»b\"", "\n"), ("v: \"«\\x41»b\"", "A"),
      ("v: \"a\n\n   «target»\"", "target"), ("v: \"a\\\n   «target»\"", "target"),
      ("v: |\n  one\n  «target»\n", "target"), ("v: |2\n    «target»\n", "target"),
      ("v: >2\n\n     a\n    «target»\n", "target"),
      ("v: >\n  one\n  «target»\n\n   two\n", "target"), ("v: >-\n  one«\n  »target", " "),
      ("v: |+\n  a\n\n  «target»\n\n", "target"), ("v: |\r\n  one\r\n  «target»\r\n", "target"),
      ("v: \"ção «target»\"", "target"), ("x:\n  - k: |1\n     «target»\nv: «target»", "target"),
    ])
  func parts(picture: String, part: String) throws {
    let (text, ranges) = marked(picture)
    let reading = Reading(text)
    let scalar = try #require(reading.scalar())
    let utf8 = Array(scalar.text.utf8)
    let start = try #require(utf8.firstRange(of: Array(part.utf8)))
    #expect(scalar.map.fileRange(of: start) == ranges.last)
  }

  @Test("each byte of a value is traced, whatever the style", arguments: 0..<300)
  func law(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let text = ScalarText(using: &random).yaml
    let reading = Reading(text)
    let scalar = try #require(reading.scalar(), "\(text)")
    let runs = scalar.map.runs
    #expect(runs.last.map { $0.value + $0.length } == scalar.text.utf8.count)
    for (run, next) in zip(runs, runs.dropFirst()) {
      #expect(run.value + run.length == next.value)
      #expect(run.file + run.fileLength <= next.file)
      guard run.length == run.fileLength, run.length > 2 else { continue }
      let value = Array(scalar.text.utf8)[run.value..<run.value + run.length]
      #expect(value == reading.source.utf8[run.file..<run.file + run.fileLength], "\(text)")
    }
    let isWhole = runs.count == 2 && runs[0].length != runs[0].fileLength
    #expect(!isWhole || scalar.text.utf8.count < 3, "untraced: \(text)")
  }
}

/// A random value in a random style, folds, escapes and empty lines included.
struct ScalarText {
  let yaml: String

  init(using random: inout SeededRandom) {
    let breaks = ["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n"]
    let words = ["a", "bc", "é", "x  y", "$", "1"]
    let header =
      ["", " ", "\"", "'", "|", ">", "|-", ">+", "|2", ">-1"].randomElement(using: &random) ?? ""
    let isBlock = header.hasPrefix("|") || header.hasPrefix(">")
    let indentation = header.contains("1") ? " " : "  "
    var text = "v: \(header)" + (isBlock ? "\n" : "")
    for index in 0..<Int.random(in: 1...5, using: &random) {
      let word = words.randomElement(using: &random) ?? ""
      let gap = breaks.randomElement(using: &random) ?? ""
      if isBlock {
        let more = header.hasPrefix(">") && index > 0 && Bool.random(using: &random) ? "  " : ""
        text += indentation + more + word + gap
      } else {
        text += word + (index % 2 == 0 ? gap + "  " : " ")
        if header == "\"" {
          text += ["\\n", "\\u00e9", "\\\n  ", "\\\"", ""].randomElement(using: &random) ?? ""
        }
        if header == "'" { text += Bool.random(using: &random) ? "''" : "" }
      }
    }
    yaml = isBlock ? text : text + (header == " " ? "" : header) + "\n"
  }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
