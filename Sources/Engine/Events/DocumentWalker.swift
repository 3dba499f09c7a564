import CEL
import CJSON

#if canImport(Glibc)
  import Glibc
#endif

/// Fills the slots of an event in one pass over its tape, for events that ``EventScanner`` leaves.
struct DocumentWalker: ~Copyable {
  private let trie: PathTrie
  private let nodes: UnsafePointer<cjson_node>
  private let buckets: UnsafePointer<cjson_edge>
  /// For each node the last event that met it: a second meeting is a repeated key.
  private let metRoom: Room<UInt32>
  private let met: UnsafeMutablePointer<UInt32>
  private var event: UInt32 = 0
  /// Whether the last event had a key twice that rules read.
  private(set) var foundRepeatedKey = false

  init(_ trie: PathTrie) {
    self.trie = trie
    nodes = trie.nodes.base
    buckets = trie.buckets.base
    metRoom = Room(trie.nodes.count, filledWith: 0)
    met = metRoom.base
  }

  /// Reads every path of the trie; `slots` must be cleared.
  mutating func fill(_ slots: UnsafeMutablePointer<Value>, from document: Document) {
    event &+= 1
    foundRepeatedKey = false
    visit(0, at: 1, document, slots)
  }

  /// Stores the value at a tape index into a node's slots.
  private mutating func visit(
    _ number: Int, at index: Int, _ document: Document, _ slots: UnsafeMutablePointer<Value>
  ) {
    let node = nodes[number]
    if node.has_children == 0 { return store(index, into: node.slot, document, slots) }
    let isObject = document.tape[index] >> 56 == UInt64(UInt8(ascii: "{"))
    // The last of two equal keys wins, with everything below it.
    if met[number] == event {
      foundRepeatedKey = true
      clear(node, slots)
    }
    met[number] = event
    if isObject {
      walk(node, at: index, document, slots)
    } else {
      markBelow(node, found: document.value(at: index), slots)
    }
    if node.slot >= 0 { store(index, into: node.slot, document, slots) }
  }

  private mutating func store(
    _ index: Int, into slot: Int32, _ document: Document, _ slots: UnsafeMutablePointer<Value>
  ) {
    guard slot >= 0 else { return }
    if slots[Int(slot)].tag != .missing { foundRepeatedKey = true }
    slots[Int(slot)] = document.value(at: index)
  }

  private mutating func walk(
    _ node: cjson_node, at start: Int, _ document: Document, _ slots: UnsafeMutablePointer<Value>
  ) {
    let tape = document.tape
    let strings = UnsafeRawPointer(document.strings)
    let end = Int(tape[start] & 0xFFFF_FFFF) - 1
    let edges = buckets + Int(node.first_bucket)
    let mask = node.mask
    var index = start + 1
    while index < end {
      let key = strings + Int(tape[index] & 0xFF_FFFF_FFFF_FFFF)
      let length = key.loadUnaligned(as: UInt32.self)
      // The string buffer is padded, so eight bytes can be read of every text.
      let gap = UInt64(8 &- Int(min(length, 8))) &* 8
      let head = length > 0 ? ((key + 4).loadUnaligned(as: UInt64.self) &<< gap) &>> gap : 0
      let child = find(key + 4, length, head, edges, mask)
      index += 1
      if child >= 0 { visit(Int(child), at: index, document, slots) }
      index = document.end(of: index)
    }
  }

  private func find(
    _ key: UnsafeRawPointer, _ length: UInt32, _ head: UInt64,
    _ edges: UnsafePointer<cjson_edge>, _ mask: Int32
  ) -> Int32 {
    var bucket = Int(cjson_bucket(head, length, mask))
    while true {
      let edge = edges[bucket]
      if edge.child < 0 { return -1 }
      if edge.head == head, edge.length == length {
        if length <= 8 { return edge.child }
        if memcmp(key, trie.keys.base + Int(edge.key), Int(length)) == 0 { return edge.child }
      }
      bucket = (bucket + 1) & Int(mask)
    }
  }

  private func clear(_ node: cjson_node, _ slots: UnsafeMutablePointer<Value>) {
    let below = trie.subtreeSlots.base + Int(node.first_below)
    for position in 0..<Int(node.below_count) { slots[Int(below[position])] = .missing }
  }

  /// What is below a value that is no object is absent, with what stands there instead.
  private func markBelow(
    _ node: cjson_node, found value: Value, _ slots: UnsafeMutablePointer<Value>
  ) {
    let below = trie.subtreeSlots.base + Int(node.first_below)
    for position in 0..<Int(node.below_count) where below[position] != node.slot {
      slots[Int(below[position])] = .unknown(.wrongType, found: value.tag)
    }
  }
}
