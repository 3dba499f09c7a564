import Testing

@testable import Streams

@Suite("Splitting CSV") struct CSVSplitterTests {
  struct Case: CustomTestStringConvertible {
    var text: String
    var records: [String]
    var problems: [String]

    init(_ text: String, _ records: [String], problems: [String] = []) {
      self.text = text
      self.records = records
      self.problems = problems
    }

    var testDescription: String { text.debugDescription }
  }

  @Test(
    "rows become objects of text",
    arguments: [
      Case("a,b\n1,x\n", ["2:{\"a\":\"1\",\"b\":\"x\"}"]),
      Case("a;b\r\n1,5;x\r\n", ["2:{\"a\":\"1,5\",\"b\":\"x\"}"]),
      Case("a\tb\n1\t2", ["2:{\"a\":\"1\",\"b\":\"2\"}"]),
      Case("a|b\n1|2", ["2:{\"a\":\"1\",\"b\":\"2\"}"]),
      Case("\u{FEFF}a\nx\n", ["2:{\"a\":\"x\"}"]),
      Case("a,b\n,x\n\n,\n", ["2:{\"b\":\"x\"}"]),
      Case(
        "type,client.phone,client.name,total\nt,1,Ana,9",
        ["2:{\"type\":\"t\",\"client\":{\"phone\":\"1\",\"name\":\"Ana\"},\"total\":\"9\"}"]),
      Case("a,c.d\n1,\n", ["2:{\"a\":\"1\"}"]),
      Case(
        "a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\nz,w\n",
        ["2:{\"a\":\"x, \\\"y\\\"\",\"b\":\"two\\u000alines\"}", "4:{\"a\":\"z\",\"b\":\"w\"}"]),
      Case("a,b\n5\" pipe,\\\n", ["2:{\"a\":\"5\\\" pipe\",\"b\":\"\\\\\"}"]),
      Case("a, b \n\"\",\" \"\n", ["2:{\"b\":\" \"}"]),
    ])
  func rows(_ example: Case) {
    let result = Splitting(example.text)
    #expect(result.records == example.records)
    #expect(result.problems == example.problems)
  }

  @Test(
    "a bad row costs only itself",
    arguments: [
      Case(
        "a,b\n1,2,3\n1\n4,5\n", ["4:{\"a\":\"4\",\"b\":\"5\"}"],
        problems: ["2:3 cells where the header has 2", "3:1 cell where the header has 2"]),
      Case(
        "a,b\n\"x\"y,1\n2,3", ["3:{\"a\":\"2\",\"b\":\"3\"}"],
        problems: ["2:something stands behind a closing quote"]),
      Case(
        "a,b\n\"x,1\n2,3\n", ["3:{\"a\":\"2\",\"b\":\"3\"}"],
        problems: ["2:a quote is not closed before the end or 16 MiB"]),
      Case(
        "a,a\n1,2\n", [],
        problems: [
          "1:the header names `a` twice, or once as a value and once as an object; "
            + "the rows of this file were set aside"
        ]),
      Case(
        "a,,c\n1,2,3\n", [],
        problems: ["1:column 2 has no name in the header; the rows of this file were set aside"]),
      Case("a\u{1}b\n1\n", [], problems: ["1:neither JSON nor CSV"]),
    ])
  func badRows(_ example: Case) {
    let result = Splitting(example.text)
    #expect(result.records == example.records)
    #expect(result.problems == example.problems)
  }

  @Test("a file with bytes that are no UTF-8 is read as Windows-1252")
  func windows1252() {
    let bytes = Array("nome\nAna\nJo".utf8) + [0xE3, 0x6F, 0x20, 0x80, 0x0A, 0xC3, 0xA3]
    let result = Splitting(bytes)
    #expect(
      result.records == ["2:{\"nome\":\"Ana\"}", "3:{\"nome\":\"João €\"}", "4:{\"nome\":\"Ã£\"}"])
  }

  @Test("one damaged row does not change how a UTF-8 file is read")
  func damagedUTF8() {
    let bytes = Array("nome\nJoão\n".utf8) + [0xE3, 0x6F, 0x0A] + Array("Zoë\n".utf8)
    let result = Splitting(bytes)
    #expect(result.records == ["2:{\"nome\":\"João\"}", "4:{\"nome\":\"Zoë\"}"])
    #expect(result.problems == ["3:not UTF-8, as the rows before are"])
  }

  @Test("a row that was cut off is no record")
  func cutOff() {
    let result = Splitting("a,b\n1,2\n3,4", ending: .damaged("damage"))
    #expect(result.records == ["2:{\"a\":\"1\",\"b\":\"2\"}"])
    #expect(result.problems == ["3:damage"])
  }

  @Test("quotes that never close cost bounded work", .timeLimit(.minutes(1)))
  func boundedWork() {
    let text = "a,b\n" + String(repeating: "\"x,1\n2,3\n", count: 50_001)
    #expect(Splitting(text, byteLimit: 1 << 16).problems.count > 0)
  }
}
