private import Contacts

/// Writes a workspace as a state file.
struct StateWriter {
  private let workspace: Workspace
  private var writer = JSONWriter()

  init(_ workspace: Workspace) { self.workspace = workspace }

  static func write(_ workspace: Workspace, clock: ServerClock?) -> [UInt8] {
    var writer = StateWriter(workspace)
    writer.writeAll(clock)
    return writer.writer.bytes
  }

  private mutating func writeAll(_ clock: ServerClock?) {
    writer.beginObject()
    writer.member("dialect", workspace.dialect.rawValue)
    writer.member("random", Int(truncatingIfNeeded: workspace.generator.state))
    if let clock { write(clock) }
    writeSettings()
    list("users", workspace.users.indices) { $0.writeUser($1) }
    list("fields", workspace.fields.rows.indices) { $0.writeField($1) }
    list("groups", workspace.groups.rows.indices) { $0.writeGroup($1) }
    list("dependents", workspace.dependents.indices) { $0.writeDependent($1) }
    list("contacts", workspace.contacts.rows.indices) { $0.writeContact($1) }
    list("orphans", workspace.addresses.orphanRows) {
      $0.writer.string($0.workspace.addresses.text(of: $1))
    }
    let logs = workspace.logs.keys.sorted {
      ($0.scope.rawValue, $0.user ?? -1) < ($1.scope.rawValue, $1.user ?? -1)
    }
    list("logs", logs) { $0.writeLog($1) }
    writer.endObject()
  }

  private mutating func write(_ clock: ServerClock) {
    writer.key("clock")
    writer.beginObject()
    switch clock {
    case .virtual(let now, let step):
      time("now", now)
      number("step", step)
    case .system(let offset): number("offset", offset)
    }
    writer.endObject()
  }

  private mutating func writeSettings() {
    let settings = workspace.settings
    writer.key("workspace")
    writer.beginObject()
    writer.member("uuid", settings.uuid.text)
    writer.member("name", settings.name)
    writer.member("country", settings.country)
    list("languages", settings.languages) { $0.writer.string($1) }
    writer.member("timezone", settings.zoneName)
    writer.member("date_style", settings.dateStyle.rawValue)
    writer.member("anonymous", settings.isAnonymous)
    writer.member("suspended", settings.isSuspended)
    writer.member("flagged", settings.isFlagged)
    writer.key("limits")
    writer.beginObject()
    writer.member("fields", settings.fieldLimit)
    writer.member("groups", settings.groupLimit)
    writer.endObject()
    writer.key("rates")
    writer.beginObject()
    for scope in ThrottleScope.allCases {
      writer.key(Array(scope.rawValue.utf8))
      writer.string(settings.rates[scope].map { Array($0.text.utf8) })
    }
    writer.endObject()
    writer.member("ninth_digit", settings.verifiesNinthDigit)
    writer.member("block_flaw", settings.keepsGroupsOnBlock)
    writer.member("touch_unchanged", settings.touchesUnchanged)
    number("asset_delay", .microseconds(settings.assetDelay))
    list("places", settings.places) { $0.writer.string($1) }
    writer.endObject()
  }

  private mutating func writeUser(_ row: Int) {
    let user = workspace.users[row]
    writer.beginObject()
    writer.member("email", user.email)
    writer.member("name", user.name)
    writer.member("role", user.role.rawValue)
    writer.member("active", user.isActive)
    let tokens = workspace.tokens.filter { $0.value.user == row }.sorted { $0.key < $1.key }
    list("tokens", tokens.filter { !$0.value.isReleased }) { $0.writer.string($1.key) }
    list("released_tokens", tokens.filter(\.value.isReleased)) { $0.writer.string($1.key) }
    writer.endObject()
  }

