extension Document {
  /// The value that was parsed.
  package var root: Value { value(at: 1) }

  /// What a key of a map leads to; nothing where it lacks or the value is no map.
  package func member(_ name: StaticString, of map: Value) -> Value? {
    guard map.tag == .map, map.isOnTape else { return nil }
    let key = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return field(key, ofMapAt: Int(map.bits)).map { value(at: $0) }
  }

  /// The elements of a list; none where the value is no list.
  package func elements(of list: Value) -> [Value] {
    guard list.tag == .list, list.isOnTape else { return [] }
    var elements: [Value] = []
    elements.reserveCapacity(Int(list.length))
    var rest = Elements(of: list, in: self)
    while let element = rest.next() { elements.append(element.value) }
    return elements
  }
}

extension Value {
  /// The text, copied out of the document; nothing where the value is no text.
  package var ownedText: String? {
    tag == .text ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
