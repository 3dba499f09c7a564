import CEL
import Foundation

/// How often a server was made to do what nobody may do twice, and everything else.
struct CallCounts {
  /// Interrupts, archives and group creations that were accepted, by what they are about.
  var singular: [String: Int] = [:]
  /// Contacts made, by URN.
  var made: [String: Int] = [:]
  /// Writes of any kind that were accepted, by all that they say.
  var writes: [String: Int] = [:]

  init(_ requests: [RelayedRequest]) {
    var urns = CrashWorkload.urns
    for request in requests {
      for (uuid, urn) in Self.shown(request.answer) { urns[uuid] = urn }
      guard request.method != "GET", (200..<300).contains(request.status) else { continue }
      let names = { (name: String) in urns[name] ?? name }
      for key in Self.singular(request.target, request.body, names) {
        singular[key, default: 0] += 1
      }
      var text = "\(request.method) \(request.target) \(request.body)"
      for (uuid, urn) in urns { text = text.replacingOccurrences(of: uuid, with: urn) }
      writes[text, default: 0] += 1
      guard request.status == 201, request.target.contains("/contacts.json") else { continue }
      for urn in Self.shown(request.answer).values { made[urn, default: 0] += 1 }
    }
  }

  /// What a call does that nobody may do twice.
  static func singular(
    _ target: String, _ body: String, _ name: (String) -> String = { CrashWorkload.urns[$0] ?? $0 }
  ) -> [String] {
    guard let literal = literal(body) else { return [] }
    if target.contains("/groups.json"), let group = literal["name"]?.text {
      return ["group \(group)"]
    }
    guard let action = literal["action"]?.text, ["interrupt", "archive_messages"].contains(action)
    else { return [] }
    return (literal["contacts"]?.texts ?? []).map { "\(action) \(name($0))" }
  }

  /// The same of a line of the journal.
  static func singular(line: String) -> [String] {
    guard let call = literal(line), let body = call["body"] else { return [] }
    var coder = JSONCoder()
    return singular(
      call["path"]?.text ?? "", String(decoding: coder.bytes(of: body), as: UTF8.self))
  }

  /// The contacts that an answer shows: a URN of each by its uuid.
  private static func shown(_ answer: String) -> [String: String] {
    guard let literal = literal(answer) else { return [:] }
    var shown: [String: String] = [:]
    for contact in literal["results"]?.items ?? [literal] {
      if let uuid = contact["uuid"]?.text, let urn = contact["urns"]?.texts?.min() {
        shown[uuid] = urn
      }
    }
    return shown
  }

  private static func literal(_ text: String) -> Literal? {
    var coder = JSONCoder()
    return Array(text.utf8).withUnsafeBytes { try? coder.value(of: $0) }
  }

  /// What was lost or done twice beside a run that nobody disturbed.
  ///
  /// `allowance` says how often a call was under way when its process was killed; `killCount` how many were.
  func wrongs(
    beside whole: CallCounts, allowance: [String: Int], killCount: Int
  ) -> [String] {
    var wrongs: [String] = []
    for key in Set(whole.singular.keys).union(singular.keys).sorted() {
      let (least, count) = (whole.singular[key] ?? 0, singular[key] ?? 0)
      if count < least { wrongs.append("lost: \(key)") }
      if count > least + (allowance[key] ?? 0) { wrongs.append("\(count) times: \(key)") }
    }
    if made != whole.made { wrongs.append("made: \(made) instead of \(whole.made)") }
    for (write, count) in writes where count > max(1, whole.writes[write] ?? 0) + killCount {
      wrongs.append("\(count) times: \(write)")
    }
    return wrongs
  }
}
