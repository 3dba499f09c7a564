/// One part of a contact before and after, in words.
struct DifferenceText {
  let veil: Veil
  /// Covers what is personal.
  let cover: (String, ContactDifference.Subject) -> String

  /// `"A0" → "A1"`, or what a list gains or loses.
  func words(_ difference: ContactDifference) -> String {
    switch difference.subject {
    case .group, .urn:
      let sign = difference.new == nil ? "−" : "+"
      return "\(sign) \(cover(difference.new ?? difference.old ?? "", difference.subject))"
    case .preferredURN: return "first: \(cover(difference.new ?? "", difference.subject))"
    case .name, .language, .status, .field:
      return "\(shown(difference.old, difference)) → \(shown(difference.new, difference))"
    }
  }

  private func shown(_ value: String?, _ difference: ContactDifference) -> String {
    guard let value else { return "none" }
    let covered = cover(value, difference.subject)
    return covered != value && covered.hasPrefix("p:")
      ? covered : ValueText(veil: veil).quoted(covered)
  }
}
