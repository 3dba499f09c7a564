internal import CJSON

/// The keys that a program looks up: as texts, and ready to be compared with those of a document.
struct KeyTable: ~Copyable {
  private(set) var texts = FlatTable<Value>()
  private(set) var keys = FlatTable<cjson_key>()

  /// Adds a text of the program's memory and returns its number.
  mutating func append(_ text: Value) -> Int {
    texts.append(text)
    let bytes = text.bytes.bindMemory(to: UInt8.self)
    keys.append(cjson_key_create(bytes.baseAddress, text.length))
    return texts.count - 1
  }

  mutating func append(contentsOf other: borrowing KeyTable) {
    texts.append(contentsOf: other.texts)
    keys.append(contentsOf: other.keys)
  }
}

/// A path that is looked up when it is read.
struct PathRow: BitwiseCopyable {
  /// Of its variable: a slot, or the place of a macro's variable on the stack.
  var root: Int32
  /// Its keys stand in a row in the table of keys.
  var firstKey: Int32
  var keyCount: UInt32
}

extension Document {
  /// Follows keys from the value at a tape index.
  @inline(__always)
  func find(
    _ keys: UnsafePointer<cjson_key>, _ count: UInt32, from start: Int
  ) -> cjson_place {
    cjson_find(cjson_document(tape: tape, strings: strings), index, start, keys, count)
  }
}

extension Machine {
  /// Pushes what a slot of the path would hold.
  @inline(__always)
  mutating func pushPath(
    from roots: UnsafeMutablePointer<Value>, _ word: Instruction, _ scratch: inout Scratch
  ) {
    let row = header.pointee.paths.start[Int(word.argument)]
    push(roots[Int(row.root)])
    guard follow(Int(row.firstKey), row.keyCount, word, &scratch) else { return }
    if top.pointee.tag == .unknown { markSlot(word) }
  }

  /// Replaces the top by what keys of the table lead to from there, or by an unknown.
  ///
  /// - Returns: whether they led to a value.
  @inline(__always)
  mutating func follow(
    _ firstKey: Int, _ count: UInt32, _ word: Instruction, _ scratch: inout Scratch
  ) -> Bool {
    let root = top.pointee
    guard root.tag == .map, root.isOnTape, let document = scratch.document else {
      return followInMemory(firstKey, Int(count), word, &scratch)
    }
    let keys = header.pointee.keys.keys.start + firstKey
    let place = document.find(keys, count, from: Int(root.bits))
    scratch.cost &-= Int(place.visited)
    if place.steps == count {
      top.pointee = document.value(at: place.index)
      return true
    }
    if place.index == 0 {
      failOnPath(.missing, word)
    } else {
      failOnPath(.wrongType, word, found: document.value(at: place.index).tag)
    }
    return false
  }

  /// Whether a map on the tape has a key of the table.
  mutating func holds(_ key: Int, _ map: Value, _ scratch: inout Scratch) -> Bool {
    guard let document = scratch.document else { return false }
    let keys = header.pointee.keys.keys.start + key
    let place = document.find(keys, 1, from: Int(map.bits))
    scratch.cost &-= Int(place.visited)
    return place.steps == 1
  }

  @inline(never)
  private mutating func followInMemory(
    _ firstKey: Int, _ count: Int, _ word: Instruction, _ scratch: inout Scratch
  ) -> Bool {
    for step in firstKey..<firstKey + count {
      let owner = top.pointee
      switch owner.tag {
      case .map:
        guard let value = scratch.value(of: header.pointee.keys.texts.start[step], in: owner) else {
          failOnPath(.missing, word)
          return false
        }
        top.pointee = value
      case .missing:
        failOnPath(.missing, word)
        return false
      case .unknown:
        markSlot(word)
        return false
      default:
        failOnPath(.wrongType, word, found: owner.tag)
        return false
      }
    }
    return true
  }
}
