import Foundation
import Testing

/// What one printed call asks of the API: everything but its number and its reasons.
struct CallLine: Equatable, CustomTestStringConvertible {
  var method: String
  var path: String
  var query: NSDictionary
  var body: NSDictionary
  var batch: Int

  /// Reads one line of `regra run`, or one written by hand.
  init(_ line: String) throws {
    try self.init(#require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]))
  }

  init(_ object: [String: Any]) throws {
    method = try #require(object["method"] as? String)
    path = try #require(object["path"] as? String)
    query = object["query"] as? NSDictionary ?? [:]
    body = object["body"] as? NSDictionary ?? [:]
    batch = object["batch"] as? Int ?? 0
  }

  static func == (left: CallLine, right: CallLine) -> Bool {
    (left.method, left.path, left.query, left.body)
      == (right.method, right.path, right.query, right.body)
  }

  var testDescription: String {
    func text(_ object: NSDictionary) -> String {
      let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
      let data = try? JSONSerialization.data(withJSONObject: object, options: options)
      return data.map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }
    return "\(method) \(path) \(text(query)) \(text(body))"
  }

  /// The calls of a text of lines.
  static func all(_ text: String) throws -> [CallLine] {
    try text.split(separator: "\n").map { try CallLine(String($0)) }
  }
}
