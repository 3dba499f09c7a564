/// One line of the result.
struct Line {
  enum Kind {
    case code
    /// Part of a text that goes over several lines: its breaks are its own.
    case text
    case comment
    case blank
  }

  /// What a line begins that is parted from its like by a blank line.
  enum Section { case key, item }

  var kind: Kind
  var indent: Int
  /// Without indentation and comment.
  var text: [UInt8] = []
  /// From its `#` on, where the line has one.
  var comment: [UInt8] = []
  var section: Section?
  /// Whether what belongs to the line stands below it.
  var opensBlock = false

  /// Where in `text` a mapping in braces begins that is the value of the line's key.
  var braces: Int?
  /// The number of the `match` that the line is a case of.
  var match: Int?
  /// Whether blank lines below it would be part of its text.
  var keepsBlanks = false

  static let blank = Line(kind: .blank, indent: 0)
}
