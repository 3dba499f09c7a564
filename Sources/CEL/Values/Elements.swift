/// Goes over a list's elements or a map's entries, wherever they stand.
struct Elements {
  private let document: Document?
  private let memory: UnsafePointer<Value>?
  private let isMap: Bool
  /// On the tape an index, in memory the number of the element.
  private var position: Int
  private var rest: Int

  init(of container: Value, in document: Document?) {
    isMap = container.tag == .map
    if container.isOnTape {
      memory = nil
      position = Int(container.bits) + 1
      self.document = document
      rest = document == nil ? 0 : Int(container.length)
    } else {
      memory = UnsafePointer(bitPattern: UInt(container.bits))
      position = 0
      self.document = nil
      rest = Int(container.length)
    }
  }

  /// The next key (of a list: its element) and value.
  @inline(__always)
  mutating func next() -> (key: Value, value: Value)? {
    guard rest > 0 else { return nil }
    rest -= 1
    if let document {
      guard isMap else {
        let value = document.value(at: position)
        position = document.end(of: position)
        return (value, value)
      }
      let key = document.text(at: position)
      let value = document.value(at: position + 1)
      position = document.end(of: position + 1)
      return (key, value)
    }
    guard let memory else { return nil }
    defer { position += 1 }
    guard isMap else { return (memory[position], memory[position]) }
    return (memory[position * 2], memory[position * 2 + 1])
  }
}
