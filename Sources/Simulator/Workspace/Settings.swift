internal import CEL
private import Contacts

/// What a workspace is set to, apart from what it holds.
struct Settings: Sendable {
  enum DateStyle: String, Sendable, CaseIterable { case day_first, month_first, year_first }

  var uuid: ServerUUID
  var name: [UInt8]
  /// Two capitals, for phone numbers without their country's code.
  var country: [UInt8]?
  var languages: [[UInt8]]
  private(set) var zoneName: String
  private(set) var zone: ZoneRules
  var dateStyle = DateStyle.day_first
  var isAnonymous = false
  var isSuspended = false
  var isFlagged = false
  var fieldLimit = 250
  var groupLimit = 250
  /// Absent means without limit.
  var rates: [ThrottleScope: Rate] = [.everything: .standard, .contacts: .standard]
  /// Whether `?urn=whatsapp:` finds a Brazilian number in its other spelling.
  var verifiesNinthDigit: Bool
  /// Whether blocking a contact leaves it in the 2nd, 4th … of its static groups.
  var keepsGroupsOnBlock: Bool
  /// Whether a change that is asked for moves the time of change though nothing becomes different.
  ///
  /// The service does not; what stood in for it where answers were recorded does.
  var touchesUnchanged = false
  /// How long a new field or group is unknown to the service that writes contacts, in microseconds.
  var assetDelay: Int64 = 0
  /// Full paths of places, for fields of the location types: `Brazil > Alagoas > Maceió`.
  var places: [[UInt8]] = []

  init(_ profile: ServerProfile, from generator: inout SeededGenerator) {
    uuid = ServerUUID(from: &generator)
    name = Array("Workspace".utf8)
    country = Array("BR".utf8)
    languages = [Array("por".utf8)]
    zoneName = "America/Sao_Paulo"
    zone = ZoneRules("America/Sao_Paulo") ?? ZoneRules(offset: -10_800)
    verifiesNinthDigit = profile.api.verifiesNinthDigit
    keepsGroupsOnBlock = profile.losesGroupsOnBlock == .some
  }

  /// Sets the time zone; false where there is none of this name.
  mutating func setZone(_ name: String) -> Bool {
    guard let rules = ZoneRules(name) else { return false }
    zoneName = name
    zone = rules
    return true
  }

  /// Why nothing may be written, if so.
  var blocker: String? {
    let advice = "To re-enable starting flows and sending messages, please contact support."
    if isFlagged { return "Sorry, your workspace is currently flagged. \(advice)" }
    if isSuspended { return "Sorry, your workspace is currently suspended. \(advice)" }
    return nil
  }
}

/// Somebody with access to the workspace.
struct User: Sendable, Equatable {
  var email: String
  var name: String
  var role: Role
  var isActive = true
}

/// A key that stands for a user.
struct Token: Sendable, Equatable {
  /// A row of the users.
  var user: Int
  var isReleased = false
}

/// What makes groups and fields of contacts hard to change.
struct Dependent: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable { case campaign, flow, trigger }

  var kind: Kind
  /// A uuid, or the number of a trigger.
  var id: String
  var name: String
  var isArchived = false
  /// Rows of the group table.
  var groups: [Int] = []
  /// Rows of the field table: for campaigns those that dates of messages depend on.
  var fields: [Int] = []
}
