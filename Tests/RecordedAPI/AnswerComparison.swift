import Contacts
import Foundation

/// Says where an answer differs from a recorded one.
struct AnswerComparison {
  var correspondence: Correspondence
  /// How many contacts only a stand-in made, which no answer of ours can show.
  var strangerLimit = 0
  private let exchange: Exchange

  init(_ exchange: Exchange, _ correspondence: Correspondence) {
    self.exchange = exchange
    self.correspondence = correspondence
  }

  /// - Returns: the first difference; nothing where the answer is the same.
  mutating func difference(_ answer: APIAnswer) -> String? {
    if answer.status != exchange.status {
      return "status \(answer.status), not \(exchange.status): "
        + String(decoding: answer.body.prefix(300), as: UTF8.self)
    }
    let type = exchange.answerHeaders["Content-Type"]
    if answer.header("Content-Type") != type {
      return "type \(answer.header("Content-Type") ?? "none"), not \(type ?? "none")"
    }
    if let wait = exchange.answerHeaders["Retry-After"],
      !Self.isNear(wait, answer.header("Retry-After") ?? "")
    {
      return "Retry-After \(answer.header("Retry-After") ?? "none"), not \(wait)"
    }
    if type?.hasPrefix("text/html") == true { return pageDifference(answer) }
    // Over the wire such answers have no body.
    if answer.body.isEmpty, exchange.status == 204 || exchange.method == "HEAD" { return nil }
    if let cut = cutText { return cutDifference(cut, answer) }
    guard let actual = try? RecordedValue.parsed(answer.body) else { return "no JSON" }
    return difference(exchange.answer, actual, at: "")
  }

  private static func isNear(_ wanted: String, _ given: String) -> Bool {
    guard let wanted = Int(wanted), let given = Int(given) else { return false }
    return abs(wanted - given) <= 1
  }

  private static func digits(of text: String) -> String { text.filter(\.isNumber) }

  /// Pages for people differ but for two short ones.
  private func pageDifference(_ answer: APIAnswer) -> String? {
    guard let wanted = exchange.answer.string else { return nil }
    let isShort = wanted.hasPrefix("Server Error") || exchange.status == 404
    let given = String(decoding: answer.body, as: UTF8.self)
    return !isShort || wanted == given ? nil : "another page: \(given)"
  }

  /// The beginning of a body that was too long to be kept whole.
  private var cutText: String? {
    guard let text = exchange.answer.string,
      let match = text.firstMatch(of: /\.\.\.\[\d+ bytes\]$/)
    else { return nil }
    return String(text[..<match.range.lowerBound])
  }

  private func cutDifference(_ wanted: String, _ answer: APIAnswer) -> String? {
    let varying =
      /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z|https?:\/\/[^\/"]+|cursor=[^&"]+/
    let wanted = wanted.replacing(varying, with: "")
    let given = String(decoding: answer.body, as: UTF8.self).replacing(varying, with: "")
    let count = max(0, wanted.count - 40)
    return wanted.prefix(count) == given.prefix(count)
      ? nil : "another beginning: \(given.prefix(300))"
  }

  private mutating func difference(
    _ wanted: RecordedValue, _ given: RecordedValue, at path: String
  ) -> String? {
    switch (wanted, given) {
    case (.object(let wanted), .object(let given)):
      if Set(wanted.keys) != Set(given.keys) {
        return "\(path): keys \(given.keys.sorted()), not \(wanted.keys.sorted())"
      }
      // What names an object is looked at first.
      let keys = wanted.keys.sorted { ($0 == "uuid" ? "" : $0) < ($1 == "uuid" ? "" : $1) }
      for key in keys {
        guard let wanted = wanted[key], let given = given[key] else { continue }
        if let found = difference(ofMember: key, wanted, given, at: path) { return found }
      }
      return nil
    case (.list(var wanted), .list(let given)):
      if wanted.count > given.count, path == ".results" { leaveOutStrangers(of: &wanted) }
      if wanted.count != given.count {
        return "\(path): \(given.count) items, not \(wanted.count)"
      }
      for (index, pair) in zip(wanted, given).enumerated() {
        if let found = difference(pair.0, pair.1, at: "\(path)[\(index)]") { return found }
      }
      return nil
    case (.string(let text), .string(let other)):
      return isSame(text, other) ? nil : "\(path): \(given.text), not \(wanted.text)"
    default: return wanted == given ? nil : "\(path): \(given.text), not \(wanted.text)"
    }
  }

