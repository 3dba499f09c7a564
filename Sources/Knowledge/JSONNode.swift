internal import CEL

/// A value of a parsed document, read where it stands.
///
/// Contacts are read by the million, so the words of the tape are looked at here and not by calls
/// into another module.
struct JSONNode: BitwiseCopyable {
  // Safety: the tape of a parsed document closes what it opens, every other word of a map is a
  // text, texts stand behind their lengths, and `index` is the place of a value.
  private let document: Document
  private let index: Int

  static var noBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

  init(_ document: Document, _ index: Int) {
    self.document = document
    self.index = index
  }

  private var word: UInt64 { document.tape[index] }
  private var tag: UInt8 { UInt8(truncatingIfNeeded: word >> 56) }

  var isObject: Bool { tag == UInt8(ascii: "{") }
  var isList: Bool { tag == UInt8(ascii: "[") }
  var isTrue: Bool { tag == UInt8(ascii: "t") }

  /// The bytes of a text; absent for anything else.
  var text: UnsafeRawBufferPointer? {
    guard tag == UInt8(ascii: "\"") else { return nil }
    let start = UnsafeRawPointer(document.strings) + Int(word & 0xFF_FFFF_FFFF_FFFF)
    let length = start.loadUnaligned(as: UInt32.self)
    return UnsafeRawBufferPointer(start: start + 4, count: Int(length))
  }

  var string: String? { text.map { String(decoding: $0, as: UTF8.self) } }

  /// A number or truth value as the API would write it into a field; absent for anything else.
  var writtenScalar: [UInt8]? {
    guard tag != UInt8(ascii: "n") else { return nil }
    let value = document.value(at: index)
    switch value.tag {
    case .int: return Array(String(value.int).utf8)
    case .double: return Array(String(value.double).utf8)
    case .bool: return Array((value.isTrue ? "true" : "false").utf8)
    default: return nil
    }
  }

  /// Where the next value begins.
  var end: Int {
    switch tag {
    case UInt8(ascii: "{"), UInt8(ascii: "["): Int(truncatingIfNeeded: word & 0xFFFF_FFFF)
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"), UInt8(ascii: "x"): index + 2
    default: index + 1
    }
  }

  /// The field of an object; of several of one name the last.
  subscript(key: StaticString) -> JSONNode? {
    var found: JSONNode?
    forEachEntry { name, value in
      if name == key { found = value }
    }
    return found
  }

  func forEachElement(_ body: (JSONNode) -> Void) {
    guard isList else { return }
    var element = JSONNode(document, index + 1)
    let end = end - 1
    while element.index < end {
      body(element)
      element = JSONNode(document, element.end)
    }
  }

  func forEachEntry(_ body: (_ key: UnsafeRawBufferPointer, _ value: JSONNode) -> Void) {
    guard isObject else { return }
    var key = JSONNode(document, index + 1)
    let end = end - 1
    while key.index < end, let name = key.text {
      let value = JSONNode(document, key.index + 1)
      body(name, value)
      key = JSONNode(document, value.end)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether these are the bytes of a constant.
  static func == (bytes: Self, text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { areEqual(UnsafeRawBufferPointer($0), bytes) }
  }
}
