import Foundation
import Testing

/// The example lines of the page that describes the format.
private let examples: [String] = {
  let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/calls.md")
  guard let text = try? String(contentsOf: page, encoding: .utf8) else { return [] }
  var isExample = false
  var lines: [String] = []
  for line in text.components(separatedBy: "\n") {
    if line.utf8.starts(with: "```".utf8) {
      isExample = line == "```json"
    } else if isExample {
      lines.append(line)
    }
  }
  return lines
}()

@Suite("The page about calls")
struct CallPageTests {
  private static let keys = [
    "batch", "call", "method", "path", "query", "body", "after", "missing", "wait_s", "because",
  ]

  @Test("it has examples")
  func presence() { #expect(examples.count >= 4) }

  @Test("each example is a call line", arguments: examples)
  func examplesDecode(_ line: String) throws {
    let record = try JSONDecoder().decode(CallLineRecord.self, from: Data(line.utf8))
    #expect(!record.because.isEmpty)
    #expect((record.body != nil) == (record.method == "POST"))
    #expect(record.after?.allSatisfy { $0 < record.call } != false)
  }

  @Test("its keys are the ones of the table, in that order", arguments: examples)
  func keyOrder(_ line: String) throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(Set(object.keys).isSubset(of: Self.keys))
    let places = Self.keys.compactMap { line.range(of: "\"\($0)\":")?.lowerBound }
    #expect(places == places.sorted())
  }
}
