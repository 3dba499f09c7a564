/// What events look like: per type of event and per path, what stood there and how often.
///
/// It depends on the events alone: any order of them, and any split into parts that are merged,
/// gives the same schema. It holds at most ``nodeLimit`` paths; of more, those near the top stay, and
/// among equals those with the smallest hash, which are counted exactly all the same.
package struct SampleSchema: Sendable, Equatable {
  /// The most paths, of all types together.
  package static let nodeLimit = 8_192
  /// How deep events are looked at.
  package static let depthLimit = 24

  package var eventCount = 0
  /// Lines that are no events.
  package var problemCount = 0
  /// By hash of the path.
  var nodes: [UInt64: SchemaNode] = [:]
  /// The depth from which on paths may be left out; absent where none is.
  package private(set) var cutDepth: Int?

  package init() {}

  /// Adds what was learnt from other events.
  package mutating func merge(_ other: SampleSchema) {
    eventCount += other.eventCount
    problemCount += other.problemCount
    nodes.merge(other.nodes) { $0.merged(with: $1) }
    cut(wasCut: cutDepth != nil || other.cutDepth != nil)
  }

  /// Keeps as many paths as there is room for.
  mutating func cut(wasCut: Bool) {
    guard nodes.count > Self.nodeLimit else {
      if wasCut { cutDepth = nodes.values.map(\.depth).max() }
      return
    }
    let last = nodes.map { SchemaNode.Order(depth: $1.depth, hash: $0) }.sorted()[
      Self.nodeLimit - 1]
    nodes = nodes.filter { SchemaNode.Order(depth: $1.depth, hash: $0) <= last }
    cutDepth = last.depth
  }
}

/// A path of a schema, and what is known of it.
struct SchemaNode: Sendable, Equatable {
  var step: PathStep
  /// The hash of the path above; of a type 0.
  var parent: UInt64
  /// Of a type 0.
  var depth: Int
  var facts = PathFacts()

  func merged(with other: SchemaNode) -> SchemaNode {
    var copy = self
    copy.facts.merge(other.facts)
    return copy
  }

  /// Which paths go first where there are too many: the deep ones.
  struct Order: Comparable {
    var depth: Int
    var hash: UInt64

    static func < (left: Order, right: Order) -> Bool {
      (left.depth, left.hash) < (right.depth, right.hash)
    }
  }
}

/// One step of a path through events.
package enum PathStep: Sendable, Hashable {
  /// All events of one type, as `typing` (an expression) tells it; absent for those without.
  case type(String?, typing: String)
  case key(String)
  /// Any of the keys that are data themselves: ids, numbers, addresses.
  case anyKey
  case item

  /// The hash of a path that goes on with this step.
  func hash(after parent: UInt64) -> UInt64 {
    switch self {
    case .type(let type, let typing):
      var hash = Hash.of(typing)
      hash = Hash.mix(hash, type == nil ? 1 : 2)
      return Hash.mix(hash, type.map { Hash.of($0) } ?? 0)
    case .key(let key): return Hash.mix(parent, Hash.of(key))
    case .anyKey: return Hash.mix(parent, 3)
    case .item: return Hash.mix(parent, 5)
    }
  }
}
