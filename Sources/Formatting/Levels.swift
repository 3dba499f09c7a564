/// The blocks that are open at a line: the column each was written at, and the one it gets.
struct Levels {
  enum Kind { case key, dash }

  struct Level {
    var column: Int
    var kind: Kind
    var indent: Int
  }

  private(set) var open: [Level] = []

  var indent: Int { open.last?.indent ?? 0 }

  /// Comes to the first thing of a line.
  mutating func begin(_ kind: Kind, at column: Int) {
    while let last = open.last,
      last.column > column || (last.column == column && last.kind == .dash && kind == .key)
    {
      open.removeLast()
    }
    if let last = open.last, last.column == column, last.kind == kind { return }
    push(kind, at: column)
  }

  /// Comes to what follows a dash on its line.
  mutating func push(_ kind: Kind, at column: Int) {
    open.append(
      Level(column: column, kind: kind, indent: open.last.map { $0.indent + 2 } ?? 0))
  }

  /// The indent of a comment between a line of these levels and the next, which begins at `next`.
  ///
  /// A comment that is indented deeper than the next line belongs to what stands above it.
  func indent(ofCommentAt column: Int, before next: (column: Int, indent: Int)) -> Int {
    guard column > next.column else { return next.indent }
    let own = open.last { $0.column > next.column && $0.column <= column }
    return own?.indent ?? next.indent
  }
}
