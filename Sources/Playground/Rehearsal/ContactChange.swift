package import Simulator

/// A contact before and after something happened.
package struct ContactChange: Sendable, Hashable {
  package var uuid: String
  /// Absent where it was made.
  package var before: ContactRecord?
  /// Absent where it was deleted.
  package var after: ContactRecord?

  /// What people know it by: the URN it has, or had.
  package var name: String { (before ?? after)?.urns.first ?? after?.urns.first ?? uuid }

  /// What is different, part by part.
  package var differences: [ContactDifference] {
    let fields = (before?.fields ?? []).map(\.key) + (after?.fields ?? []).map(\.key)
    var seen: Set<String> = []
    let keys = fields.filter { seen.insert($0).inserted }
    return value(.name, \.name) + value(.language, \.language)
      + value(.status, \.settledStatus)
      + keys.flatMap { key in
        value(.field(key)) { record in record.fields.first { $0.key == key }?.value }
      }
      + list(.group, \.groups) + urns
  }

  private func value(
    _ subject: ContactDifference.Subject, _ part: (ContactRecord) -> String?
  ) -> [ContactDifference] {
    let (old, new) = (before.flatMap(part), after.flatMap(part))
    return old == new ? [] : [ContactDifference(subject: subject, old: old, new: new)]
  }

  private func list(
    _ subject: ContactDifference.Subject, _ part: (ContactRecord) -> [String]
  ) -> [ContactDifference] {
    let (old, new) = (before.map(part) ?? [], after.map(part) ?? [])
    return new.filter { !old.contains($0) }.map {
      ContactDifference(subject: subject, old: nil, new: $0)
    }
      + old.filter { !new.contains($0) }.map {
        ContactDifference(subject: subject, old: $0, new: nil)
      }
  }

  /// Their order counts too.
  private var urns: [ContactDifference] {
    let changed = list(.urn, \.urns)
    guard changed.isEmpty, let old = before?.urns, let new = after?.urns, old != new else {
      return changed
    }
    return [ContactDifference(subject: .preferredURN, old: old.first, new: new.first)]
  }
}

/// One part of a contact, before and after.
package struct ContactDifference: Sendable, Hashable {
  package enum Subject: Sendable, Hashable {
    case name, language, status
    case field(String)
    /// One group or URN that the contact joins (`new`) or leaves (`old`).
    case group, urn
    /// The URNs are the same in another order.
    case preferredURN
  }

  package var subject: Subject
  package var old: String?
  package var new: String?
}

extension ContactRecord {
  /// Nobody need be told that a contact is active.
  fileprivate var settledStatus: String? { status == "active" ? nil : status }
}
