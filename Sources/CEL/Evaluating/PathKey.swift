/// A path that is looked up when it is read.
struct PathRow: BitwiseCopyable {
  /// Of its variable.
  var slot: Int32
  /// Its keys stand in a row in the table of keys.
  var firstKey: Int32
  var keyCount: Int32
}

/// One key of a path, ready to be compared with the keys of a document.
struct PathKey: BitwiseCopyable {
  /// What stands before and at the start of an equal text in a document: its length in 32 bits
  /// and, masked, its first four bytes.
  private let head: UInt64
  private let mask: UInt64
  /// The key as a text in the program's memory.
  let text: Value

  init(_ text: Value) {
    self.text = text
    var head = UInt64(text.length)
    var mask: UInt64 = 0xFFFF_FFFF
    for (place, byte) in text.bytes.prefix(4).enumerated() {
      let shift = UInt64(32 + place * 8)
      head |= UInt64(byte) << shift
      mask |= 0xFF << shift
    }
    self.head = head
    self.mask = mask
  }

  /// Whether the text at an offset of a document's strings is this key.
  @inline(__always)
  func stands(at entry: UnsafePointer<UInt8>) -> Bool {
    let found = UnsafeRawPointer(entry).loadUnaligned(as: UInt64.self)
    guard (found ^ head) & mask == 0 else { return false }
    guard text.length > 4 else { return true }
    let rest = UnsafeRawBufferPointer(start: entry + 8, count: Int(text.length) - 4)
    return areEqual(rest, UnsafeRawBufferPointer(rebasing: text.bytes[4...]))
  }
}

extension Document {
  /// The tape index of a field's value; of several fields of one name the last counts.
  @inline(__always)
  func field(_ key: PathKey, ofMapAt index: Int) -> Int? {
    var position = index + 1
    let last = end(of: index) - 1
    var found = 0
    while position < last {
      if key.stands(at: strings + Int(tape[position] & 0xFF_FFFF_FFFF_FFFF)) {
        found = position + 1
      }
      position = end(of: position + 1)
    }
    return found == 0 ? nil : found
  }

  /// How many entries the map at a tape index has; large maps count as 2²⁴.
  @inline(__always)
  func entryCount(ofMapAt index: Int) -> Int { Int(tape[index] >> 32 & 0xFF_FFFF) }
}

extension Machine {
  /// Pushes what a slot of the path would hold.
  @inline(__always)
  mutating func pushPath(_ word: Instruction, _ scratch: inout Scratch) {
    let row = header.pointee.paths.start[Int(word.argument)]
    let root = slots[Int(row.slot)]
    let keys = header.pointee.pathKeys.start + Int(row.firstKey)
    guard root.tag == .map, root.isOnTape, let document = scratch.document else {
      pushPathInMemory(word, root, keys, Int(row.keyCount), &scratch)
      return
    }
    var index = Int(root.bits)
    for step in 0..<Int(row.keyCount) {
      guard document.tag(at: index) == Document.Word.openMap else {
        push(.missing)
        failOnPath(.wrongType, word, found: document.value(at: index).tag)
        return
      }
      scratch.cost -= document.entryCount(ofMapAt: index)
      guard let found = document.field(keys[step], ofMapAt: index) else {
        push(.missing)
        failOnPath(.missing, word)
        return
      }
      index = found
    }
    push(document.value(at: index))
    if top.pointee.tag == .unknown { markSlot(word) }
  }

  @inline(never)
  private mutating func pushPathInMemory(
    _ word: Instruction, _ root: Value, _ keys: UnsafePointer<PathKey>, _ keyCount: Int,
    _ scratch: inout Scratch
  ) {
    push(root)
    for step in 0..<keyCount where top.pointee.tag != .missing && top.pointee.tag != .unknown {
      guard top.pointee.tag == .map else {
        failOnPath(.wrongType, word, found: top.pointee.tag)
        return
      }
      top.pointee = scratch.value(of: keys[step].text, in: top.pointee) ?? .missing
    }
    if top.pointee.tag == .missing {
      failOnPath(.missing, word)
    } else if top.pointee.tag == .unknown {
      markSlot(word)
    }
  }
}
