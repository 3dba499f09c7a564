import ArgumentParser
private import Glibc

/// The language that people are spoken to in.
enum Language: String, CaseIterable, ExpressibleByArgument {
  case english = "en"
  case portuguese = "pt"

  /// `pt`, `pt-BR`, `pt_BR.UTF-8` are Portuguese.
  init?(argument: String) {
    self.init(rawValue: argument.prefix { $0.isLetter }.lowercased())
  }

  /// What the environment says, as programs on this system read it.
  static var system: Language {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { continue }
      return Language(argument: value) ?? .english
    }
    return .english
  }
}
