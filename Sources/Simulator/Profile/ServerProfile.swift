package import Contacts

/// How one line of the server answers: every difference between the dialects that can be seen.
///
/// Nothing outside of `Profile` asks which dialect it is.
package struct ServerProfile: Sendable {
  package let dialect: Dialect
  let api: APIProfile

  package init(_ dialect: Dialect) {
    self.dialect = dialect
    api = APIProfile(dialect)
  }

  private func choose<Choice>(weni: Choice, rapidpro: Choice) -> Choice {
    switch dialect {
    case .weni: weni
    case .rapidpro: rapidpro
    }
  }
}

extension ServerProfile {
  /// Which keys objects have, and what successful actions say.
  enum Shape { case older, newer }
  var shape: Shape { choose(weni: .older, rapidpro: .newer) }

  /// What `?uuid=` may be.
  enum UUIDParameter {
    /// Any text; what is no uuid matches nothing.
    case anyText
    /// Only what Python reads as a uuid; of several in a list's address the first counts.
    case checked
  }
  var uuidParameter: UUIDParameter { choose(weni: .anyText, rapidpro: .checked) }

  /// Whether `?name=`, `?search=`, `?limit=` and `?order_by=` mean anything for contacts.
  var hasNameLookup: Bool { choose(weni: true, rapidpro: false) }
  var expandsAddresses: Bool { choose(weni: false, rapidpro: true) }
  var hasNotes: Bool { choose(weni: false, rapidpro: true) }
  /// Whether a request without a token may name its project or channel instead.
  var looksUpProjects: Bool { choose(weni: true, rapidpro: false) }
  /// Whether an unknown method is refused before the token is asked for.
  var refusesMethodsFirst: Bool { choose(weni: false, rapidpro: true) }
  /// Whether addresses without `.json` are documentation, which cannot be written to.
  var hasDocumentation: Bool { choose(weni: false, rapidpro: true) }
  /// Whether a request for a list's head alone is answered.
  var answersHead: Bool { choose(weni: true, rapidpro: false) }
  /// Whether counts of requests belong to the user, not to the whole workspace.
  var countsByUser: Bool { choose(weni: true, rapidpro: false) }
  var htmlType: String { choose(weni: "text/html", rapidpro: "text/html; charset=utf-8") }

  /// Whether users with a role may use the API.
  func admits(_ role: Role) -> Bool {
    switch role {
    case .administrator, .editor: true
    case .surveyor: choose(weni: true, rapidpro: false)
    case .viewer, .agent, .marketing: false
    }
  }

  var jsonRules: JSONReader.Rules {
    choose(
      weni: JSONReader.Rules(allowsConstants: true, depthLimit: 950),
      rapidpro: JSONReader.Rules(allowsConstants: false, depthLimit: 10_000))
  }

  /// When and how the number of items in a body is checked.
  enum SizeCheck {
    /// Before anything else, of whatever has a length.
    case first
    /// Of lists and objects whose items are fine.
    case last
  }
  var sizeCheck: SizeCheck { choose(weni: .first, rapidpro: .last) }

  var tooManyItems: String {
    choose(
      weni: "This field can only contain up to \(api.itemLimit) items.",
      rapidpro: "Ensure this field has no more than \(api.itemLimit) elements.")
  }

  /// What happens to a group that is given as a number.
  enum NumberReference { case failure, unknown }
  var numberReference: NumberReference { choose(weni: .failure, rapidpro: .unknown) }

  var smartGroupRefusal: String {
    choose(
      weni: "Contact group must not be dynamic: ",
      rapidpro: "Contact group must not be query based: ")
  }

  var deletedRefusal: String {
    choose(
      weni: "Inactive contacts can't be modified.", rapidpro: "Deleted contacts can't be modified.")
  }

  /// The objects that addresses name.
  enum Model: String { case contact = "Contact", group = "ContactGroup", field = "ContactField" }

  func notFound(_ model: Model) -> String {
    choose(weni: "Not found.", rapidpro: "No \(model.rawValue) matches the given query.")
  }

  /// Where a limit on fields and groups is checked.
  enum LimitCheck {
    /// When the rest of the body is fine, with a sentence that counts.
    case last
    /// Before the body is read, on creation alone.
    case first
  }
  var limitCheck: LimitCheck { choose(weni: .last, rapidpro: .first) }

  func has(_ endpoint: Route.Endpoint) -> Bool {
    switch endpoint {
    case .contacts_lean: choose(weni: true, rapidpro: false)
    case .contacts, .contact_actions, .fields, .groups, .workspace, .org, .root: true
    }
  }
}

extension ServerProfile {
  /// What blocking takes from a contact's static groups.
  enum LostGroups { case all, some }
  /// `weni`'s service walks a list that it shortens.
  var losesGroupsOnBlock: LostGroups { choose(weni: .some, rapidpro: .all) }
}

extension ServerProfile {
  /// What every new workspace has.
  var systemGroups: [(name: String, query: String)] {
    choose(weni: [], rapidpro: [("Open Tickets", "tickets > 0")])
  }

  /// Names that no group may have although none is listed with them.
  var hiddenGroupNames: [String] {
    choose(weni: [], rapidpro: [#"\ACTIVE"#, #"\BLOCKED"#, #"\STOPPED"#, #"\ARCHIVED"#])
  }
}
