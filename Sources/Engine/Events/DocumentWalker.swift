import CEL

#if canImport(Glibc)
  import Glibc
#endif

/// A key of at most eight bytes, and the node it leads to; -1 where no rule reads it.
struct Guess: BitwiseCopyable {
  /// Keys of one object that are guessed.
  static let perNode = 32

  var head: UInt64
  var length: UInt32
  var child: Int32
}

/// Fills the slots of an event in one pass over its tape.
struct DocumentWalker: ~Copyable {
  private let trie: PathTrie
  private let nodes: UnsafePointer<PathTrie.Node>
  private let buckets: UnsafePointer<PathTrie.Edge>
  /// For each node the last event that met it: a second meeting is a repeated key.
  private let metRoom: Room<UInt32>
  private let met: UnsafeMutablePointer<UInt32>
  /// Of each node what its keys were in the event before, in their order: the next one has mostly the same.
  private let guessRoom: Room<Guess>
  private let guesses: UnsafeMutablePointer<Guess>
  private var event: UInt32 = 0
  /// Whether the last event had a key twice that rules read.
  private(set) var foundRepeatedKey = false

  init(_ trie: PathTrie) {
    self.trie = trie
    nodes = trie.nodes.base
    buckets = trie.buckets.base
    metRoom = Room(trie.nodes.count, filledWith: 0)
    met = metRoom.base
    guessRoom = Room(
      trie.nodes.count * Guess.perNode, filledWith: Guess(head: 0, length: .max, child: -1))
    guesses = guessRoom.base
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
      walk(node, number, at: index, document, slots)
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
    _ node: PathTrie.Node, _ number: Int, at start: Int, _ document: Document,
    _ slots: UnsafeMutablePointer<Value>
  ) {
    let tape = document.tape
    let strings = UnsafeRawPointer(document.strings)
    let end = Int(tape[start] & 0xFFFF_FFFF) - 1
    let edges = buckets + Int(node.firstBucket)
    let mask = node.mask
    var guess = guesses + number * Guess.perNode
    let lastGuess = guess + (Guess.perNode - 1)
    var index = start + 1
    while index < end {
      let key = strings + Int(tape[index] & 0xFF_FFFF_FFFF_FFFF)
      let word = tape[index + 1]
      let length = key.loadUnaligned(as: UInt32.self)
      // The string buffer is padded, so eight bytes can be read of every text.
      let gap = UInt64(8 &- Int(min(length, 8))) &* 8
      let head = ((key + 4).loadUnaligned(as: UInt64.self) &<< gap) &>> gap
      var child = guess.pointee.child
      if guess.pointee.head != head || guess.pointee.length != length {
        child = find(key + 4, length, length > 0 ? head : 0, edges, mask)
        // Of longer keys the head would not tell all.
        if length > 0, length <= 8 {
          guess.pointee = Guess(head: head, length: length, child: child)
        }
      }
      if guess < lastGuess { guess += 1 }
      index += 1
      if child >= 0 { visit(Int(child), at: index, document, slots) }
      // Numbers take two words, containers as many as they say.
      let tag = UInt8(truncatingIfNeeded: word >> 56)
      if tag == UInt8(ascii: "{") || tag == UInt8(ascii: "[") {
        index = Int(word & 0xFFFF_FFFF)
      } else {
        let isNumber =
          tag == UInt8(ascii: "l") || tag == UInt8(ascii: "u") || tag == UInt8(ascii: "d")
          || tag == UInt8(ascii: "x")
        index += isNumber ? 2 : 1
      }
    }
  }

  private func find(
    _ key: UnsafeRawPointer, _ length: UInt32, _ head: UInt64,
    _ edges: UnsafePointer<PathTrie.Edge>, _ mask: Int32
  ) -> Int32 {
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