  private mutating func writeField(_ row: Int) {
    let field = workspace.fields[row]
    writer.beginObject()
    writer.member("key", field.key)
    writer.member("label", field.label)
    writer.member("type", field.type.rawValue)
    writer.member("featured", field.isFeatured)
    writer.member("priority", field.priority)
    writer.member("agent_access", field.agentAccess.rawValue)
    time("created_on", field.createdOn)
    writer.endObject()
  }

  private mutating func writeGroup(_ row: Int) {
    let group = workspace.groups[row]
    writer.beginObject()
    writer.member("uuid", group.uuid.text)
    writer.member("name", group.name)
    writer.member("query", group.query)
    writer.member("status", group.status.rawValue)
    writer.member("system", group.isSystem)
    writer.member("deleted", group.isDeleted)
    time("created_on", group.createdOn)
    writer.endObject()
  }

  private mutating func writeDependent(_ row: Int) {
    let dependent = workspace.dependents[row]
    writer.beginObject()
    writer.member("kind", dependent.kind.rawValue)
    writer.member("id", dependent.id)
    writer.member("name", dependent.name)
    writer.member("archived", dependent.isArchived)
    list("groups", dependent.groups) { $0.writer.string($0.workspace.groups[$1].uuid.text) }
    list("fields", dependent.fields) { $0.writer.string($0.workspace.fields[$1].key) }
    writer.endObject()
  }

  private mutating func writeContact(_ row: Int) {
    let contact = workspace.contacts[row]
    writer.beginObject()
    writer.member("uuid", contact.uuid.text)
    writer.member("name", contact.name.isEmpty ? nil : contact.name)
    writer.member("language", contact.language.text)
    writer.member("status", contact.status.rawValue)
    writer.member("deleted", contact.isDeleted)
    time("created_on", contact.createdOn)
    time("modified_on", contact.modifiedOn)
    if let seen = contact.lastSeenOn { time("last_seen_on", seen) }
    list("urns", contact.addresses) { $0.writer.string($0.workspace.addresses.text(of: $1)) }
    list("groups", contact.groups) { $0.writer.string($0.workspace.groups[Int($1)].uuid.text) }
    writer.key("fields")
    writer.beginObject()
    for value in contact.values { write(value) }
    writer.endObject()
    list("notes", contact.notes.indices) { $0.write(contact.notes[$1]) }
    if let flow = contact.flow { writer.member("flow", workspace.dependents[Int(flow)].id) }
    writer.endObject()
  }

  private mutating func write(_ value: FieldValue) {
    writer.key(workspace.fields[Int(value.field)].key)
    writer.beginObject()
    writer.member("text", value.text)
    writer.member("moment", value.moment?.text)
    writer.member("place", value.place.isEmpty ? nil : value.place)
    writer.endObject()
  }

  private mutating func write(_ note: Note) {
    writer.beginObject()
    writer.member("text", note.text)
    time("created_on", note.createdOn)
    writer.member("created_by", workspace.users[Int(note.user)].email)
    writer.endObject()
  }

  private mutating func writeLog(_ key: Workspace.LogKey) {
    writer.beginObject()
    writer.member("scope", key.scope.rawValue)
    if let user = key.user { writer.member("user", workspace.users[user].email) }
    list("times", workspace.logs[key]?.recorded ?? []) { $0.writer.string($1.apiText) }
    writer.endObject()
  }
}

extension StateWriter {
  private mutating func time(_ key: StaticString, _ time: Timestamp) {
    writer.member(key, time.apiText)
  }

  /// Seconds.
  private mutating func number(_ key: StaticString, _ duration: Duration) {
    writer.key(key)
    writer.raw(Array(PythonText.float(Double(duration.microseconds) / 1_000_000).utf8))
  }

  private mutating func list<Items: Sequence>(
    _ key: StaticString, _ items: Items, _ write: (inout StateWriter, Items.Element) -> Void
  ) {
    writer.key(key)
    writer.beginList()
    for item in items { write(&self, item) }
    writer.endList()
  }
}
