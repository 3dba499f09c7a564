import CEL

#if canImport(Glibc)
  import Glibc
#endif

/// Fills the slots of an event in one pass over its tape.
struct DocumentWalker: ~Copyable {
  private let trie: PathTrie
  private let nodes: UnsafePointer<PathTrie.Node>
  private let buckets: UnsafePointer<PathTrie.Edge>
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
    if !node.hasChildren { return store(index, into: node.slot, document, slots) }
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

  @inline(__always)
  private mutating func store(
    _ index: Int, into slot: Int32, _ document: Document, _ slots: UnsafeMutablePointer<Value>
  ) {
    if slots[Int(slot)].tag != .missing { foundRepeatedKey = true }
    let word = document.tape[index]
    guard word >> 56 == UInt64(UInt8(ascii: "\"")) else {
      slots[Int(slot)] = document.value(at: index)
      return
    }
    // Most values are texts.
    let text = document.strings + Int(word & 0xFF_FFFF_FFFF_FFFF)
    let length = Int(UnsafeRawPointer(text).loadUnaligned(as: UInt32.self))
    slots[Int(slot)] = .text(UnsafeRawBufferPointer(start: text + 4, count: length))
  }

  private mutating func walk(
    _ node: PathTrie.Node, at start: Int, _ document: Document,
    _ slots: UnsafeMutablePointer<Value>
  ) {
    let tape = document.tape
    let end = Int(tape[start] & 0xFFFF_FFFF) - 1
    let edges = buckets + Int(node.firstBucket)
    var index = start + 1
    while index < end {
      let text = document.strings + Int(tape[index] & 0xFF_FFFF_FFFF_FFFF)
      let length = UnsafeRawPointer(text).loadUnaligned(as: UInt32.self)
      let key = UnsafeRawPointer(text + 4)
      let child = find(key, length, edges, node.mask)
      index += 1
      if child >= 0 { visit(Int(child), at: index, document, slots) }
      index = after(index, tape)
    }
  }

  private func find(
    _ key: UnsafeRawPointer, _ length: UInt32, _ edges: UnsafePointer<PathTrie.Edge>, _ mask: Int32
  ) -> Int32 {
    // The string buffer is padded, so eight bytes can be read of every text.
    var head = key.loadUnaligned(as: UInt64.self)
    if length < 8 { head &= (1 << (UInt64(length) * 8)) - 1 }
    var bucket = PathTrie.bucket(head: head, length: length, mask: mask)
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

  /// The tape index behind the value at `index`.
  private func after(_ index: Int, _ tape: UnsafePointer<UInt64>) -> Int {
    let word = tape[index]
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return Int(word & 0xFFFF_FFFF)
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"), UInt8(ascii: "x"):
      return index + 2
    default: return index + 1
    }
  }

  private func clear(_ node: PathTrie.Node, _ slots: UnsafeMutablePointer<Value>) {
    let below = trie.subtreeSlots.base + Int(node.subtree.first)
    for position in 0..<Int(node.subtree.count) { slots[Int(below[position])] = .missing }
  }

  /// What is below a value that is no object is absent, with what stands there instead.
  private func markBelow(
    _ node: PathTrie.Node, found value: Value, _ slots: UnsafeMutablePointer<Value>
  ) {
    let below = trie.subtreeSlots.base + Int(node.subtree.first)
    for position in 0..<Int(node.subtree.count) where below[position] != node.slot {
      slots[Int(below[position])] = .unknown(.wrongType, found: value.tag)
    }
  }
}
