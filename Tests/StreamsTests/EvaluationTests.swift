import Testing

@testable import Streams

@Suite("Evaluating an expression over events")
struct EvaluationTests {
  private let directory = TemporaryDirectory()

  private func file(_ text: String, _ name: String = "events") -> String {
    directory.write(name, Array(text.utf8))
  }

  @Test(
    "any JSON is an event, and arrays stand for their items",
    arguments: [
      ("{\"a\":1}\n{\"a\":2}", ["{\"a\":1}", "{\"a\":2}"]),
      ("{\"a\":1}{\"a\":2} {\"a\":3}", ["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"]),
      ("[1,\"x\",[true,null],{}]", ["1", "\"x\"", "true", "null", "{}"]),
      ("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", ["{\"a\":1}", "{\"a\":2}"]),
      ("1\n-2.5\n\n3", ["1", "-2.5", "3"]), ("\"a, b\"\n\"c\"\n", ["\"a, b\"", "\"c\""]),
      ("true\n[1,2]\n{\"a\":1}\nnull", ["true", "1", "2", "{\"a\":1}", "null"]),
      ("[1]\n2\n", ["1", "2"]), ("7", ["7"]),
      ("\u{FEFF}{\"a\":1}\r\n\r\n{}\r\n", ["{\"a\":1}", "{}"]),
      ("id,n\n1,a\n2,b\n", ["{\"id\":\"1\",\"n\":\"a\"}", "{\"id\":\"2\",\"n\":\"b\"}"]),
      ("number\n5\n", ["{\"number\":\"5\"}"]), ("", []), ("\n\n", []), ("[]", []),
    ])
  func shapes(text: String, events: [String]) throws {
    for blocks in [64, 256 << 10] {
      let result = try Evaluating("event", over: [file(text)], blocks: blocks)
      #expect(result.lines == events)
      #expect(result.notices == [])
    }
  }

  @Test("a text longer than what is looked at to recognise a source is a text")
  func longText() throws {
    let text = "\"" + String(repeating: "a", count: 100_000) + "\""
    #expect(try Evaluating("event.size()", over: [file(text)]).lines == ["100000"])
  }

  @Test(
    "a bad line is told with its number and costs only itself",
    arguments: [
      ("{\"a\":1}\n{\"a\":\n{\"a\":3}", ["1", "3"], ["2: no JSON: the text ends too early"]),
      ("1\nx\n3", ["", "", ""], ["2: no JSON: a word is neither true, false nor null"]),
      (
        "{\"a\":1}\n{\"a\":\"\u{0}\"}\n{\"a\":3}\n", ["1", "3"],
        ["2: no JSON: a control character stands inside a text"]
      ),
      ("a,b\n1,2\n3\n4,5\n", ["\"1\"", "\"4\""], ["3: 1 cell where the header has 2"]),
    ])
  func badLines(text: String, results: [String], notices: [String]) throws {
    let expression = results.contains("") ? "event" : "event.a"
    let expected = results.contains("") ? ["1", "3"] : results
    let result = try Evaluating(expression, over: [file(text)])
    #expect(result.lines == expected)
    #expect(result.notices == notices)
    #expect(result.report.problemCount == 1)
    #expect(result.report.ending == .complete)
  }

  @Test("the longest event is limited, and a longer one is passed over")
  func longEvents() throws {
    let long = "{\"a\":\"" + String(repeating: "x", count: 3 << 20) + "\"}"
    let result = try Evaluating("event.a", over: [file("{\"a\":1}\n\(long)\n{\"a\":2}\n")]) {
      $0.byteLimit = 1 << 20
    }
    #expect(result.lines == ["1", "2"])
    #expect(result.notices == ["2: longer than 1 MiB; `--max-event` allows more"])
  }

  @Test("what is nested too deep is a bad line")
  func depth() throws {
    let deep =
      "{\"a\":" + String(repeating: "[", count: 2_000) + String(repeating: "]", count: 2_000)
    let result = try Evaluating("1", over: [file("\(deep)}\n{}\n")])
    #expect(result.lines == ["1"])
    #expect(result.notices == ["1: no JSON: it is nested too deep"])
  }

  @Test("gzip is read, and what is cut off loses only its end")
  func gzip() throws {
    let text = (1...2_000).map { "{\"a\":\($0)}\n" }.joined()
    let bytes = compressed(text)
    let whole = try Evaluating("event.a", over: [directory.write("whole", bytes)])
    #expect(whole.lines == (1...2_000).map(String.init))
    let cut = directory.write("cut", Array(bytes.prefix(bytes.count / 2)))
    let result = try Evaluating("event.a", over: [cut])
    #expect(result.lines == Array(whole.lines.prefix(result.lines.count)))
    #expect(result.report.problemCount == 1)
    #expect(result.notices.first?.contains("the gzip data ends too early") == true)
  }

