import Contacts
import Foundation
import RecordedAPI
import Simulator

/// A simulated server that a test talks to in the words of the API.
struct TestServer {
  var workspace: Workspace
  var now = Timestamp(microseconds: 1_795_435_200_000_000)

  init(_ dialect: Dialect = .weni, state: String = "{}") throws {
    workspace = try StateFile.read(
      Array(state.utf8), dialect: dialect, at: Timestamp(microseconds: 1_795_435_200_000_000))
  }

  struct Reply: CustomStringConvertible {
    var status: Int
    var body: RecordedValue
    var answer: APIAnswer
    var description: String { "\(status) \(body.text)" }

    subscript(key: String) -> RecordedValue? { body[key] }
    var uuid: String { body["uuid"]?.string ?? "" }
    /// The first message of a 400 or what `detail` says.
    var complaint: String { body["detail"]?.string ?? Reply.message(in: body) ?? "" }
    var results: [RecordedValue] { body["results"]?.items ?? [] }

    private static func message(in value: RecordedValue) -> String? {
      switch value {
      case .string(let text): text
      case .list(let items): items.lazy.compactMap { message(in: $0) }.first
      case .object(let entries): entries.values.lazy.compactMap { message(in: $0) }.first
      case .null, .bool, .number: nil
      }
    }
  }

  mutating func post(_ target: String, _ body: String = "{}") -> Reply {
    send("POST", target, body)
  }
  mutating func get(_ target: String) -> Reply { send("GET", target) }
  mutating func delete(_ target: String) -> Reply { send("DELETE", target) }

  mutating func send(
    _ method: String, _ target: String, _ body: String = "", headers: [APIHeader] = []
  ) -> Reply {
    now = now.advanced(by: .milliseconds(1))
    var all = headers
    if all.value(of: "Authorization") == nil {
      all.append(APIHeader("Authorization", "Token \(Workspace.firstToken)"))
    }
    if all.value(of: "Content-Type") == nil {
      all.append(APIHeader("Content-Type", "application/json"))
    }
    let answer = workspace.answer(
      APIRequest(method: method, target: "/api/v2/" + target, headers: all, body: Array(body.utf8)),
      at: now)
    let value = (try? RecordedValue.parsed(answer.body)) ?? .null
    return Reply(status: answer.status, body: value, answer: answer)
  }

  /// Makes a contact and gives its uuid.
  mutating func contact(_ body: String) -> String { post("contacts.json", body).uuid }

  /// What the server shows of a contact.
  mutating func shown(_ uuid: String) -> RecordedValue {
    get("contacts.json?uuid=\(uuid)").results.first ?? .null
  }

  mutating func wait(_ duration: Duration) { now = now.advanced(by: duration) }
}

extension RecordedValue {
  var strings: [String] { items?.compactMap(\.string) ?? [] }
  /// The names of a contact's groups.
  var groupNames: [String] { self["groups"]?.items?.compactMap { $0["name"]?.string } ?? [] }
}
