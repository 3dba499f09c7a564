extension Language {
  static let rehearsalsInPortuguese = ""
}
