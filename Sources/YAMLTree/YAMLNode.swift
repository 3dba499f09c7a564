package import Diagnostics

/// A YAML value and where it stands in its file: nothing is typed yet.
package struct YAMLNode: Sendable {
  package enum Kind: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  package var kind: Kind
  /// The bytes of the node's own text; of a scalar, quotes included.
  package var range: SourceRange
  private let property: Property

  /// Hardly any node has a tag: its room is elsewhere.
  private indirect enum Property: Sendable {
    case none
    case tag(YAMLTag)
  }

  /// An explicit tag such as `!has(x)`, as written, and its bytes.
  package var tag: YAMLTag? { if case .tag(let tag) = property { tag } else { nil } }

  package init(_ kind: Kind, range: SourceRange, tag: YAMLTag? = nil) {
    self.kind = kind
    self.range = range
    property = tag.map { .tag($0) } ?? .none
  }
}

/// A key and its value.
package struct YAMLEntry: Sendable {
  package var key: YAMLNode
  package var value: YAMLNode

  package init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
  }
}

/// An explicit tag, as written.
package struct YAMLTag: Sendable {
  package var text: String
  package var range: SourceRange

  package init(text: String, range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// The text of a scalar, how it was written, and where each of its bytes came from.
package struct YAMLScalar: Sendable {
  package enum Style: Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

  package var text: String
  package var map: ScalarMap
  package var style: Style

  package init(text: String, style: Style, map: ScalarMap) {
    self.text = text
    self.style = style
    self.map = map
  }
}

/// Maps UTF-8 offsets in a scalar's value to the bytes of the file they were written with.
package struct ScalarMap: Sendable {
  private let form: Form

  /// Nearly every value stands in its file as it is, and needs no list; a tree has one for each scalar, and a
  /// file a few million bytes.
  private enum Form: Sendable {
    case verbatim(length: Int32, offset: Int32)
    case runs([Run])
  }

  /// For each byte of the value the file range that wrote it, in runs.
  package var runs: [Run] {
    switch form {
    case .verbatim(let length, let offset):
      [Run(value: 0, length: Int(length), file: Int(offset), fileLength: Int(length))]
    case .runs(let runs): runs
    }
  }

  /// From `value` on, one byte of the value is one byte of the file, starting at `file`,
  /// for `length` bytes; a run whose `fileLength` differs (an escape, a fold) maps as a whole.
  package struct Run: Sendable {
    package var value: Int
    package var length: Int
    package var file: Int
    package var fileLength: Int

    package init(value: Int, length: Int, file: Int, fileLength: Int) {
      self.value = value
      self.length = length
      self.file = file
      self.fileLength = fileLength
    }
  }

  package init(runs: [Run]) { form = .runs(runs) }

  /// The map of a value whose bytes stand in the file as they are, from `offset` on.
  init(verbatim length: Int, from offset: Int) {
    form = .verbatim(length: Int32(length), offset: Int32(offset))
  }

  /// How far behind its place in the value each byte stands in the file, if it is the same for all.
  package var shift: Int? {
    if case .verbatim(_, let offset) = form { Int(offset) } else { nil }
  }

  /// The bytes of the file that wrote a range of the value; an empty range maps to a place.
  package func fileRange(of range: Range<Int>) -> SourceRange {
    if case .verbatim(let length, let offset) = form {
      let end = min(range.upperBound, Int(length))
      return SourceRange(min(range.lowerBound, end) + Int(offset)..<end + Int(offset))
    }
    let start = fileOffset(of: range.lowerBound, .start)
    let end = range.isEmpty ? start : fileOffset(of: range.upperBound - 1, .end)
    return SourceRange(start..<max(start, end))
  }

  private enum Edge { case start, end }

  private func fileOffset(of offset: Int, _ edge: Edge) -> Int {
    guard let run = runs.last(where: { $0.value <= offset }) ?? runs.first else { return 0 }
    guard run.length == run.fileLength else {
      let isPast = offset >= run.value + run.length
      return edge == .end || isPast ? run.file + run.fileLength : run.file
    }
    let inside = min(offset - run.value, run.length)
    return run.file + inside + (edge == .end && inside < run.length ? 1 : 0)
  }
}

/// A comment, from its `#` to the end of its line.
package struct YAMLComment: Sendable {
  package var text: String
  package var range: SourceRange

  package init(text: String, range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// What parsing one file gives: a tree as far as it could be read, its comments, its problems.
package struct YAMLDocument: Sendable {
  /// Absent for an empty file and after a syntax error.
  package var root: YAMLNode?
  package var comments: [YAMLComment]
  package var diagnostics: [Diagnostic]

  package init(root: YAMLNode?, comments: [YAMLComment] = [], diagnostics: [Diagnostic] = []) {
    self.root = root
    self.comments = comments
    self.diagnostics = diagnostics
  }
}
