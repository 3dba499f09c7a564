/// What the server counts together in one quota.
package enum QuotaScope: Int, Sendable, CaseIterable {
  /// Requests of `contacts.json`.
  case contacts = 0
  /// All others that calls need: bulk actions, groups, fields.
  case others = 1

  /// The scope of a request's target.
  package init(target: String) {
    self = target.hasPrefix("/api/v2/contacts.json") ? .contacts : .others
  }
}

/// Requests an hour that the server allows; absent where it does not count.
package struct QuotaLimits: Sendable, Equatable {
  package var contacts: Int?
  package var others: Int?

  /// - Parameters:
  ///   - contacts: of `contacts.json`, an hour.
  ///   - others: of all other endpoints, an hour.
  package init(contacts: Int?, others: Int?) {
    self.contacts = contacts
    self.others = others
  }

  /// The lowest that installations are known to have.
  package static let usual = QuotaLimits(contacts: 2_500, others: 2_500)
  package static let none = QuotaLimits(contacts: nil, others: nil)

  package subscript(scope: QuotaScope) -> Int? {
    switch scope {
    case .contacts: contacts
    case .others: others
    }
  }
}
