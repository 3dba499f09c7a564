import Diagnostics
import Testing

@testable import YAMLTree

@Suite("Limits and bytes")
struct LimitTests {
  @Test(
    "bytes that are no text are refused where they stand",
    arguments: [
      ([0x61, 0x3A, 0x20, 0xE7, 0x0A], Code.notUTF8, 3..<4),
      ([0xFF, 0xFE, 0x61, 0x00], .notUTF8, 0..<2), ([0x61, 0x00, 0x3A, 0x00], .notUTF8, 0..<2),
      ([0x61, 0x3A, 0x20, 0x00], .forbiddenCharacter, 3..<4),
      ([0x61, 0x3A, 0x20, 0x07, 0x0A], .forbiddenCharacter, 3..<4),
      ([0x61, 0x3A, 0x20, 0x62, 0x0D, 0x63], .forbiddenCharacter, 4..<5),
      ([0x61, 0x3A, 0x20, 0xE2, 0x80, 0xA8, 0x0A], .forbiddenCharacter, 3..<6),
      ([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], .notUTF8, 3..<4),
    ])
  func bytes(bytes: [Int], code: Code, range: Range<Int>) {
    let reading = Reading(bytes: bytes.map { UInt8($0) })
    #expect(reading.codes == [code])
    #expect(reading.document.diagnostics.first?.location.range == SourceRange(range))
    #expect(reading.document.root == nil)
  }

  @Test("Windows-1252 is recognised by the letter it stands for")
  func windows() {
    let help = Reading(bytes: [0x61, 0x3A, 0x20, 0xE7, 0x0A]).document.diagnostics.first?.help
    #expect(help == "save the file as UTF-8; in Windows-1252 this byte is `ç`")
  }

  @Test("a byte that is no text is found wherever it stands")
  func everyPlace() {
    for offset in 3..<200 {
      for byte in [0x00, 0x08, 0x0B, 0x1F, 0x7F] as [UInt8] {
        var bytes = Array("a: ".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 200)
        bytes[offset] = byte
        let problem = Reading(bytes: bytes).document.diagnostics.first
        #expect(problem?.code == .forbiddenCharacter)
        #expect(problem?.location.range == SourceRange(offset..<offset + 1))
      }
    }
  }

  @Test("long letters and comments are found wherever they stand")
  func everyDistance() {
    for distance in 0..<200 {
      let filler = String(repeating: "x", count: distance)
      let reading = Reading("a\(filler): é# \(filler)€\nb: [v] #é\n")
      #expect(reading.document.comments.map(\.text) == ["#é"])
      #expect(reading.node("b").map { reading.text($0.range) } == "[v]")
      #expect(reading.node("a\(filler)").map { reading.text($0.range) } == "é# \(filler)€")
    }
  }

  @Test("64 levels are read, the next one is refused")
  func depth() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(Reading(nested(64)).codes.isEmpty)
    #expect(Reading(nested(65)).codes == [.nestedTooDeep])
    #expect(Reading(String(repeating: "- ", count: 65)).codes == [.nestedTooDeep])
    #expect(Reading("a: &x " + nested(63) + "\nb: [[*x]]\n").codes == [.aliasesTooLarge])
  }

  @Test("a hundred thousand brackets take no time", .timeLimit(.minutes(1)))
  func brackets() {
    #expect(Reading(String(repeating: "[", count: 100_000)).codes == [.nestedTooDeep])
    #expect(Reading(String(repeating: "{a: ", count: 100_000)).codes == [.nestedTooDeep])
  }

  @Test("aliases of aliases are counted before they are repeated")
  func aliases() {
    let lines = (1...9).map { level in
      let items = Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", ")
      return "l\(level): &l\(level) [\(items)]\n"
    }
    #expect(Reading("l0: &l0 x\n" + lines.joined()).codes == [.aliasesTooLarge])
  }

  @Test("a file holds at most 4 MiB")
  func size() {
    let limit = 4 * 1024 * 1024
    #expect(
      Reading(bytes: Array("# ".utf8) + Array(repeating: 0x78, count: limit)).codes == [
        .fileTooLarge
      ])
    let long = Array("v: ".utf8) + Array(repeating: 0x78, count: limit - 3)
    #expect(Reading(bytes: long).codes.isEmpty)
  }
}
