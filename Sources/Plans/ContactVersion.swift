internal import CEL

/// What a contact is, as far as a plan could change it: two readings of the same contact have the same
/// checksum unless somebody changed it in between.
package enum ContactVersion {
  private static let keys = ["name", "language", "urns", "blocked", "stopped", "status"]

  /// The checksum of a contact as the API shows it, as JSON; groups that a query decides come and go by
  /// themselves.
  package static func checksum(of text: String, without smartGroups: Set<String>) -> String {
    var coder = JSONCoder()
    let contact = Array(text.utf8).withUnsafeBytes { try? coder.value(of: $0) } ?? .null
    var entries = keys.map { ($0, contact[$0] ?? .null) }
    let groups = (contact["groups"]?.items ?? []).compactMap { $0["uuid"]?.text }
    entries.append(("groups", .texts(groups.filter { !smartGroups.contains($0) }.sorted())))
    let fields = (contact["fields"]?.entries ?? []).filter { !$0.value.isNull }
    entries.append(("fields", .object(fields.sorted { $0.key < $1.key })))
    return PlanFile.checksum(coder.bytes(of: .object(entries))[...])
  }
}
