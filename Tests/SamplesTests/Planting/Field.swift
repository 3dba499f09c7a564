import Contacts
import Diagnostics
import Foundation
import Rulesets
import Samples

/// Rules that are right, and the events they were written for: where mistakes are planted.
struct Field: Sendable, CustomStringConvertible {
  var description: String
  var sources: [SourceText]
  var events: [String]

  static let all: [Field] = [
    field("crm", ["leads", "negociacoes"], "crm-leads"),
    field("customers", ["woocommerce"], "customer-records"),
    field("privacy", ["lgpd"], "privacy-requests"),
    field("shop", ["carrinhos", "pedidos"], "shop-orders"),
    field("subscriptions", ["stripe"], "subscriptions"),
    field("support", ["freshdesk"], "support-tickets"),
  ]

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func field(_ folder: String, _ files: [String], _ scenario: String) -> Field {
    let sources = files.map { file in
      let path = "rules/\(folder)/\(file).yaml"
      return SourceText(path: path, contents: text(path))
    }
    let events = text("playground/\(scenario)/events.ndjson").split(separator: "\n").map(
      String.init)
    return Field(description: folder, sources: sources, events: events)
  }

  private static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// The rules as they were read.
  var ruleset: Ruleset? { Ruleset.check(sources, profile: .weni).ruleset }

  /// The field with a piece of one of its files replaced.
  func replacing(_ range: Range<Int>, of file: Int, with text: String) -> Field {
    var copy = self
    var bytes = sources[file].utf8
    bytes.replaceSubrange(range, with: Array(text.utf8))
    copy.sources[file] = SourceText(path: sources[file].path, utf8: bytes)
    return copy
  }

  func text(_ range: Range<Int>, of file: Int) -> String {
    String(decoding: sources[file].utf8[range], as: UTF8.self)
  }
}
