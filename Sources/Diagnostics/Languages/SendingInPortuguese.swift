extension Language {
  static let sendingInPortuguese = ""
}
