import Testing

@testable import Streams

@Suite("Splitting JSON") struct JSONSplitterTests {
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
    "records are lines, values over lines, and items of arrays",
    arguments: [
      Case("{\"a\":1}\n{\"a\":2}\n", ["1:{\"a\":1}", "2:{\"a\":2}"]),
      Case("{\"a\":1}\r\n\r\n  {\"a\":2} ", ["1:{\"a\":1}", "3:{\"a\":2}"]),
      Case("{}{}\n{} {}\n{}", ["1:{}", "1:{}", "2:{}", "2:{}", "3:{}"]),
      Case("{\n \"a\":1\n}\n{\n}", ["1:{\n \"a\":1\n}", "4:{\n}"]),
      Case("{}\n{\n\"a\":2}\n{}", ["1:{}", "2:{\n\"a\":2}", "4:{}"]),
      Case("[{\"a\":1},{\"a\":2}]\n{}", ["1:{\"a\":1}", "1:{\"a\":2}", "2:{}"]),
      Case("[\n{\"a\":1},\n{\"a\":2}\n]\n", ["2:{\"a\":1}", "3:{\"a\":2}"]),
      Case("{}\n[{},\n{}]\n{}", ["1:{}", "2:{}", "3:{}", "4:{}"]),
      Case("[[{\"a\":[1]}],[ ],7,\"x\"]", ["1:{\"a\":[1]}", "1:7", "1:\"x\""]),
      Case("[]\n[ ]", []),
      Case("\u{FEFF}{\"a\":1}\n\u{FEFF}{\"b\":2}", ["1:{\"a\":1}", "2:{\"b\":2}"]),
      Case("{\"a\":\"} {\"}\n{\"a\":\"\\\"}{\"}", ["1:{\"a\":\"} {\"}", "2:{\"a\":\"\\\"}{\"}"]),
    ])
  func records(_ example: Case) {
    let result = Splitting(example.text)
    #expect(result.records == example.records)
    #expect(result.problems == example.problems)
  }

  @Test(
    "a bad record costs only itself",
    arguments: [
      // In lines the parser sees the bad line and says why.
      Case(
        "{\"a\":1}\n{\"a\":\n{\"a\":3}\n{}", ["1:{\"a\":1}", "2:{\"a\":", "3:{\"a\":3}", "4:{}"]),
      Case("{}\n{\"a\":\"x\n{}\n", ["1:{}", "2:{\"a\":\"x", "3:{}"]),
      Case("{}\ngarbage\n{}", ["1:{}", "2:garbage", "3:{}"]),
      Case("{}\n{\"a\":1},\n{}", ["1:{}", "2:{\"a\":1},", "3:{}"]),
      Case("{}\n{\"a\":1", ["1:{}", "2:{\"a\":1"]),
      Case("{}\n{\"a\":[\n{}\n{}\n{}", ["1:{}", "2:{\"a\":[", "3:{}", "4:{}", "5:{}"]),
      // Before the first whole record the splitter says it.
      Case(
        "{\"a\":1,\"b\"\n{\"a\":2}\n{\"a\":3}", ["2:{\"a\":2}", "3:{\"a\":3}"],
        problems: ["1:no JSON: `:` expected, found `{` in line 2"]),
      Case(
        "{\n \"a\" 1\n}\n{\n \"a\":2\n}", ["4:{\n \"a\":2\n}"],
        problems: ["1:no JSON: `:` expected, found `1` in line 2"]),
      Case(
        "{\n \"a\":\n{\"b\":1}\n{\"b\":2}", ["3:{\"b\":1}", "4:{\"b\":2}"],
        problems: ["1:no JSON: `,` or `}` expected, found `{` in line 4"]),
      Case(
        "{\n \"a\": \"x\n}\n{\"b\":2}", ["4:{\"b\":2}"],
        problems: ["1:no JSON: a quote is not closed in line 2"]),
      Case(
        "garbage\n{\"a\":1}", ["2:{\"a\":1}"],
        problems: ["1:no JSON: `{` or `[` expected, found `g`"]),
      Case(
        "{\n\"a\":1", [], problems: ["1:no JSON: the input ends inside this record"]),
    ])
  func recovery(_ example: Case) {
    let result = Splitting(example.text)
    #expect(result.records == example.records)
    #expect(result.problems == example.problems)
  }

  @Test(
    "a bad item leaves the rest of its array",
    arguments: [
      Case(
        "[{\"a\":1},{\"a\":},{\"a\":3}]", ["1:{\"a\":1}", "1:{\"a\":3}"],
        problems: ["1:no JSON: a value expected, found `}`"]),
      Case(
        "[\n{\"a\":1},\n{\"a\":2,\n{\"a\":3}\n]", ["2:{\"a\":1}", "4:{\"a\":3}"],
        problems: ["3:no JSON: a key in quotes expected, found `{` in line 4"]),
      Case(
        "[\n{\"a\":1}\n{\"a\":2}\n]\n{\"a\":3}", ["2:{\"a\":1}", "3:{\"a\":2}", "5:{\"a\":3}"],
        problems: ["3:no JSON: `,` or `]` expected in the array of line 1, found `{`"]),
      Case(
        "[{\"a\":1},\n{\"a\":2}", ["1:{\"a\":1}", "2:{\"a\":2}"],
        problems: ["1:no JSON: the input ends inside the array that begins here"]),
    ])
  func arrays(_ example: Case) {
    let result = Splitting(example.text)
    #expect(result.records == example.records)
    #expect(result.problems == example.problems)
  }

  @Test(
    "a record over the limit is reported and not kept",
    arguments: ["{}\n{\"a\":\"#\"}\n{\"b\":1}", "[{\"c\":1},\n{\"a\":\"#\"},\n{\"b\":1}]"])
  func longRecords(_ pattern: String) {
    let text = pattern.split(separator: "#").joined(separator: String(repeating: "x", count: 5_000))
    let result = Splitting(text, blocks: 64, byteLimit: 1_024)
    #expect(result.records.count == 2)
    #expect(result.records.last == "3:{\"b\":1}")
    #expect(result.problems == ["2:longer than 1 KiB; `--max-event` allows more"])
  }

  @Test("a line of 20 MiB passes by without being kept")
  func longLine() {
    let long = "{\"a\":\"" + String(repeating: "x", count: 20 << 20) + "\"}"
    let result = Splitting("{}\n" + long + "\n{}\n")
    #expect(result.records == ["1:{}", "3:{}"])
    #expect(result.problems == ["2:longer than 16 MiB; `--max-event` allows more"])
  }

  @Test("what is cut off by a stop or by damage is no record")
  func cutOff() {
    let stopped = Splitting("{}\n{\"a\":{\"b\":1}", ending: .stopped)
    #expect(stopped.records == ["1:{}"])
    #expect(stopped.problems == [])
    let damaged = Splitting("{}\n{\"a\":", ending: .damaged("damage"))
    #expect(damaged.records == ["1:{}"])
    #expect(damaged.problems == ["2:damage"])
  }

  @Test("a window ends after its number of events, also inside a block")
  func windows() {
    let text = String(repeating: "{}\n", count: 25)
    #expect(Splitting(text, window: 10).windows == [10, 10, 5])
    #expect(Splitting(text, window: 25).windows == [25])
    #expect(Splitting("[{},{},{}]", window: 2).windows == [2, 1])
  }

  @Test(
    "work stays bounded where every line is wrong",
    .timeLimit(.minutes(1)),
    arguments: ["[\n", "{\"a\":[\n", "{\n", "{\"a\":\n", "[{\"a\":\n", "{\"a\":{\n", "[["])
  func boundedWork(_ line: String) {
    let result = Splitting(String(repeating: line, count: 200_000), byteLimit: 1 << 20)
    #expect(result.records.count + result.problems.count > 0)
    let behindObject = Splitting("{}\n" + String(repeating: line, count: 200_000))
    #expect(behindObject.records.first == "1:{}")
  }
}
