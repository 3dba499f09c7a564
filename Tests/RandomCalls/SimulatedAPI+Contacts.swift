import CEL
package import Simulator

extension SimulatedAPI {
  /// Contacts as the server has them, without what tells when and which.
  package var contactLines: [String] {
    get throws {
      var coder = JSONCoder()
      let state = try StateFile.write(workspace).withUnsafeBytes { try coder.value(of: $0) }
      var groups: [String: String] = [:]
      for group in state["groups"]?.items ?? [] {
        groups[group["uuid"]?.text ?? ""] = group["name"]?.text
      }
      return (state["contacts"]?.items ?? []).compactMap { contact in
        if case .bool(true)? = contact["deleted"] { return nil }
        let joined = (contact["groups"]?.texts ?? []).compactMap { groups[$0] }.sorted()
        let fields = (contact["fields"]?.entries ?? []).map { "\($0)=\($1["text"]?.text ?? "")" }
        return [
          contact["name"]?.text ?? "-", contact["status"]?.text ?? "",
          "\(contact["urns"]?.texts ?? [])", "\(joined)", "\(fields.sorted())",
        ].joined(separator: " ")
      }.sorted()
    }
  }
}
