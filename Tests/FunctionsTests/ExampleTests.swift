import CEL
import Foundation
import Functions
import Testing

@Suite("Examples of docs/functions.md")
struct ExampleTests {
  @Test("have the values that the page shows", arguments: Example.all)
  func values(example: Example) throws {
    let value = try evaluated(example.expression)
    if example.value == "unknown" {
      #expect(value == "unknown")
    } else {
      #expect(value != "unknown")
      #expect(try value == evaluated(example.value))
    }
  }

  @Test("show every function, and every function has a value somewhere")
  func completeness() {
    #expect(Example.all.count >= 50)
    for function in RegraFunctions.all {
      let shown = Example.all.filter { $0.expression.contains("\(function.name)(") }
      #expect(shown.contains { $0.value != "unknown" }, "\(function.name)")
    }
  }

  @Test("functions of one name and form differ in their parameters, and ids are unique")
  func overloads() {
    let all = RegraFunctions.all.flatMap(\.overloads)
    #expect(Set(all.map(\.id)).count == all.count)
    #expect(Set(RegraFunctions.all.map(\.name)).count == RegraFunctions.all.count)
  }
}

/// A line of a `cel` block: an expression and, behind `//`, its value.
struct Example: Sendable, CustomTestStringConvertible {
  var expression: String
  var value: String

  var testDescription: String { expression }

  static let all: [Example] = {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/functions.md").standardized
    guard let text = try? String(contentsOf: page, encoding: .utf8) else { return [] }
    var examples: [Example] = []
    var isInside = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("```") {
        isInside = line == "```cel"
      } else if isInside {
        examples.append(Example(line: String(line)))
      }
    }
    return examples
  }()

  /// A line without a value shows none, which no expression equals.
  private init(line: String) {
    guard let mark = line.range(of: "  // ", options: .backwards) else {
      (expression, value) = (line, "the line lacks its value")
      return
    }
    expression = line[..<mark.lowerBound].trimmingCharacters(in: .whitespaces)
    value = line[mark.upperBound...].trimmingCharacters(in: .whitespaces)
  }
}
