import ArgumentParser
import Diagnostics
private import Glibc

extension Language {
  /// Takes `--lang` out of the arguments of any command.
  ///
  /// - Throws: an error for people where it names no language.
  static func taken(from arguments: inout [String]) throws -> Language? {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    guard
      let place = arguments[..<end].firstIndex(where: { $0 == "--lang" || $0.hasPrefix("--lang=") })
    else { return nil }
    let option = arguments.remove(at: place)
    var word = option.split(separator: "=", maxSplits: 1).dropFirst().first.map(String.init)
    if word == nil, place < arguments.endIndex { word = arguments.remove(at: place) }
    // `pt-BR` and `pt_BR.UTF-8` too.
    let name = word?.prefix { $0.isLetter }.lowercased() ?? ""
    guard let language = Language(rawValue: name) else {
      throw ValidationError("--lang is en or pt")
    }
    return language
  }

  /// That of the environment: `REGRA_LANG`, or else the locale of messages.
  static var ofEnvironment: Language {
    for name in ["REGRA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
      if let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty {
        return Language(locale: value)
      }
    }
    return .english
  }
}
