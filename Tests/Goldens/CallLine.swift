import Foundation
import Testing

/// What one printed call asks of the API: everything but its number and its reasons.
struct CallLine: Equatable, CustomTestStringConvertible, Sendable {
  var method: String
  var path: String
  /// Objects as JSON with sorted keys.
  var query: String
  var body: String
  var batch: Int

  /// Reads one line of `regra run`, or one written by hand.
  init(_ line: String) throws {
    try self.init(#require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]))
  }

  init(_ object: [String: Any]) throws {
    method = try #require(object["method"] as? String)
    path = try #require(object["path"] as? String)
    query = try Self.text(object["query"])
    body = try Self.text(object["body"])
    batch = object["batch"] as? Int ?? 0
  }

  static func == (left: CallLine, right: CallLine) -> Bool {
    (left.method, left.path, left.query, left.body)
      == (right.method, right.path, right.query, right.body)
  }

  var testDescription: String { "\(method) \(path) \(query) \(body)" }

  private static func text(_ object: Any?) throws -> String {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    let value = object as? [String: Any] ?? [:]
    let data = try JSONSerialization.data(withJSONObject: value, options: options)
    return String(decoding: data, as: UTF8.self)
  }

  /// A text that the body sets a field to.
  func field(_ key: String) throws -> String? {
    let body = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
    return (body?["fields"] as? [String: String])?[key]
  }

  /// The calls of a text of lines.
  static func all(_ text: String) throws -> [CallLine] {
    try text.split(separator: "\n").map { try CallLine(String($0)) }
  }
}
