extension Language {
  static let summariesInPortuguese = ""
}
