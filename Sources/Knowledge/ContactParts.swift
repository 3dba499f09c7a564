/// The fields of a contact's object that a snapshot is made of, found in one walk.
///
/// Of several of one name the last counts.
struct ContactParts {
  private(set) var uuid: JSONNode?
  private(set) var name: JSONNode?
  private(set) var language: JSONNode?
  private(set) var urns: JSONNode?
  private(set) var groups: JSONNode?
  private(set) var fields: JSONNode?
  /// The status as `rapidpro` says it.
  private(set) var word: JSONNode?
  private(set) var deleted: JSONNode?
  private var blocked: JSONNode?
  private var stopped: JSONNode?

  init(_ contact: JSONNode) {
    contact.forEachEntry { key, value in
      // Only names of one length are compared.
      switch key.count {
      case 4:
        if key == "uuid" { uuid = value }
        if key == "name" { name = value }
        if key == "urns" { urns = value }
      case 6:
        if key == "groups" { groups = value }
        if key == "fields" { fields = value }
        if key == "status" { word = value }
      case 7:
        if key == "blocked" { blocked = value }
        if key == "stopped" { stopped = value }
        if key == "deleted" { deleted = value }
      case 8:
        if key == "language" { language = value }
      default: break
      }
    }
  }

  /// `weni` says it with two flags, `rapidpro` with a word.
  var status: ContactSnapshot.Status {
    if let word = word?.text {
      if word == "blocked" { return .blocked }
      if word == "stopped" { return .stopped }
      if word == "archived" { return .archived }
    }
    if blocked?.isTrue == true { return .blocked }
    return stopped?.isTrue == true ? .stopped : .active
  }
}
