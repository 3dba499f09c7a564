/// Words as they are compared by people: without case, accents and signs between.
enum Folding {
  /// One letter, small and without its accents.
  static func letter(_ character: Character) -> String {
    let lower = character.lowercased()
    guard let first = lower.unicodeScalars.first, first.value >= 0x80 else { return lower }
    return plain[first].map { String($0) } ?? lower
  }

  /// A text without case, accents, blanks and signs.
  static func key(_ text: String) -> String {
    text.reduce(into: "") { key, character in
      if character.isLetter || character.isNumber { key += letter(character) }
    }
  }

  private static let plain: [Unicode.Scalar: Character] = {
    var table: [Unicode.Scalar: Character] = [:]
    let rows: [(Character, String)] = [
      ("a", "àáâãäå"), ("c", "ç"), ("e", "èéêë"), ("i", "ìíîï"), ("n", "ñ"), ("o", "òóôõöø"),
      ("u", "ùúûü"), ("y", "ýÿ"),
    ]
    for (letter, accented) in rows {
      for scalar in accented.unicodeScalars { table[scalar] = letter }
    }
    return table
  }()
}
