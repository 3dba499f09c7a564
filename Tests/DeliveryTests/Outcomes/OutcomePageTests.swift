import Execution
import Foundation
import Pulling
import Testing

/// The page that tells people of the outcomes.
@Suite("Outcome page")
struct OutcomePageTests {
  private static let page = URL(filePath: #filePath).appending(path: "../../../../docs/delivery.md")
    .standardized
  private static let head = "| answer | sent again | then |\n| --- | --- | --- |\n"

  @Test("docs/delivery.md has the rows of the table, in the words that belong to them")
  func rows() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.range(of: Self.head)?.upperBound)
    let end = text[start...].range(of: "\n\n")?.lowerBound ?? text.endIndex
    let expected = OutcomeTable.rows.map(\.line).joined(separator: "\n")
    if ProcessInfo.processInfo.environment["GOLDENS"] == "record" {
      try text.replacingCharacters(in: start..<end, with: expected)
        .write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(text[start..<end] == expected, "record with GOLDENS=record swift test")
    }
  }
}

extension OutcomeTable.Row {
  fileprivate var line: String {
    let advice = advice.map { "; \($0.sentence)" } ?? ""
    return "| \(appearance) | \(repetition.sentence) | \(consequence.sentence)\(advice) |"
  }
}

extension OutcomeTable.Repetition {
  fileprivate var sentence: String {
    let policy = RetryPolicy()
    func atMost(_ count: Int) -> String { "\(count - 1) times at most" }
    let times = atMost(policy.attemptLimit)
    return switch self {
    case .never: "no"
    case .whenAsked: "as late as the server asks, by `apply` \(atMost(policy.throttleLimit))"
    case .backingOff: times
    case .behindLookUp: "\(times), behind a look-up of its URNs"
    }
  }
}

extension OutcomeTable.Consequence {
  fileprivate var sentence: String {
    switch self {
    case .done: "done"
    case .partSetAside: "that is set aside, and the rest is sent again"
    case .leftOut:
      "the contact is made, skipped or set aside as the rule says; the rest is sent again"
    case .otherSpelling: "the other spelling of the ninth digit is asked for, then as the next line"
    case .joined: "the one who has it gets what is new"
    case .halved: "the call is halved until the bad parts are found, which are set aside"
    case .callSetAside: "the call is set aside"
    case .interrupted: "the run ends with 6; a live stream tries again every minute"
    case .ended: "the run ends with 6"
    }
  }
}
