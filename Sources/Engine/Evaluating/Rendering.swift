import CEL
import Contacts
import Knowledge

/// What became of one value.
enum Rendered {
  /// Bytes in the log, or, without holes, among the program's constants.
  case text(TextRange, isConstant: Bool)
  /// A hole was unknown, null or blank.
  case skipped
  case refused(Refusal)
}

extension EventEvaluator {
  /// Renders a template in the form the API keeps for what `kind` writes, into the log.
  mutating func render(
    _ number: Int32, as kind: MutationKind?, type: FieldType?, buffer: inout [UInt8],
    into log: inout Log
  ) -> Rendered {
    let template = program.templates.base[Int(number)]
    let parts = program.parts.base + Int(template.parts.first)
    if template.isConstant {
      let text = parts[0].text
      return .text(TextRange(offset: text.offset, length: text.length), isConstant: true)
    }
    let start = log.bytes.count
    for index in 0..<Int(template.parts.count) {
      switch append(parts[index], to: &log.bytes) {
      case .text: continue
      case .skipped:
        log.bytes.removeAll(behind: start)
        return .skipped
      case .refused(let refusal):
        log.bytes.removeAll(behind: start)
        return .refused(refusal)
      }
    }
    let written = log.bytes.bytes(from: start)
    if template.form.isSeen(in: written) { return .text(log.range(from: start), isConstant: false) }
    buffer.removeAll(keepingCapacity: true)
    let refusal = program.profile.normalize(written, as: kind, type: type, into: &buffer)
    log.bytes.removeAll(behind: start)
    if let refusal { return .refused(refusal) }
    buffer.withUnsafeBytes { log.bytes.append($0) }
    return .text(log.range(from: start), isConstant: false)
  }

  private enum Appended {
    case text, skipped
    case refused(Refusal)
  }

  private mutating func append(_ part: TemplatePart, to buffer: inout Column<UInt8>) -> Appended {
    let value: Value
    switch part.kind {
    case .text:
      let start = program.constants.base + Int(part.text.offset)
      buffer.append(UnsafeRawBufferPointer(start: start, count: Int(part.text.length)))
      return .text
    case .slot: value = slots[Int(part.number)]
    case .program: value = self.value(of: part.number)
    }
    switch value.tag {
    case .text:
      let text = value.bytes
      guard let first = text.first, first.isVisible || !UTF8Text.isBlank(text) else {
        return .skipped
      }
      buffer.append(text)
    case .missing, .unknown, .null: return .skipped
    case .optional, .list, .map, .bytes, .duration, .type: return .refused(.notText)
    case .bool: appendText(value.bits == 1 ? "true" : "false", to: &buffer)
    case .int: appendDecimal(value.int, to: &buffer)
    case .uint: appendText(String(value.bits), to: &buffer)
    case .double:
      guard value.double.isFinite else { return .refused(.notANumber) }
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 400) { room in
        guard let base = room.baseAddress else { return }
        let count = printDouble(value.double, into: base)
        buffer.append(UnsafeRawBufferPointer(start: base, count: count))
      }
    case .timestamp: appendTimestamp(value, to: &buffer)
    }
    return .text
  }
}

extension UInt8 {
  /// Whether it is a character of ASCII that leaves a mark.
  fileprivate var isVisible: Bool { self > 0x20 && self < 0x7F }
}

/// Appends a whole number in decimal.
func appendDecimal(_ number: Int64, to buffer: inout Column<UInt8>) {
  if number < 0 { buffer.append(UInt8(ascii: "-")) }
  var rest = number.magnitude
  let start = buffer.count
  repeat {
    buffer.append(UInt8(ascii: "0") + UInt8(rest % 10))
    rest /= 10
  } while rest > 0
  var digits = UnsafeMutableBufferPointer(start: buffer.base + start, count: buffer.count - start)
  digits.reverse()
}

private func appendText(_ text: String, to buffer: inout Column<UInt8>) {
  for byte in text.utf8 { buffer.append(byte) }
}

/// Appends a timestamp as RFC 3339 in UTC, with as many digits of a fraction as it has.
private func appendTimestamp(_ value: Value, to buffer: inout Column<UInt8>) {
  let seconds = value.int
  let days = Int(seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400))
  let time = Int(seconds) - days * 86_400
  let date = CivilDate(daysSinceEpoch: days)
  append(date.year, digits: 4, to: &buffer)
  buffer.append(UInt8(ascii: "-"))
  append(date.month, digits: 2, to: &buffer)
  buffer.append(UInt8(ascii: "-"))
  append(date.day, digits: 2, to: &buffer)
  buffer.append(UInt8(ascii: "T"))
  append(time / 3600, digits: 2, to: &buffer)
  buffer.append(UInt8(ascii: ":"))
  append(time / 60 % 60, digits: 2, to: &buffer)
  buffer.append(UInt8(ascii: ":"))
  append(time % 60, digits: 2, to: &buffer)
  if value.length > 0 {
    buffer.append(UInt8(ascii: "."))
    append(Int(value.length), digits: 9, to: &buffer)
    while buffer[buffer.count - 1] == UInt8(ascii: "0") {
      buffer.removeAll(behind: buffer.count - 1)
    }
  }
  buffer.append(UInt8(ascii: "Z"))
}

private func append(_ number: Int, digits: Int, to buffer: inout Column<UInt8>) {
  var divisor = 1
  for _ in 1..<digits { divisor *= 10 }
  while divisor > 0 {
    buffer.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
    divisor /= 10
  }
}
