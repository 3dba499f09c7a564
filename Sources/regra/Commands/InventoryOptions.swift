import ArgumentParser
import Contacts
import Knowledge
import StateStore
import Streams

/// Where the groups and fields of the workspace are known from.
struct InventoryOptions: ParsableArguments {
  static let environmentFlags: [FlagEnvironment.FlagName] = [.value("inventory"), .value("state")]

  @Option(
    help: ArgumentHelp(
      "Groups and fields of the workspace, as the API returns them.", valueName: "file"))
  var inventory: String?

  @Option(
    help: ArgumentHelp(
      "The directory that `regra pull` fills. Default: .regra, if it is there.",
      valueName: "dir"))
  var state: String?

  func validate() throws {
    if state != nil, inventory != nil {
      throw ValidationError("--state already says what --inventory would")
    }
  }

  /// The state directory, where one is named or the usual one is there.
  var directory: String? {
    let directory = state ?? ContactStore.defaultPath
    return state != nil || ContactStore.isThere(in: directory) ? directory : nil
  }

  /// What groups and fields there are; absent where nothing says so, and where the directory is still to
  /// be made.
  func read(for dialect: Dialect, mayBeMissing: Bool = false) throws -> Inventory? {
    let profile = APIProfile(dialect)
    do {
      if let inventory {
        return try SnapshotFiles(contacts: nil, inventory: inventory, profile: profile, readAt: 0)
          .snapshot.inventory
      }
      guard let directory else { return nil }
      let text = try ContactStore(directory, for: .reading).reading { reading in
        _ = try reading.workspace(of: dialect, in: directory)
        return try reading.inventory
      }
      guard let text else { return nil }
      var snapshot = ContactSnapshot(profile)
      var reader = SnapshotReader()
      try reader.setInventory(text, of: &snapshot)
      return snapshot.inventory
    } catch let failure as FileFailure {
      throw CommandFailure(failure)
    } catch let failure as StoreFailure {
      if mayBeMissing, case .missing = failure { return nil }
      throw CommandFailure(failure)
    } catch let failure as SnapshotReader.Failure {
      throw CommandFailure(
        "\(directory ?? ""): \(failure.sentence)", status: ExitStatus.fileFailure)
    }
  }
}
