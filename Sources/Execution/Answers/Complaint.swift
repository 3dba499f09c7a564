import CEL
import Contacts

/// What a refused request names, in the words of the server.
struct Complaint: Equatable {
  enum Blame: Equatable {
    case call, name, language, fields, groups, urns
    case field(String)
    case group(String)
    case urn(String)
    /// Counted from zero.
    case urnAt(Int)
    /// The URN was taken by somebody while the contact was made.
    case urnsInUse
    /// The contact that the request is about was deleted.
    case absence
    case contact(String)
    /// By uuid.
    case inactiveContacts([String])
    /// What is to be made is there already.
    case existence
    /// Nothing may be written in this workspace.
    case workspace
    /// There are as many fields or groups as may be.
    case room
    /// Something uses the group that is to be deleted.
    case use
    case systemObject
  }

  var blame: Blame
  var words: String

  /// Reads the body of a refusal; there is at least one complaint.
  static func read(_ body: Literal?, status: Int) -> [Complaint] {
    var complaints: [Complaint] = []
    for (key, value) in body?.entries ?? [] {
      for (place, words) in messages(in: value) {
        complaints.append(Complaint(blame: blame(key, place, words), words: words))
      }
    }
    if complaints.isEmpty { complaints = [Complaint(blame: .call, words: "status \(status)")] }
    if RequestOutcome(refusal: status) == .noRoom {
      for index in complaints.indices where complaints[index].blame == .call {
        complaints[index].blame = .room
      }
    }
    return complaints
  }

  /// Every message, with the key or index it stands under.
  private static func messages(in value: Literal) -> [(place: String?, words: String)] {
    if let text = value.text { return [(nil, text)] }
    if let items = value.items { return items.compactMap(\.text).map { (nil, $0) } }
    return (value.entries ?? []).flatMap { place, value in
      messages(in: value).map { (place, $0.words) }
    }
  }

  private static func blame(_ key: String, _ place: String?, _ words: String) -> Blame {
    if words == "This field must be unique." { return .existence }
    if words.hasPrefix("Generated key "),
      words.hasSuffix("conflicts with an existing contact field.")
    {
      return .existence
    }
    return switch key {
    case "name": .name
    case "language": .language
    case "fields":
      place.map { .field($0) } ?? rest(of: words, behind: ["Invalid contact field key: "])
        .map { .field($0) } ?? .fields
    case "groups": rest(of: words, behind: unknownObject).map { .group($0) } ?? .groups
    case "urns":
      place.flatMap { Int($0) }.map { .urnAt($0) }
        ?? rest(of: words, behind: ["URN belongs to another contact: "]).map { .urn($0) } ?? .urns
    case "group": .groups
    case "contacts": rest(of: words, behind: unknownObject).map { .contact($0) } ?? .call
    case "error": blame(ofService: words)
    default: blame(ofWhole: words)
    }
  }

  private static let unknownObject = [
    "No such object: ", "Contact group must not be dynamic: ",
    "Contact group must not be query based: ",
  ]

  private static func blame(ofService words: String) -> Blame {
    if words == "URNs in use by other contacts" { return .urnsInUse }
    if let field = rest(of: words, behind: ["unknown contact field '"]), field.hasSuffix("'") {
      return .field(String(field.dropLast()))
    }
    return words.hasPrefix("unknown contact group ") ? .groups : .call
  }

  private static func blame(ofWhole words: String) -> Blame {
    if words.hasPrefix("Sorry, your workspace is currently ") { return .workspace }
    if words == "Inactive contacts can't be modified."
      || words == "Deleted contacts can't be modified."
    {
      return .absence
    }
    if words.hasPrefix("Group is being used by ") { return .use }
    if words.hasPrefix("This org has "), words.contains(" and the limit is ") { return .room }
    let inactive = rest(of: words, behind: ["Non-active contacts cannot be added to groups: "])
    if let inactive {
      return .inactiveContacts(
        inactive.split(separator: ",").map { String($0.drop { $0 == " " }) })
    }
    return .call
  }

  private static func rest(of words: String, behind prefixes: [String]) -> String? {
    for prefix in prefixes where words.hasPrefix(prefix) {
      return String(words.dropFirst(prefix.count))
    }
    return nil
  }
}

extension Complaint {
  /// What the refusal is one of.
  func outcome(_ profile: APIProfile) -> RequestOutcome {
    switch blame {
    case .call: .unnamed
    case .name, .language, .fields, .groups, .urns, .field, .group, .urn, .urnAt: .namedPart
    case .urnsInUse: .takenURN
    case .absence: .unknownContact
    case .contact(let name): profile.otherSpelling(of: name) == nil ? .unknownContact : .unknownURN
    case .inactiveContacts: .inactiveContacts
    case .existence: .existing
    case .workspace: .suspended
    case .room: .noRoom
    case .use: .groupInUse
    case .systemObject: .systemObject
    }
  }
}
