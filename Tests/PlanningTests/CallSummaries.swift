import Contacts
import Engine
import Planning
import Rulesets

/// The calls of a batch, one short line each: `POST contacts urn=… {…} after 1 missing skip`.
func summaries(
  _ draft: DraftBatch, _ profile: APIProfile = .rapidpro, mode: Merger.Mode = .window,
  ensure: Ensure = Ensure()
) -> [String] {
  let table = Planner.plan(draft.batch, profile: profile, ensure: ensure, mode: mode)
  return (0..<table.count).map { table.call(at: $0, of: draft.batch).summary }
}

/// The lines of a batch as they are printed, with rules `r0` to `r9`.
func lines(
  _ batch: Batch, _ profile: APIProfile = .rapidpro, mode: Merger.Mode = .window
)
  -> [String]
{
  let table = Planner.plan(batch, profile: profile, ensure: Ensure(), mode: mode)
  let encoder = CallEncoder(
    provenance: TextList((0..<10).map { "\"rule\":\"r\($0)\",\"at\":\"a.yaml:\($0 + 1)\"".utf8 }))
  var output: [UInt8] = []
  encoder.encode(table, of: batch, into: &output)
  return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
}

extension Call {
  var summary: String {
    var words = [
      method.rawValue,
      path.replacing("/api/v2/", with: "").replacing(".json", with: ""),
    ]
    if let query { words.append("\(query.name)=\(query.value.summary)") }
    if let body { words.append(body.summary) }
    if !after.isEmpty { words.append("after \(after.map(String.init).joined(separator: ","))") }
    if !missing.isEmpty {
      words.append("missing \(missing.map(\.word).joined(separator: ","))")
    }
    if waitSeconds > 0 { words.append("wait \(waitSeconds)") }
    return words.joined(separator: " ")
  }
}

extension Call.Reference {
  fileprivate var summary: String {
    switch self {
    case .text(let text): text
    case .answer(let number): "#\(number)"
    }
  }
}

extension Call.Value {
  fileprivate var summary: String {
    switch self {
    case .text(let text): text
    case .cleared: "null"
    }
  }
}

extension Call.Body {
  fileprivate var summary: String {
    switch self {
    case .contact(let body): body.summary
    case .action(let name, let contacts, let group):
      "\(name) [\(contacts.map(\.summary).joined(separator: ", "))]"
        + (group.map { " \($0)" } ?? "")
    case .field(let label, let type): "{\(label): \(type)}"
    case .group(let name): "{name: \(name)}"
    }
  }
}

extension Call.ContactBody {
  fileprivate var summary: String {
    var keys: [String] = []
    if let name { keys.append("name: \(name.summary)") }
    if let language { keys.append("language: \(language.summary)") }
    keys += fields.map { "\($0.key): \($0.value.summary)" }
    if let groups { keys.append("groups: [\(groups.joined(separator: ", "))]") }
    switch urns {
    case .none: break
    case .list(let list): keys.append("urns: [\(list.joined(separator: ", "))]")
    case .edit(let answer, let add, let first, let remove):
      let parts = [("add", add), ("first", first), ("remove", remove)].filter { !$0.1.isEmpty }
      let edit = parts.map { "\($0.0) \($0.1.joined(separator: ", "))" }
      keys.append("urns of #\(answer): \(edit.joined(separator: "; "))")
    }
    return "{\(keys.joined(separator: "; "))}"
  }
}
