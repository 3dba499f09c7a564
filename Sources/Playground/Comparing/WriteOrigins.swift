import Contacts
import Plans
import Simulator

/// Which rules of one side wrote what, contact by contact.
struct WriteOrigins {
  private let contacts: [ContactDiff]
  /// Places in the list, by what calls name a contact by.
  private var places: [String: [Int]] = [:]
  private let profile: APIProfile

  init(_ contacts: [ContactDiff], _ profile: APIProfile) {
    self.contacts = contacts
    self.profile = profile
    for (place, contact) in contacts.enumerated() {
      places[contact.key, default: []].append(place)
    }
  }

  /// Whatever a side did to a contact, in its order.
  ///
  /// - Parameter names: what the contact is or was called; a number also in its other spelling.
  /// - Returns: the lines of the side's plan.
  func lines(of names: [String]) -> [ContactDiff.Line] {
    let spellings = names + names.compactMap { profile.otherSpelling(of: $0) }
    return Set(spellings.flatMap { places[$0] ?? [] }).sorted().flatMap { contacts[$0].lines }
  }
}

extension [ContactDiff.Line] {
  /// Who wrote what stands in a part in the end; nobody where no rule did it by name.
  func origin(
    of difference: ContactDifference, on side: Comparison.Side
  ) -> Comparison.Origin? {
    last { $0.decides(difference, on: side) }.map {
      Comparison.Origin(rule: $0.rule, event: $0.event)
    }
  }

  /// Who made the contact: the first that wrote to it.
  var makingOrigin: Comparison.Origin? {
    first.map { Comparison.Origin(rule: $0.rule, event: $0.event) }
  }

  /// Who deleted it.
  var deletingOrigin: Comparison.Origin? {
    last { $0.subject == "contact" && $0.new == "deleted" }.map {
      Comparison.Origin(rule: $0.rule, event: $0.event)
    }
  }
}

extension ContactDiff.Line {
  /// Whether a write decides a part of a contact.
  fileprivate func decides(_ difference: ContactDifference, on side: Comparison.Side) -> Bool {
    let (mine, other) =
      side == .old ? (difference.old, difference.new) : (difference.new, difference.old)
    let value = (mine ?? other ?? "").lowercased()
    switch difference.subject {
    case .name: return subject == "name" && sign == nil
    case .language: return subject == "language" && sign == nil
    case .status: return subject == "status"
    case .field(let key): return subject == key && sign == nil
    case .group:
      // A list names what it leaves out no more than who is blocked does.
      return subject == "status"
        || subject == "groups" && (sign == nil || new?.lowercased() == value)
    case .urn, .preferredURN:
      return subject == "urns" && (sign == nil || new?.lowercased() == value)
    }
  }
}
