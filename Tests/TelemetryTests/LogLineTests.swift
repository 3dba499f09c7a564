import Foundation
import Logging
import Synchronization
import Telemetry
import Testing

/// What a log wrote.
private final class Paper: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  func logger(_ format: LogFormat, level: Logger.Level = .trace) -> Logger {
    Logger(label: "test") { _ in
      LineLogHandler(
        format, level: level, trace: TraceID(high: 1, low: 0xFF),
        time: { "2026-03-02T12:00:00.000000Z" },
        write: { line in self.bytes.withLock { $0 += line } })
    }
  }
}

/// Texts that would end a line, leave their value or turn the writing round.
private let hostile = [
  "a\nlevel=critical msg=forged", "a\r\n{\"level\":\"critical\"}", "a\" level=critical b=\"",
  "\\\" x",
  "\u{0}\u{7}\u{1B}[2J\u{7F}\u{9B}31m", "\u{2028}\u{2029}\u{85}", "\u{202E}gnirts\u{2066}",
  String(decoding: [0xFF, 0x0A, 0xC3] as [UInt8], as: UTF8.self), "", " ", "=", "ação",
]

@Suite("Log lines")
struct LogLineTests {
  private static let frame =
    "time=2026-03-02T12:00:00.000000Z level=notice msg=hello trace_id=000000000000000100000000000000ff"

  @Test("a line of text says when, how grave, what, and its facts in the order of their names")
  func text() {
    let paper = Paper()
    paper.logger(.text).notice("hello", metadata: ["count": .stringConvertible(2), "a": "b c"])
    #expect(paper.text == "\(Self.frame) a=\"b c\" count=2\n")
  }

  @Test("a line of JSON has the same, and numbers stay numbers")
  func json() throws {
    let paper = Paper()
    paper.logger(.json).error(
      "a \"b\"", metadata: ["n": .stringConvertible(2), "yes": .stringConvertible(true), "s": "2"])
    #expect(
      paper.text
        == #"{"time":"2026-03-02T12:00:00.000000Z","level":"error","message":"a \"b\"","#
        + #""trace_id":"000000000000000100000000000000ff","n":2,"s":"2","yes":true}"# + "\n")
  }

  @Test("facts within facts become flat")
  func flat() {
    let paper = Paper()
    paper.logger(.text).notice("hello", metadata: ["a": ["b": "c", "d": ["e", "f"]]])
    #expect(paper.text == "\(Self.frame) a.b=c a.d.0=e a.d.1=f\n")
  }

  @Test("whatever a text holds, it is one line and one value", arguments: hostile)
  func hostileJSON(_ text: String) throws {
    let paper = Paper()
    paper.logger(.json).notice("\(text)", metadata: ["k": .string(text), "time": "no"])
    #expect(paper.text.unicodeScalars.count { $0.properties.generalCategory == .control } == 1)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(paper.text.utf8)) as? [String: String])
    #expect(object["k"] == text)
    #expect(object["message"] == text)
    #expect(object["level"] == "notice")
    #expect(object["time_"] == "no")
  }

  @Test("in a line of text too", arguments: hostile)
  func hostileText(_ text: String) throws {
    let paper = Paper()
    paper.logger(.text).notice("hello", metadata: ["k": .string(text), text: "v"])
    let line = paper.text
    #expect(line.unicodeScalars.count { $0.properties.generalCategory == .control } == 1)
    // Outside of quotes there is no second level.
    let outside = line.replacing(/"(\\.|[^"\\])*"/, with: "")
    #expect(outside.ranges(of: "level=").count == 1 || text.contains("level=") == false)
    #expect(outside.ranges(of: " level=").count == 1)
  }

  @Test("what is below the level is not written")
  func level() {
    let paper = Paper()
    paper.logger(.text, level: .notice).info("hello")
    #expect(paper.text == "")
  }
}

@Suite("Ids of traces and spans")
struct TraceIdentifierTests {
  @Test("they have the forms of OpenTelemetry")
  func forms() {
    var generator = SystemRandomNumberGenerator()
    let trace = TraceID.random(using: &generator)
    #expect(trace.text.wholeMatch(of: /[0-9a-f]{32}/) != nil)
    #expect(trace.span(batch: 1, call: 2).text.wholeMatch(of: /[0-9a-f]{16}/) != nil)
  }

  @Test("each window and each call has a span of its own, the same whenever it is asked for")
  func spans() {
    let trace = TraceID(high: 3, low: 4)
    var spans: Set<SpanID> = []
    for batch in 1...40 {
      for call in 0...40 { spans.insert(trace.span(batch: batch, call: call)) }
    }
    #expect(spans.count == 40 * 41)
    #expect(trace.span(batch: 7, call: 1) == TraceID(high: 3, low: 4).span(batch: 7, call: 1))
    #expect(trace.span(batch: 7) != TraceID(high: 3, low: 5).span(batch: 7))
  }
}
