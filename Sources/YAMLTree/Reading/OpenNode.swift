internal import Diagnostics

/// A collection whose end has not been read yet.
struct OpenNode {
  enum Shape { case sequence, mapping }

  let shape: Shape
  let layout: ParserEvent.Layout
  let anchor: String?
  private let tag: YAMLTag?
  private var range: SourceRange
  private(set) var size = TreeSize(count: 1, height: 1)
  private var items: [YAMLNode] = []
  private(set) var entries: [YAMLEntry] = []
  /// Whether it is `{{ … }}`, which other tools take for a hole.
  private(set) var isDoubleBraced = false
  private var pendingKey: YAMLNode?
  /// The keys by their bytes, once there are so many that looking through them all is slower.
  private var seen: [[UInt8]: SourceRange] = [:]

  init(_ shape: Shape, _ layout: ParserEvent.Layout, anchor: String?, _ properties: NodeProperties)
  {
    self.shape = shape
    self.layout = layout
    self.anchor = anchor
    tag = properties.tag
    range = SourceRange(properties.end..<properties.end)
  }

  /// The whole collection; a flow collection ends with its bracket, a block with its last child.
  func closed(at end: Range<Int>) -> YAMLNode {
    var range = range
    if layout == .flow { range.end = end.upperBound }
    switch shape {
    case .sequence: return YAMLNode(.sequence(items), range: range, tag: tag)
    case .mapping: return YAMLNode(.mapping(entries), range: range, tag: tag)
    }
  }

  /// Takes the next child, in a mapping alternately a key and its value; a problem if it is refused.
  mutating func add(
    _ child: YAMLNode, size childSize: TreeSize, at childRange: SourceRange, in source: SourceText
  ) -> Diagnostic? {
    size.count += childSize.count
    size.height = max(size.height, childSize.height + 1)
    range.end = max(range.end, childRange.end)
    switch shape {
    case .sequence:
      items.append(child)
    case .mapping:
      guard let key = pendingKey else {
        pendingKey = child
        return nil
      }
      pendingKey = nil
      if let problem = problem(with: key, in: source) { return problem }
      entries.append(YAMLEntry(key: key, value: child))
    }
    return nil
  }

  /// Where it begins, behind its tag and anchor.
  var start: Int { range.start }

  /// Takes the items of a list that goes on where this one is.
  mutating func add(itemsOf other: OpenNode) {
    size.count += other.size.count - 1
    size.height = max(size.height, other.size.height)
    range.end = max(range.end, other.range.end)
    items += other.items
  }

  private static let fewKeys = 12

  /// Where a key stands already, compared by its bytes.
  private mutating func place(of name: String) -> SourceRange? {
    guard entries.count < Self.fewKeys else {
      if seen.isEmpty { for entry in entries { remember(entry.key) } }
      return seen[Array(name.utf8)]
    }
    return entries.first { entry in
      guard case .scalar(let scalar) = entry.key.kind else { return false }
      return scalar.text == name && scalar.text.utf8.elementsEqual(name.utf8)
    }?.key.range
  }

  private mutating func remember(_ key: YAMLNode) {
    guard case .scalar(let scalar) = key.kind else { return }
    seen[Array(scalar.text.utf8)] = key.range
  }

  private mutating func problem(with key: YAMLNode, in source: SourceText) -> Diagnostic? {
    let location = SourceLocation(path: source.path, range: key.range)
    guard case .scalar(let scalar) = key.kind else {
      isDoubleBraced = source.utf8[range.start...].starts(with: "{{".utf8)
      return isDoubleBraced ? nil : .keyNotText(at: location)
    }
    guard let first = place(of: scalar.text) else {
      if entries.count >= Self.fewKeys { remember(key) }
      return nil
    }
    return .duplicateKey(
      scalar.text, at: location, first: SourceLocation(path: source.path, range: first))
  }
}

extension Diagnostic {
  fileprivate static func duplicateKey(
    _ name: String, at location: SourceLocation, first: SourceLocation
  ) -> Self {
    Diagnostic(
      .duplicateKey, "the key `\(name)` stands twice in one mapping", at: location,
      label: "again here", notes: [Note("first defined here", at: first)],
      help: "keep one of them")
  }

  fileprivate static func keyNotText(at location: SourceLocation) -> Self {
    Diagnostic(
      .keyNotText, "a key must be text", at: location, label: "a list or a mapping",
      help: "quote it if it is text")
  }
}
