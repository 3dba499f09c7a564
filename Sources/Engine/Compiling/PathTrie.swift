/// All paths of the event that rules mention, as a trie over its keys, walked once per event.
struct PathTrie: Sendable {
  /// An object on the way to a slot.
  struct Node: BitwiseCopyable, Sendable {
    /// The slot of the path that ends here; -1 where only longer ones do.
    var slot: Int32
    /// Children by hash: a table of `mask + 1` entries from `buckets`, then compared in full.
    var firstBucket: Int32
    var mask: Int32
    var hasChildren: Bool
    /// Slots of this node and all below, in ``subtreeSlots``.
    var subtree: RowRange
  }

  /// A key that leads from a node to a child.
  struct Edge: BitwiseCopyable, Sendable {
    var head: UInt64
    var length: UInt32
    /// -1 in an empty bucket.
    var child: Int32
    /// Of keys longer than eight bytes: where the whole key stands in ``keys``.
    var key: UInt32
  }

  let nodes: Table<Node>
  let buckets: Table<Edge>
  let subtreeSlots: Table<Int32>
  let keys: Table<UInt8>

  /// Builds the trie of the paths that begin with `root`, each with its slot.
  init(paths: [[String]], root: String) {
    var builder = Builder()
    for (slot, path) in paths.enumerated() where path.first == root {
      builder.insert(path.dropFirst(), slot: slot)
    }
    var nodes: [Node] = []
    var layout = Layout()
    builder.emit(0, into: &nodes, &layout)
    self.nodes = Table(nodes)
    buckets = Table(layout.buckets)
    subtreeSlots = Table(layout.subtreeSlots)
    keys = Table(layout.keys)
  }

  /// Where a key falls in a node's buckets.
  static func bucket(head: UInt64, length: UInt32, mask: Int32) -> Int {
    let mixed = (head ^ (UInt64(length) &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> 40) & Int(mask)
  }

  /// The first eight bytes of a key, padded with zeros.
  static func head(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) }
  }
}

extension PathTrie {
  private struct Layout {
    var buckets: [Edge] = []
    var subtreeSlots: [Int32] = []
    var keys: [UInt8] = []
  }

  private struct Builder {
    struct Draft {
      var slot = -1
      var children: [(key: [UInt8], node: Int)] = []
    }

    var drafts = [Draft()]

    mutating func insert(_ path: some Sequence<String>, slot: Int) {
      var node = 0
      for step in path {
        let key = Array(step.utf8)
        if let child = drafts[node].children.first(where: { $0.key == key }) {
          node = child.node
        } else {
          drafts.append(Draft())
          drafts[node].children.append((key, drafts.count - 1))
          node = drafts.count - 1
        }
      }
      drafts[node].slot = slot
    }

    /// Emits a node and those below it; returns its number.
    @discardableResult
    func emit(_ draft: Int, into nodes: inout [Node], _ layout: inout Layout) -> Int {
      let number = nodes.count
      let first = layout.subtreeSlots.count
      nodes.append(
        Node(
          slot: Int32(drafts[draft].slot), firstBucket: 0, mask: 0,
          hasChildren: !drafts[draft].children.isEmpty, subtree: .empty))
      if drafts[draft].slot >= 0 { layout.subtreeSlots.append(Int32(drafts[draft].slot)) }
      var edges: [Edge] = []
      for (key, child) in drafts[draft].children {
        let position = layout.keys.count
        layout.keys += key
        let node = emit(child, into: &nodes, &layout)
        edges.append(
          Edge(
            head: PathTrie.head(key), length: UInt32(key.count), child: Int32(node),
            key: UInt32(position)))
      }
      nodes[number].subtree = RowRange(
        first: Int32(first), count: Int32(layout.subtreeSlots.count - first))
      nodes[number].firstBucket = Int32(layout.buckets.count)
      nodes[number].mask = place(edges, in: &layout.buckets)
      return number
    }

    /// Linear probing in a table at most a quarter full: nearly every key hits at once.
    func place(_ edges: [Edge], in buckets: inout [Edge]) -> Int32 {
      var size = 4
      while size < edges.count * 4 { size *= 2 }
      var table = [Edge](repeating: Edge(head: 0, length: 0, child: -1, key: 0), count: size)
      for edge in edges {
        var bucket = PathTrie.bucket(
          head: edge.head, length: edge.length, mask: Int32(size - 1))
        while table[bucket].child >= 0 { bucket = (bucket + 1) & (size - 1) }
        table[bucket] = edge
      }
      buckets += table
      return Int32(size - 1)
    }
  }
}
