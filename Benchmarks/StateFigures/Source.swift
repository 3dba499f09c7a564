import Contacts
import Foundation
import Knowledge
import ShopWorkspace
import StateStore
import Streams

/// What contacts are read from.
enum Source: String, CaseIterable {
  case state = "the state directory"
  case file = "a file"

  static let stateDirectory = "state"
  static let contactsFile = "contacts.ndjson"
  static let inventoryFile = "inventory.json"

  /// Reads everything below the directory into a snapshot; the line of what it took.
  func load(_ directory: String) throws -> String {
    var snapshot = ContactSnapshot(.weni)
    let start = Meter.coreSeconds
    let wall = try ContinuousClock().measure {
      switch self {
      case .state: try loadState(directory, &snapshot)
      case .file:
        snapshot = try SnapshotFiles(
          contacts: "\(directory)/\(Self.contactsFile)",
          inventory: "\(directory)/\(Self.inventoryFile)", profile: .weni, readAt: .max
        ).snapshot
      }
    }
    let cells = [
      rawValue, "\(snapshot.contactCount)", Meter.rounded(Meter.coreSeconds - start),
      Meter.rounded(wall / .seconds(1)), "\(Meter.peakMegabytes)",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func loadState(_ directory: String, _ snapshot: inout ContactSnapshot) throws {
    var reader = SnapshotReader()
    let inventory = try Data(
      contentsOf: URL(fileURLWithPath: "\(directory)/\(Self.inventoryFile)"))
    try reader.setInventory(Array(inventory), of: &snapshot)
    let store = try ContactStore("\(directory)/\(Self.stateDirectory)", for: .reading)
    let known = snapshot
    snapshot = try store.reading { reading in
      try SnapshotFilling.fill(known) { filling in
        filling.expect(try reading.contactCountLimit)
        try reading.forEachContact { contact in
          let second = (contact.knownAt?.microseconds ?? 0) / 1_000_000
          try filling.add(contact.body, readAt: second)
        }
      }
    }.snapshot
  }
}