  @Test("strictness ends at the first bad line, behind the results before it")
  func strictness() throws {
    let result = try Evaluating("event.a", over: [file("{\"a\":1}\n{\n{\"a\":2}\n")]) {
      $0.strictness = .strict
    }
    #expect(result.lines == ["1"])
    #expect(result.report.ending == .badLine)
  }

  @Test("an unknown result is a line with null, told ten times a cause and counted always")
  func unknowns() throws {
    let text = (1...50).map { $0 % 2 == 0 ? "{\"a\":\($0)}\n" : "{}\n" }.joined()
    let result = try Evaluating("event.a", over: [file(text)])
    #expect(result.lines.count == 50)
    #expect(result.lines.count { $0 == "null" } == 25)
    #expect(result.notices == (0..<10).map { "\($0 * 2 + 1): missing" })
    #expect(result.report.unknowns.map(\.count) == [25])
    #expect(result.report.failureCount == 25)
  }

  @Test("false, null and unknown are failures; zero and an empty text are not")
  func failures() throws {
    let events = file("false\nnull\n{\"x\":1}\n0\n\"\"\ntrue\n")
    let result = try Evaluating("event == 5 ? 1 : event", over: [events])
    #expect(result.report.failureCount == 2)
    #expect(try Evaluating("event.a", over: [file("{}", "one")]).report.failureCount == 1)
  }

  @Test("a condition leaves out what is not true, and tells where it is not known")
  func conditions() throws {
    let events = file("{\"a\":1}\n{\"a\":5}\n{}\n{\"a\":\"x\"}\n{\"a\":7}\n")
    let result = try Evaluating("event.a", over: [events], where: "event.a > 2")
    #expect(result.lines == ["5", "7"])
    #expect(result.notices == ["3: missing", "4: wrongType"])
    let dynamic = try Evaluating("event.a", over: [events], where: "event.a")
    #expect(dynamic.lines == [])
    #expect(dynamic.report.unknowns.map(\.count).reduce(0, +) == 5)
  }

  @Test("a list holds the events that a condition leaves, and bad lines only cost themselves")
  func list() throws {
    let first = file("{\"a\":1}\n{\n{\"a\":5}\n", "first")
    let second = file("[{\"a\":7},{\"a\":9}]", "second")
    let result = try Evaluating(
      "event.map(e, e.a)", over: [first, second], where: "event.a > 1"
    ) { $0.arrangement = .list }
    #expect(result.lines == ["[5,7,9]"])
    #expect(result.notices == ["2: no JSON: the text ends too early"])
    let none = try Evaluating("event", over: [file("", "empty")]) { $0.arrangement = .list }
    #expect(none.lines == ["[]"])
    #expect(none.report.emptyInputs == [0])
  }

  @Test("a list of many events may be worked through")
  func longList() throws {
    let text = (1...200_000).map { "\($0)\n" }.joined()
    let result = try Evaluating(
      "event.filter(e, e % 2 == 0).map(e, e + 1).size()", over: [file(text)]
    ) { $0.arrangement = .list }
    #expect(result.lines == ["100000"])
  }

  @Test("without events the expression is evaluated once, at the time of the clock")
  func once() throws {
    let result = try Evaluating("now", over: nil)
    #expect(
      result.lines == ["\"1970-01-01T00:00:01.500Z\""]
        || result.lines == ["\"1970-01-01T00:00:01.5Z\""])
    #expect(result.report.resultCount == 1)
  }
}

@Suite("Handing over what has arrived")
struct ArrivalTests {
  @Test("every event and every bad line is handed over before more is waited for")
  func promptness() {
    let text = "{\"a\":1}\n{\"a\":2}\n[1,x]\n{\"a\":3}\n"
    var handedOver: [Int] = []
    var seen = 0
    let source = WatchedSource(Array(text.utf8), pieces: 8) { handedOver.append(seen) }
    var reader = InputReader(
      limits: .arrived, byteLimit: 1 << 20, records: .values, clock: .fixed(0),
      stop: StopSignal(), pool: BlockPool(byteCount: 1 << 16),
      deliver: { seen += $0.records.count + $0.problems.count })
    _ = reader.split(source, at: SourcePosition(source: 0))
    _ = reader.read([])
    // Of the lines that had arrived whole before each wait, none was held back.
    #expect(handedOver == [0, 1, 2, 4, 5])
  }
}

/// Bytes that arrive in pieces, and somebody who looks whenever they are waited for.
private final class WatchedSource: ByteSource {
  private let script: ScriptedSource
  private let isWaitedFor: () -> Void

  init(_ bytes: [UInt8], pieces: Int, isWaitedFor: @escaping () -> Void) {
    script = ScriptedSource(bytes, pieces: pieces)
    self.isWaitedFor = isWaitedFor
  }

  var bytesRead: Int { script.bytesRead }

  func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Int64?) -> ReadOutcome {
    if deadline != nil { return .paused }
    isWaitedFor()
    return script.read(into: buffer, until: nil)
  }
}
