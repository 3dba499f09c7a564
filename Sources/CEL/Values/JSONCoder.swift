/// Turns bytes into values and back; its memory is used again.
package struct JSONCoder: ~Copyable {
  private var parser: JSONParser
  private var scratch = Scratch()

  /// A coder for texts up to a size.
  package init(byteLimit: Int = 64 << 20) {
    parser = JSONParser(byteLimit: byteLimit, depthLimit: 32)
  }

  package mutating func value(
    of bytes: UnsafeRawBufferPointer
  ) throws(JSONParser.Failure) -> Literal {
    let document = try parser.parseCopy(of: bytes)
    scratch.document = document
    defer { scratch.document = nil }
    return scratch.literal(of: document.value(at: 1)) ?? .null
  }

  package mutating func bytes(of value: Literal) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(scratch.makeValue(value), of: scratch)
    scratch.reset()
    return writer.bytes
  }
}

extension Literal {
  /// The value of a key; of several the last counts.
  package subscript(key: String) -> Literal? {
    guard case .map(let entries) = self else { return nil }
    return entries.last { $0.key.text == key }?.value
  }

  /// The entries of an object.
  package var entries: [(key: String, value: Literal)]? {
    guard case .map(let entries) = self else { return nil }
    return entries.map { ($0.key.text ?? "", $0.value) }
  }

  package var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var items: [Literal]? {
    guard case .list(let items) = self else { return nil }
    return items
  }

  /// The texts of a list that holds nothing else.
  package var texts: [String]? {
    guard let items else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }

  package var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }

  package static func texts(_ texts: [String]) -> Literal { .list(texts.map { .string($0) }) }

  package static func object(_ entries: [(key: String, value: Literal)]) -> Literal {
    .map(entries.map { (.string($0.key), $0.value) })
  }
}
