import CEL
import Execution
import Simulator

/// What the law compares of a workspace, in words.
enum WorkspaceState {
  /// A line for each contact that is there, and one each for groups and fields.
  ///
  /// Contacts that were there before have their uuid; new ones are known by what they are.
  static func lines(of workspace: Workspace, before example: LawCase) throws -> [String] {
    var coder = JSONCoder()
    let state = try StateFile.write(workspace).withUnsafeBytes { try coder.value(of: $0) }
    var groups: [String: String] = [:]
    for group in state["groups"]?.items ?? [] where group.isStaticGroup {
      groups[group["uuid"]?.text ?? ""] = group["name"]?.text
    }
    let old = Set(example.contacts.map(\.uuid))
    let contacts = (state["contacts"]?.items ?? []).filter { !$0["deleted"].isTrue }
    let fields = (state["fields"]?.items ?? []).compactMap { $0["key"]?.text }
    return contacts.map { line(of: $0, groups, old) }.sorted() + [
      "groups \(groups.values.sorted())", "fields \(fields.sorted())",
    ]
  }

  private static func line(
    of contact: Literal, _ groups: [String: String], _ old: Set<String>
  ) -> String {
    let uuid = contact["uuid"]?.text ?? ""
    let joined = (contact["groups"]?.texts ?? []).compactMap { groups[$0] }.sorted()
    let fields = (contact["fields"]?.entries ?? []).map { key, value in
      "\(key)=\(value["text"]?.text ?? "")" + (value["place"]?.text.map { " (\($0))" } ?? "")
    }
    return [
      old.contains(uuid) ? uuid : "new", contact["status"]?.text ?? "",
      contact["name"]?.text ?? "-", contact["language"]?.text ?? "-",
      "\(contact["urns"]?.texts ?? [])", "\(joined)", "\(fields.sorted())",
    ].joined(separator: " ")
  }
}

extension Literal {
  fileprivate var isStaticGroup: Bool { self["query"]?.text == nil && !self["deleted"].isTrue }
}

extension Literal? {
  fileprivate var isTrue: Bool {
    guard case .bool(true) = self else { return false }
    return true
  }
}
