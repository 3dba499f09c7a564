extension TextFunction {
  static func replace(
    _ part: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer,
    by replacement: UnsafeRawBufferPointer, atMost limit: Int?, _ scratch: inout Scratch
  ) -> Value {
    var left = limit.flatMap { $0 < 0 ? nil : $0 } ?? .max
    var result: [UInt8] = []
    var position = 0
    // An empty part stands before every code point and at the end.
    while left > 0, position <= text.count, let found = find(part, in: text, from: position) {
      result += text[position..<found]
      result += replacement
      scratch.cost -= found - position + replacement.count
      guard scratch.cost >= 0 else { return .unknown(.cost) }
      position = found + part.count
      left -= 1
      guard part.isEmpty else { continue }
      guard position < text.count else { return scratch.makeText(result) }
      let length = Text.length(ofScalarAt: position, in: text)
      result += text[position..<position + length]
      position += length
    }
    result += text[position...]
    return scratch.makeText(result)
  }

  static func split(
    _ text: Value, at separator: UnsafeRawBufferPointer, into limit: Int?,
    _ scratch: inout Scratch
  ) -> Value {
    let limit = limit.flatMap { $0 < 0 ? nil : $0 } ?? .max
    guard limit > 0 else { return scratch.makeList([]) }
    let bytes = text.bytes
    var parts: [Value] = []
    var position = 0
    while parts.count + 1 < limit {
      if separator.isEmpty {
        guard position < bytes.count else { break }
        let next = position + Text.length(ofScalarAt: position, in: bytes)
        if next >= bytes.count { break }
        parts.append(text.part(position..<next))
        position = next
      } else {
        guard let found = find(separator, in: bytes, from: position) else { break }
        parts.append(text.part(position..<found))
        position = found + separator.count
      }
    }
    if !(separator.isEmpty && bytes.isEmpty) { parts.append(text.part(position..<bytes.count)) }
    scratch.cost -= parts.count
    return scratch.makeList(parts)
  }

  static func join(
    _ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch
  ) -> Value {
    guard arguments[0].tag == .list else { return .noOverload(arguments[0]) }
    var separator: [UInt8] = []
    if arguments.count > 1 {
      guard arguments[1].tag == .text else { return .noOverload(arguments[1]) }
      separator = Array(arguments[1].bytes)
    }
    var result: [UInt8] = []
    var elements = Elements(of: arguments[0], in: scratch.document)
    var isFirst = true
    while let element = elements.next()?.value {
      guard element.tag == .text else {
        return element.tag == .unknown ? element : .noOverload(element)
      }
      scratch.cost -= Int(element.length) + separator.count + 1
      guard scratch.cost >= 0 else { return .unknown(.cost) }
      if !isFirst { result += separator }
      isFirst = false
      result += element.bytes
    }
    return scratch.makeText(result)
  }
}
