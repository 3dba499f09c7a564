/// What is known of the events of one type.
package struct SampledType: Sendable {
  /// Absent: events without one.
  package var type: String?
  /// The expression that tells it.
  package var typing: String
  package var root: SampledNode

  /// How many events there were.
  package var count: Int { root.facts.maps }
}

/// A place in events and what stood there, with the places below it.
package struct SampledNode: Sendable {
  package var facts = PathFacts()
  package var children: [PathStep: SampledNode] = [:]
  /// Whether all places directly below are known.
  package var isComplete = true

  package init() {}

  /// The place that a step leads to; keys that are data are all one.
  package func child(_ step: PathStep) -> SampledNode? {
    if case .key(let key) = step, PathStep.isData(key) { return children[.anyKey] }
    return children[step]
  }

  package func node(at steps: some Sequence<PathStep>) -> SampledNode? {
    var node = self
    for step in steps {
      guard let next = node.child(step) else { return nil }
      node = next
    }
    return node
  }

  /// The names of fields directly below.
  package var keys: [String] {
    children.keys.compactMap { if case .key(let key) = $0 { key } else { nil } }.sorted()
  }

  package mutating func merge(_ other: SampledNode) {
    facts.merge(other.facts)
    isComplete = isComplete && other.isComplete
    for (step, child) in other.children { children[step, default: SampledNode()].merge(child) }
  }

  /// Calls `body` for all places below, parents first, in the order of their names.
  package func walk(_ steps: [PathStep] = [], _ body: ([PathStep], SampledNode) -> Void) {
    for (step, child) in children.sorted(by: { $0.key < $1.key }) {
      body(steps + [step], child)
      child.walk(steps + [step], body)
    }
  }
}

extension SampleSchema {
  /// The types of events, each with its places; the most frequent first.
  package var types: [SampledType] {
    let below = Dictionary(grouping: nodes) { $0.value.parent }
    return nodes.compactMap { hash, node -> SampledType? in
      guard case .type(let type, let typing) = node.step else { return nil }
      return SampledType(type: type, typing: typing, root: tree(hash, node, below))
    }.sorted { left, right in
      (right.count, left.typing, left.type ?? "") < (left.count, right.typing, right.type ?? "")
    }
  }

  private func tree(
    _ hash: UInt64, _ node: SchemaNode, _ below: [UInt64: [(key: UInt64, value: SchemaNode)]]
  ) -> SampledNode {
    var tree = SampledNode()
    tree.facts = node.facts
    tree.isComplete = cutDepth.map { node.depth + 1 < $0 } ?? true
    if node.depth == Self.depthLimit { tree.isComplete = false }
    for (hash, child) in below[hash] ?? [] {
      tree.children[child.step] = self.tree(hash, child, below)
    }
    return tree
  }
}

extension PathStep: Comparable {
  package static func < (left: PathStep, right: PathStep) -> Bool {
    switch (left, right) {
    case (.key(let first), .key(let second)): first < second
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .type: 0
    case .item: 1
    case .key: 2
    case .anyKey: 3
    }
  }

  static func isData(_ key: String) -> Bool {
    var key = key
    return key.withUTF8 { isData(UnsafeRawBufferPointer($0)) }
  }
}

extension [PathStep] {
  /// The path as an expression, such as `event.body.line_items[].price`.
  package var text: String {
    reduce(into: "event") { text, step in
      switch step {
      case .type: break
      case .item: text += "[]"
      case .anyKey: text += "[*]"
      case .key(let key): text += key.isPlainName ? ".\(key)" : "[\(SampleValue.text(key).json)]"
      }
    }
  }
}

extension String {
  /// Whether it can stand behind a dot in an expression.
  package var isPlainName: Bool {
    guard let first = utf8.first, !WrittenShape.isDigit(first) else { return false }
    return utf8.allSatisfy {
      WrittenShape.isDigit($0) || $0 == UInt8(ascii: "_")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
    }
  }
}
