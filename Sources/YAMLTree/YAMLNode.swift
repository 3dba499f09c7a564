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
  /// An explicit tag such as `!has(x)`, as written, and its bytes.
  package var tag: YAMLTag?

  package init(_ kind: Kind, range: SourceRange, tag: YAMLTag? = nil) {
    self.kind = kind
    self.range = range
    self.tag = tag
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
  package var style: Style
  package var map: ScalarMap

  package init(text: String, style: Style, map: ScalarMap) {
    self.text = text
    self.style = style
    self.map = map
  }
}

/// Maps UTF-8 offsets in a scalar's value to the bytes of the file they were written with.
package struct ScalarMap: Sendable {
  /// For each byte of the value the file range that wrote it, in runs; the last entry is the end.
  package var runs: [Run]

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

  package init(runs: [Run]) { self.runs = runs }

  /// The bytes of the file that wrote a range of the value; an empty range maps to a place.
  package func fileRange(of range: Range<Int>) -> SourceRange {
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
