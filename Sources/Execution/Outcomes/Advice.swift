/// What a person does before it helps to send again what was set aside.
package enum Advice: Sendable, CaseIterable {
  /// Take away what uses a group.
  case removeUses

  package var sentence: String {
    switch self {
    case .removeUses: "remove or archive these in the web interface, then `regra replay`"
    }
  }
}
