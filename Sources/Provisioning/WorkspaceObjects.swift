package import Contacts
package import Knowledge
package import Pulling
package import StateStore

/// The fields and groups that a workspace has, as the server shows them.
package struct WorkspaceObjects: Sendable {
  package var workspace: WorkspaceIdentity
  /// The API's object as JSON on one line.
  package var workspaceBody: String
  package var fields: [InventoryAnswer.Field] = []
  package var groups: [InventoryAnswer.Group] = []

  package init(workspace: WorkspaceIdentity, workspaceBody: String) {
    self.workspace = workspace
    self.workspaceBody = workspaceBody
  }

  /// How many groups count towards the limit of the workspace: not those the server made for itself.
  package var countedGroups: Int { groups.count { !$0.isSystem } }

  /// For a state directory.
  package var rows: InventoryRows {
    InventoryRows(
      workspace: workspace, workspaceBody: workspaceBody, groups: groups.map(\.row),
      fields: fields.map(\.row))
  }

  /// For checking rules and for comparing names.
  package var inventory: Inventory {
    var inventory = Inventory()
    for group in groups {
      inventory.addGroup(name: group.name, uuid: group.row.uuid, isSmart: group.row.isSmart)
    }
    for field in fields { inventory.addField(key: field.row.key, type: field.type?.rawValue) }
    inventory.isKnown = true
    return inventory
  }

  /// The keys of fields by their labels, in lower case.
  var keysByLabel: [String: String] {
    Dictionary(
      fields.map { ($0.label.lowercased(), $0.row.key) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whose shape the groups and fields have; absent where they do not show it.
  package var dialect: Dialect? {
    groups.first?.dialect ?? fields.lazy.compactMap(\.dialect).first
  }
}
