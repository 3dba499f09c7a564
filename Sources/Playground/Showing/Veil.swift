/// What becomes of personal data in what is shown: a pseudonym, or nothing.
package struct Veil: Sendable {
  /// Covers what in a text may name somebody.
  package var text: @Sendable (String) -> String
  /// Covers a text that is personal as a whole, such as a name.
  package var whole: @Sendable (String) -> String
  /// Says whom a URN or uuid names.
  package var contact: @Sendable (String) -> String

  package init(
    text: @escaping @Sendable (String) -> String, whole: @escaping @Sendable (String) -> String,
    contact: @escaping @Sendable (String) -> String
  ) {
    self.text = text
    self.whole = whole
    self.contact = contact
  }

  /// Covers nothing.
  package static let none = Veil(text: { $0 }, whole: { $0 }, contact: { $0 })

  /// An event's id, which people look events up by: only an address in it is covered.
  package func id(_ id: String) -> String { id.contains("@") ? text(id) : id }
}

extension TracedRules {
  /// Covers parts of contacts; a field that rules fill with somebody's data is covered as a whole.
  func cover(_ veil: Veil) -> (String, ContactDifference.Subject) -> String {
    { value, subject in
      switch subject {
      case .name: return veil.whole(value)
      case .field(let key):
        let isPersonal = personalFields.contains(key) || PersonalPath.isPersonal([key])
        return isPersonal ? veil.whole(value) : veil.text(value)
      case .language, .status, .group: return veil.text(value)
      case .urn, .preferredURN: return veil.contact(value)
      }
    }
  }
}
