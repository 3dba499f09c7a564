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
    text("dialect", workspace.dialect.rawValue)
    writer.key("random")
    writer.integer(Int(truncatingIfNeeded: workspace.generator.state))
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
    text("uuid", settings.uuid.text)
    text("name", settings.name)
    text("country", settings.country)
    list("languages", settings.languages) { $0.writer.string($1) }
    text("timezone", settings.zoneName)
    text("date_style", settings.dateStyle.rawValue)
    flag("anonymous", settings.isAnonymous)
    flag("suspended", settings.isSuspended)
    flag("flagged", settings.isFlagged)
    writer.key("limits")
    writer.beginObject()
    writer.key("fields")
    writer.integer(settings.fieldLimit)
    writer.key("groups")
    writer.integer(settings.groupLimit)
    writer.endObject()
    writer.key("rates")
    writer.beginObject()
    for scope in ThrottleScope.allCases {
      writer.key(Array(scope.rawValue.utf8))
      writer.string(settings.rates[scope].map { Array($0.text.utf8) })
    }
    writer.endObject()
    flag("ninth_digit", settings.verifiesNinthDigit)
    flag("block_flaw", settings.keepsGroupsOnBlock)
    flag("touch_unchanged", settings.touchesUnchanged)
    number("asset_delay", .microseconds(settings.assetDelay))
    list("places", settings.places) { $0.writer.string($1) }
    writer.endObject()
  }

  private mutating func writeUser(_ row: Int) {
    let user = workspace.users[row]
    writer.beginObject()
    text("email", user.email)
    text("name", user.name)
    text("role", user.role.rawValue)
    flag("active", user.isActive)
    let tokens = workspace.tokens.filter { $0.value.user == row }.sorted { $0.key < $1.key }
    list("tokens", tokens.filter { !$0.value.isReleased }) { $0.writer.string($1.key) }
    list("released_tokens", tokens.filter(\.value.isReleased)) { $0.writer.string($1.key) }
    writer.endObject()
  }

  private mutating func writeField(_ row: Int) {
    let field = workspace.fields[row]
    writer.beginObject()
    text("key", field.key)
    text("label", field.label)
    text("type", field.type.rawValue)
    flag("featured", field.isFeatured)
    writer.key("priority")
    writer.integer(field.priority)
    text("agent_access", field.agentAccess.rawValue)
    time("created_on", field.createdOn)
    writer.endObject()
  }

  private mutating func writeGroup(_ row: Int) {
    let group = workspace.groups[row]
    writer.beginObject()
    text("uuid", group.uuid.text)
    text("name", group.name)
    text("query", group.query)
    text("status", group.status.rawValue)
    flag("system", group.isSystem)
    flag("deleted", group.isDeleted)
    time("created_on", group.createdOn)
    writer.endObject()
  }

  private mutating func writeDependent(_ row: Int) {
    let dependent = workspace.dependents[row]
    writer.beginObject()
    text("kind", dependent.kind.rawValue)
    text("id", dependent.id)
    text("name", dependent.name)
    flag("archived", dependent.isArchived)
    list("groups", dependent.groups) { $0.writer.string($0.workspace.groups[$1].uuid.text) }
    list("fields", dependent.fields) { $0.writer.string($0.workspace.fields[$1].key) }
    writer.endObject()
  }

  private mutating func writeContact(_ row: Int) {
    let contact = workspace.contacts[row]
    writer.beginObject()
    text("uuid", contact.uuid.text)
    text("name", contact.name.isEmpty ? nil : contact.name)
    text("language", contact.language.text)
    text("status", contact.status.rawValue)
    flag("deleted", contact.isDeleted)
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
    if let flow = contact.flow { text("flow", workspace.dependents[Int(flow)].id) }
    writer.endObject()
  }

  private mutating func write(_ value: FieldValue) {
    writer.key(workspace.fields[Int(value.field)].key)
    writer.beginObject()
    text("text", value.text)
    text("moment", value.moment?.text)
    text("place", value.place.isEmpty ? nil : value.place)
    writer.endObject()
  }

  private mutating func write(_ note: Note) {
    writer.beginObject()
    text("text", note.text)
    time("created_on", note.createdOn)
    text("created_by", workspace.users[Int(note.user)].email)
    writer.endObject()
  }

  private mutating func writeLog(_ key: Workspace.LogKey) {
    writer.beginObject()
    text("scope", key.scope.rawValue)
    if let user = key.user { text("user", workspace.users[user].email) }
    list("times", workspace.logs[key]?.recorded ?? []) { $0.writer.string($1.apiText) }
    writer.endObject()
  }
}

extension StateWriter {
  private mutating func text(_ key: StaticString, _ text: [UInt8]?) {
    writer.key(key)
    writer.string(text)
  }

  private mutating func text(_ key: StaticString, _ text: String) {
    writer.key(key)
    writer.string(text)
  }

  private mutating func flag(_ key: StaticString, _ flag: Bool) {
    writer.key(key)
    writer.bool(flag)
  }

  private mutating func time(_ key: StaticString, _ time: Timestamp) {
    text(key, time.apiText)
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
