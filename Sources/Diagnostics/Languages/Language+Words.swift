extension Language {
  private static let portugueseTexts = [
    framesInPortuguese, yamlInPortuguese, decodingInPortuguese, valuesInPortuguese,
    expressionsInPortuguese, rulesInPortuguese, samplesInPortuguese, testsInPortuguese,
  ]
  private static let portugueseCatalogue = Catalogue(portugueseTexts)

  private static let summaryTexts = [
    summariesInPortuguese, plansInPortuguese, rehearsalsInPortuguese, explanationsInPortuguese,
    testingInPortuguese, inferenceInPortuguese, sendingInPortuguese, checkupInPortuguese,
    comparisonsInPortuguese,
  ]
  private static let summaries = Catalogue(summaryTexts)

  /// All sentences of the catalogue, for tests.
  package static var portuguesePairs: [(english: String, portuguese: String)] {
    Catalogue.pairs(of: portugueseTexts)
  }

  /// All of summaries, likewise.
  package static var summaryPairs: [(english: String, portuguese: String)] {
    Catalogue.pairs(of: summaryTexts)
  }

  /// An English sentence of Regra's in this language; itself where the catalogue has none for it.
  package func said(_ english: String) -> String {
    self == .english ? english : Self.portugueseCatalogue.translation(of: english)
  }

  /// The same, but nothing where the catalogue has none for it.
  package func known(_ english: String) -> String? {
    self == .english ? english : Self.portugueseCatalogue.known(english)
  }
}

extension Language {
  /// Lines of a summary, each of them in this language; blanks and signs before a line stay.
  package func told(_ english: String) -> String {
    guard self != .english else { return english }
    let lines = english.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      let head =
        line.hasPrefix("regra: ") ? line.prefix(7) : line.prefix { " ✓✗?!→+~-=·".contains($0) }
      return head + Self.summaries.translation(of: String(line.dropFirst(head.count)))
    }
    .joined(separator: "\n")
  }
}

extension Diagnostic {
  /// The same problem, told in another language; code, places and repair are the same.
  package func told(in language: Language) -> Diagnostic {
    guard language != .english else { return self }
    var told = self
    told.message = language.said(message)
    if !label.isEmpty { told.label = language.said(label) }
    told.help = help.map { language.said($0) }
    told.notes = notes.map { Note(language.said($0.message), at: $0.location) }
    return told
  }
}
