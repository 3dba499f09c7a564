internal import Diagnostics

/// Builds the tree from libyaml's events, within the limits that keep any file cheap to read.
struct TreeBuilder {
  static let depthLimit = 64
  static let aliasedNodeLimit = 10_000

  let source: SourceText
  /// What libyaml reads: the source with the values of slips made harmless.
  private let bytes: [UInt8]
  private let slipped: [Range<Int>]
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var root: YAMLNode?
  /// What comments cannot stand in: scalars, and of block scalars only their lines.
  private(set) var opaque: [Range<Int>] = []
  private(set) var lastScalar: (range: Range<Int>, style: YAMLScalar.Style)?
  private var open: [OpenNode] = []
  private var anchors: [String: (node: YAMLNode, size: TreeSize)] = [:]
  private var aliasedNodes = 0
  private var documentCount = 0

  init(source: SourceText, bytes: [UInt8], slipped: [Range<Int>]) {
    self.source = source
    self.bytes = bytes
    self.slipped = slipped
  }

  /// The innermost collection that is still open.
  var collection: OpenNode? { open.last }

  enum Step { case next, stop }

  /// Takes one event; says to stop when the rest cannot be read usefully.
  mutating func take(_ event: ParserEvent) -> Step {
    switch event.kind {
    case .streamStart, .documentEnd: return .next
    case .streamEnd: return .stop
    case .documentStart:
      documentCount += 1
      guard documentCount > 1 else { return .next }
      diagnostics.append(.severalDocuments(at: location(event.range)))
      return .stop
    case .alias(let name):
      return expand(name, at: event.range)
    case .scalar(let text, let style):
      let node = scalar(text, style, event)
      add(node, size: TreeSize(), anchor: event.anchor, at: node.range)
      return .next
    case .sequenceStart(let layout): return push(.sequence, layout, event)
    case .mappingStart(let layout): return push(.mapping, layout, event)
    case .sequenceEnd, .mappingEnd:
      pop(at: event.range)
      return .next
    }
  }

  /// Whether what is open is a list that is a value of the file's mapping.
  var isInList: Bool { open.count == 2 && open[1].shape == .sequence }

  /// Whether all before a split is closed but the list whose next item begins there.
  func isBetweenItems(at split: ListSplit) -> Bool {
    guard isInList, open.allSatisfy({ $0.layout == .block }) else { return false }
    let column = { (offset: Int) in offset - lineStart(in: bytes, from: offset) }
    return open[0].shape == .mapping && column(open[0].start) == 0
      && column(open[1].start) == split.dash - split.start
  }

  /// Takes over what was built of the items from a split on.
  mutating func add(_ other: TreeBuilder) {
    open[1].add(itemsOf: other.open[1])
    anchors.merge(other.anchors) { _, later in later }
    opaque += other.opaque
    diagnostics += other.diagnostics
  }

  func location(_ range: Range<Int>) -> SourceLocation {
    SourceLocation(path: source.path, range: SourceRange(range))
  }

  private mutating func push(
    _ shape: OpenNode.Shape, _ layout: ParserEvent.Layout, _ event: ParserEvent
  ) -> Step {
    let properties = NodeProperties(event, in: bytes)
    guard open.count < Self.depthLimit else {
      diagnostics.append(
        .nestedTooDeep(at: location(properties.end..<min(properties.end + 1, source.utf8.count))))
      return .stop
    }
    open.append(OpenNode(shape, layout, anchor: event.anchor, properties))
    return .next
  }

  private mutating func pop(at end: Range<Int>) {
    guard let last = open.popLast() else { return }
    var node = last.closed(at: end)
    if let slip = slip(in: last, read: node), let value = slip.value {
      diagnostics.append(slip.diagnostic)
      opaque.append(value)
      node = verbatim(value)
    }
    add(node, size: last.size, anchor: last.anchor, at: node.range)
  }

  private func slip(in collection: OpenNode, read node: YAMLNode) -> Slip? {
    let silent = SilentSlips(source: source)
    if collection.isDoubleBraced { return silent.doubleBraces(node.range) }
    guard collection.layout == .block, collection.entries.count == 1 else { return nil }
    return silent.splitByColon(collection.entries[0])
  }

