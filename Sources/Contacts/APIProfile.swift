/// Which line of the contact API a workspace speaks.
package enum Dialect: String, Sendable, CaseIterable { case weni, rapidpro }

/// What one dialect of the API accepts: limits, names, quirks.
///
/// One value, never an `if` elsewhere.
package struct APIProfile: Sendable {
  package var dialect: Dialect
  /// Characters of a contact's name, after trimming.
  package var nameLimit: Int
  /// Characters of a group's name.
  package var groupNameLimit: Int
  /// Code points of a field value; more would be cut without a word.
  package var valueLimit: Int
  /// URNs, groups or fields in one body, and contacts in one bulk call.
  package var itemLimit: Int
  /// Code points of a whole URN.
  package var urnLimit: Int { 255 }
  /// Characters of a custom field's label and of its key.
  package var labelLimit: Int { 36 }
  /// Fields, and groups, that a workspace may have, unless its owner was given more.
  package var usualObjectLimit: Int { 250 }
  /// Calls that a server usually allows an hour, of contacts.json and of all else each.
  package static let usualHourlyCalls = 2_500
  /// Contacts that one page of a listing may hold.
  package var contactPageSize: Int
  /// Whether `?urn=` finds the other ninth-digit spelling of a Brazilian WhatsApp number.
  package var verifiesNinthDigit: Bool

  /// Whether a block leaves some of three or more static groups.
  package var blockLeavesGroups: Bool { dialect == .weni }

  package static let weni = APIProfile(
    dialect: .weni, nameLimit: 100, groupNameLimit: 64, valueLimit: 640, itemLimit: 100,
    contactPageSize: 1_000, verifiesNinthDigit: true)
  package static let rapidpro = APIProfile(
    dialect: .rapidpro, nameLimit: 64, groupNameLimit: 64, valueLimit: 640, itemLimit: 100,
    contactPageSize: 250, verifiesNinthDigit: false)

  package init(_ dialect: Dialect) {
    self =
      switch dialect {
      case .weni: .weni
      case .rapidpro: .rapidpro
      }
  }

  private init(
    dialect: Dialect, nameLimit: Int, groupNameLimit: Int, valueLimit: Int, itemLimit: Int,
    contactPageSize: Int, verifiesNinthDigit: Bool
  ) {
    self.dialect = dialect
    self.nameLimit = nameLimit
    self.groupNameLimit = groupNameLimit
    self.valueLimit = valueLimit
    self.itemLimit = itemLimit
    self.contactPageSize = contactPageSize
    self.verifiesNinthDigit = verifiesNinthDigit
  }
}
