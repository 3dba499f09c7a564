/// What stands in a line between blanks.
enum Token {
  case lineStart
  /// `-` or `?` of a block, or its `:` at the start of a line.
  case indicator
  case scalar
  case opening
  case closing
  case comma
  case colon
  /// An anchor, an alias, a tag, the head of a block of text.
  case word

  /// How many blanks stand between two.
  static func gap(after token: Token, before next: Token) -> Int {
    switch (token, next) {
    case (.lineStart, _), (.opening, _): 0
    case (.colon, _), (.indicator, _): 1
    case (_, .comma), (_, .closing): 0
    case (.scalar, .colon), (.closing, .colon): 0
    case (_, _): 1
    }
  }
}
