/// JSON on several lines, as it was written otherwise.
enum PrettyJSON {
  /// Breaks and indents a text; one that is no JSON stays readable, whatever it is.
  static func text(of json: [UInt8]) -> String {
    var output: [UInt8] = []
    var depth = 0
    var isInString = false
    var isEscaped = false
    func newLine() {
      output.append(UInt8(ascii: "\n"))
      output += repeatElement(UInt8(ascii: " "), count: min(depth, 40) * 2)
    }
    for (index, byte) in json.enumerated() {
      if isInString {
        output.append(byte)
        isInString = byte != UInt8(ascii: "\"") || isEscaped
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        output.append(byte)
        isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        output.append(byte)
        depth += 1
        let next = json[(index + 1)...].first { !$0.isBlank }
        if next != UInt8(ascii: "}"), next != UInt8(ascii: "]") { newLine() }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth = max(0, depth - 1)
        let last = output.last { !$0.isBlank }
        if last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { newLine() }
        output.append(byte)
      case UInt8(ascii: ","):
        output.append(byte)
        newLine()
      case UInt8(ascii: ":"): output += [byte, UInt8(ascii: " ")]
      case _ where byte.isBlank: break
      default: output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
