internal import CEL

/// A value of a parsed document, read where it stands.
struct JSONNode {
  private let document: Document
  private let index: Int
  private let value: Value

  static var noBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

  init(_ document: Document, _ index: Int) {
    self.document = document
    self.index = index
    value = document.value(at: index)
  }

  var isObject: Bool { value.tag == .map }
  var isList: Bool { value.tag == .list }
  var isTrue: Bool { value.isTrue }

  /// The bytes of a text; absent for anything else.
  var text: UnsafeRawBufferPointer? { value.tag == .text ? value.bytes : nil }

  var string: String? { text.map { String(decoding: $0, as: UTF8.self) } }

  /// A text, or a number or truth value as the API would write it into a field.
  var written: [UInt8]? {
    switch value.tag {
    case .text: Array(value.bytes)
    case .int: Array(String(value.int).utf8)
    case .double: Array(String(value.double).utf8)
    case .bool: Array((value.isTrue ? "true" : "false").utf8)
    default: nil
    }
  }

  /// The field of an object; of several of one name the last.
  subscript(key: StaticString) -> JSONNode? {
    var found: JSONNode?
    forEachEntry { name, value in
      guard let text = name.text, text.count == key.utf8CodeUnitCount else { return }
      if key.withUTF8Buffer({ areEqual(UnsafeRawBufferPointer($0), text) }) { found = value }
    }
    return found
  }

  func forEachElement(_ body: (JSONNode) -> Void) {
    guard isList else { return }
    var position = index + 1
    let end = document.end(of: index) - 1
    while position < end {
      body(JSONNode(document, position))
      position = document.end(of: position)
    }
  }

  func forEachEntry(_ body: (JSONNode, JSONNode) -> Void) {
    guard isObject else { return }
    var position = index + 1
    let end = document.end(of: index) - 1
    while position < end {
      body(JSONNode(document, position), JSONNode(document, position + 1))
      position = document.end(of: position + 1)
    }
  }
}
