import CJSON

/// All paths of the event that rules mention, as a trie over its keys, walked once per event.
struct PathTrie: Sendable {
  /// The first is the event.
  let nodes: Table<cjson_node>
  /// The children of all nodes, by hash.
  let buckets: Table<cjson_edge>
  /// For each node a range: its slot and those of all below.
  let subtreeSlots: Table<Int32>
  /// The keys of edges, one behind the other.
  let keys: Table<UInt8>

  /// Builds the trie of the paths that begin with `root`, each with its slot.
  init(paths: [[String]], root: String) {
    var builder = Builder()
    for (slot, path) in paths.enumerated() where path.first == root {
      builder.insert(path.dropFirst(), slot: slot)
    }
    var nodes: [cjson_node] = []
    var layout = Layout()
    builder.emit(0, into: &nodes, &layout)
    self.nodes = Table(nodes)
    buckets = Table(layout.buckets)
    subtreeSlots = Table(layout.subtreeSlots)
    keys = Table(layout.keys)
  }

  /// Whether rules read the event as a whole.
  var readsWholeEvent: Bool { nodes[0].slot >= 0 }

  /// The first eight bytes of a key, padded with zeros.
  static func head(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard bytes.count < 8 else {
      return UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    }
    var head: UInt64 = 0
    for offset in bytes.indices.reversed() { head = head << 8 | UInt64(bytes[offset]) }
    return head
  }
}

extension PathTrie {
  private struct Layout {
    var buckets: [cjson_edge] = []
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
    func emit(_ draft: Int, into nodes: inout [cjson_node], _ layout: inout Layout) -> Int {
      let number = nodes.count
      let first = layout.subtreeSlots.count
      nodes.append(
        cjson_node(
          slot: Int32(drafts[draft].slot), first_bucket: 0, mask: 0,
          has_children: drafts[draft].children.isEmpty ? 0 : 1, first_below: Int32(first),
          below_count: 0))
      if drafts[draft].slot >= 0 { layout.subtreeSlots.append(Int32(drafts[draft].slot)) }
      var edges: [cjson_edge] = []
      for (key, child) in drafts[draft].children {
        let position = layout.keys.count
        layout.keys += key
        let node = emit(child, into: &nodes, &layout)
        edges.append(
          cjson_edge(
            head: key.withUnsafeBytes { PathTrie.head($0) }, length: UInt32(key.count),
            child: Int32(node),
            key: UInt32(position)))
      }
      nodes[number].below_count = Int32(layout.subtreeSlots.count - first)
      nodes[number].first_bucket = Int32(layout.buckets.count)
      nodes[number].mask = place(edges, in: &layout.buckets)
      return number
    }

    /// Linear probing in a table at most a quarter full: nearly every key hits at once.
    func place(_ edges: [cjson_edge], in buckets: inout [cjson_edge]) -> Int32 {
      var size = 4
      while size < edges.count * 4 { size *= 2 }
      let empty = cjson_edge(head: 0, length: 0, child: -1, key: 0)
      var table = [cjson_edge](repeating: empty, count: size)
      for edge in edges {
        var bucket = Int(cjson_bucket(edge.head, edge.length, Int32(size - 1)))
        while table[bucket].child >= 0 { bucket = (bucket + 1) & (size - 1) }
        table[bucket] = edge
      }
      buckets += table
      return Int32(size - 1)
    }
  }
}
