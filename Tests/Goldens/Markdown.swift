import Foundation
import Testing

/// The fenced blocks of a Markdown file, in order.
struct Markdown {
  /// One block between fences.
  struct Fence: CustomTestStringConvertible, Sendable {
    var file: String
    /// Where the opening fence stands, from 1.
    var line: Int
    /// What follows the opening back quotes: `yaml rules`.
    var kind: String
    var text: String

    var testDescription: String { "\(file):\(line)" }
  }

  var file: String
  var text: String
  private(set) var fences: [Fence] = []

  /// Reads a file given relative to the package.
  init(_ file: String) throws {
    self.file = file
    text = try String(contentsOf: packageRoot.appending(path: file), encoding: .utf8)
    var open: Fence?
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        if let fence = open {
          fences.append(fence)
          open = nil
        } else {
          open = Fence(file: file, line: index + 1, kind: String(line.dropFirst(3)), text: "")
        }
      } else {
        open?.text += line + "\n"
      }
    }
    precondition(open == nil, "\(file) has a fence that is not closed")
  }

  /// The cells of the table rows under a header, without their back quotes.
  func rows(under header: String) -> [[String]] {
    let lines = text.components(separatedBy: "\n")
    guard let start = lines.firstIndex(of: header) else { return [] }
    return lines.dropFirst(start + 2).prefix { $0.hasPrefix("|") }.map { line in
      line.dropFirst().dropLast().components(separatedBy: " | ").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: "` |"))
      }
    }
  }
}

/// Where the package's manifest stands.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