  private mutating func difference(
    ofMember key: String, _ wanted: RecordedValue, _ given: RecordedValue, at path: String
  ) -> String? {
    let place = "\(path).\(key)"
    switch (key, wanted, given) {
    case ("created_on", .string(let time), .string(let own)),
      ("modified_on", .string(let time), .string(let own)),
      ("last_seen_on", .string(let time), .string(let own)):
      return correspondence.bindTime(time, to: own)
        ? nil : "\(place): \(own), which was not \(time) before"
    case ("ref", .string, .string), ("anon_display", .string, .string): return nil
    case ("next", .string(let link), .string(let own)),
      ("previous", .string(let link), .string(let own)):
      return isSameLink(link, own) ? nil : "\(place): \(own), not \(link)"
    case (_, .string, .string(let own)) where path == ".fields" && takesClock(key):
      return own.contains("T") ? nil : "\(place): \(own), not a date with a time"
    case ("groups", .list(let items), .list(let own)) where exchange.method == "POST":
      return difference(
        .list(sorted(items, like: own)), given, at: place)
    default: return difference(wanted, given, at: place)
    }
  }

  private mutating func leaveOutStrangers(of items: inout [RecordedValue]) {
    items.removeAll { item in
      guard strangerLimit > 0, let uuid = item["uuid"]?.string, !correspondence.isBound(uuid) else {
        return false
      }
      strangerLimit -= 1
      return true
    }
  }

  /// Whether a field was set to a date alone, to which the server adds its clock's time of day.
  private func takesClock(_ field: String) -> Bool {
    guard let body = exchange.body, let sent = try? RecordedValue.parsed(body.utf8),
      let text = sent["fields"]?[field]?.string
    else { return false }
    return text.utf8.count == 10 && text.split(separator: "-").count == 3
  }

  /// The recorded groups in the order of ours, which is not defined.
  private func sorted(_ items: [RecordedValue], like own: [RecordedValue]) -> [RecordedValue] {
    var rest = items
    var sorted: [RecordedValue] = []
    for group in own {
      let place = rest.firstIndex { item in
        guard let recorded = item["uuid"]?.string, let uuid = group["uuid"]?.string else {
          return false
        }
        return correspondence.isKnown(recorded, as: uuid)
      }
      if let place { sorted.append(rest.remove(at: place)) }
    }
    return sorted + rest
  }

  /// Links lead to the server's own host, and their cursors are opaque.
  private mutating func isSameLink(_ link: String, _ own: String) -> Bool {
    guard let wanted = URLComponents(string: link), let given = URLComponents(string: own) else {
      return false
    }
    var cursors: [String?] = []
    let parts = [wanted, given].map { components -> [String] in
      let items = components.percentEncodedQueryItems ?? []
      cursors.append(items.first { $0.name == "cursor" }?.value)
      return [components.path]
        + items.map { $0.name == "cursor" ? "" : "\($0.name)=\($0.value ?? "")" }
    }
    if let recorded = cursors[0], let own = cursors[1] {
      correspondence.bindCursor(recorded, to: own)
    }
    return parts[0].map { correspondence.translated($0) } == parts[1]
      && (cursors[0] == nil) == (cursors[1] == nil)
  }

  private mutating func isSame(_ wanted: String, _ given: String) -> Bool {
    if wanted.hasPrefix("http://"), given.hasPrefix("http://") {
      return wanted.split(separator: "/").dropFirst(2) == given.split(separator: "/").dropFirst(2)
    }
    if wanted.hasPrefix("Request was throttled."), given.hasPrefix("Request was throttled.") {
      return wanted == given || Self.isNear(Self.digits(of: wanted), Self.digits(of: given))
    }
    return correspondence.matches(wanted, given)
  }
}