  /// Text as it stands in the file, as its author most likely meant it.
  private func verbatim(_ range: Range<Int>, tag: YAMLTag? = nil) -> YAMLNode {
    let text = String(decoding: source.utf8[range], as: UTF8.self)
    let map = ScalarMap(verbatim: range.count, from: range.lowerBound)
    let scalar = YAMLScalar(text: text, style: .plain, map: map)
    return YAMLNode(.scalar(scalar), range: SourceRange(range), tag: tag)
  }

  private mutating func add(
    _ node: YAMLNode, size: TreeSize, anchor: String?, at range: SourceRange
  ) {
    if let anchor { anchors[anchor] = (node, size) }
    guard !open.isEmpty else {
      root = node
      return
    }
    if let problem = open[open.count - 1].add(node, size: size, at: range, in: source) {
      diagnostics.append(problem)
    }
  }

  private mutating func expand(_ name: String, at range: Range<Int>) -> Step {
    guard let (node, size) = anchors[name] else {
      diagnostics.append(
        .unknownAlias(
          name, at: location(range), known: Array(anchors.keys),
          isOpen: open.contains { $0.anchor == name }))
      add(
        YAMLNode(.mapping([]), range: SourceRange(range)), size: TreeSize(), anchor: nil,
        at: SourceRange(range))
      return .next
    }
    aliasedNodes += size.count
    if aliasedNodes > Self.aliasedNodeLimit || open.count + size.height > Self.depthLimit {
      diagnostics.append(.aliasesTooLarge(name, at: location(range)))
      return .stop
    }
    add(node, size: size, anchor: nil, at: SourceRange(range))
    return .next
  }

  private mutating func scalar(
    _ text: String, _ style: YAMLScalar.Style, _ event: ParserEvent
  ) -> YAMLNode {
    let properties = NodeProperties(event, in: bytes)
    var range = properties.end..<max(properties.end, event.range.upperBound)
    lastScalar = (range, style)
    if let slip = style == .plain ? SilentSlips(source: source).cutByComment(range) : nil,
      let value = slip.value
    {
      diagnostics.append(slip.diagnostic)
      opaque.append(value)
      return verbatim(value, tag: properties.tag)
    }
    if slipped.contains(where: range.overlaps) {
      opaque.append(range)
      return verbatim(range, tag: properties.tag)
    }
    let map = ScalarTracer.map(text, style, in: bytes, range: range)
    switch style {
    case .literal, .folded:
      let block = BlockScalar(bytes, range: range)
      range = range.lowerBound..<max(block.contentEnd(map), range.lowerBound + 1)
      opaque.append(min(block.contentStart, range.upperBound)..<range.upperBound)
    case .plain, .singleQuoted, .doubleQuoted: opaque.append(range)
    }
    let value = YAMLScalar(text: text, style: style, map: map)
    return YAMLNode(.scalar(value), range: SourceRange(range), tag: properties.tag)
  }
}

/// How many nodes a tree has, and how many levels of collections.
struct TreeSize {
  var count = 1
  var height = 0
}

extension Diagnostic {
  fileprivate static func severalDocuments(at location: SourceLocation) -> Self {
    Diagnostic(
      .severalDocuments, "a rule file holds one YAML document", at: location,
      label: "a second one begins here", help: "put it into a file of its own")
  }

  fileprivate static func nestedTooDeep(at location: SourceLocation) -> Self {
    Diagnostic(
      .nestedTooDeep, "values nest at most \(TreeBuilder.depthLimit) deep", at: location,
      label: "level \(TreeBuilder.depthLimit + 1) begins here")
  }

  fileprivate static func unknownAlias(
    _ name: String, at location: SourceLocation, known: [String], isOpen: Bool
  ) -> Self {
    Diagnostic(
      .unknownAlias,
      isOpen ? "`*\(name)` stands inside the value it repeats" : "no anchor `&\(name)` before this",
      at: location, label: "YAML reads `*` as \"repeat the value marked `&\(name)`\"",
      help: closestMatch(to: name, in: known.sorted()).map { "did you mean `*\($0)`?" }
        ?? "quote the value if it is text")
  }

  fileprivate static func aliasesTooLarge(_ name: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .aliasesTooLarge, "aliases repeat too much", at: location,
      label: "with `*\(name)` the file would pass \(TreeBuilder.aliasedNodeLimit) repeated values",
      help: "write the values out, or use `lists:` and `let:`")
  }
}
