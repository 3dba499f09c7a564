/// The languages in which Regra speaks to people.
package enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case portuguese = "pt"

  /// The language of a locale such as `pt_BR.UTF-8`; English where it is another one.
  package init(locale: String) {
    self = locale.lowercased().hasPrefix("pt") ? .portuguese : .english
  }
}
