private import CJSON

/// Writes values as JSON text into memory that is used again.
///
/// What JSON has no form for is written as text: timestamps as RFC 3339 in UTC, durations as
/// seconds (`5400s`), bytes as base64, types by their names, numbers that are none as `NaN`,
/// `Infinity` and `-Infinity`; so are keys of maps. A double keeps a `.0` or an exponent, so that
/// it reads back as a double. An optional is its value or null, and an unknown is null.
public struct JSONWriter: Sendable {
  /// What was written.
  public var bytes: [UInt8] = []
  /// The first unknown that was written as null; set it to nil to look for the next.
  public var firstUnknown: Value?

  /// Where the text of the current value must end.
  private var endLimit = Int.max

  /// A writer without any text.
  public init() {}

  /// How a value is written.
  public enum Form: Sendable {
    case json
    /// As JSON, but what JSON writes as a text stands without quotes and escapes.
    case raw
  }

  /// Appends a value on one line; a raw text may have several.
  ///
  /// A value that an expression made of so many references to the same parts that its text would
  /// take more than ``lengthLimit`` bytes is unknown because of its cost.
  ///
  /// - Parameters:
  ///   - value: what to write, made in `scratch` or read from its document.
  ///   - form: how.
  ///   - scratch: where the value stands.
  public mutating func write(_ value: Value, as form: Form = .json, of scratch: borrowing Scratch) {
    let start = bytes.count
    let unknownBefore = firstUnknown
    // What stands in the document is no larger than the document.
    let isBounded = value.isOnTape && (value.tag == .list || value.tag == .map)
    endLimit = isBounded ? .max : start + JSONWriter.lengthLimit
    switch form {
    case .json: write(value, in: scratch.document)
    case .raw: writeRaw(value, in: scratch.document)
    }
    guard isOverLimit else { return }
    bytes.removeLast(bytes.count - start)
    firstUnknown = unknownBefore
    write(.unknown(.cost), in: nil)
  }

  /// The longest text of a value that an expression made.
  public static let lengthLimit = 64 << 20

  private var isOverLimit: Bool { bytes.count > endLimit }

  /// Appends a part of a document as JSON on one line.
  package mutating func write(_ part: Value, of document: Document) {
    endLimit = .max
    write(part, in: document)
  }

  private mutating func write(_ value: Value, in document: Document?) {
    switch value.tag {
    case .null: append("null")
    case .missing, .unknown:
      if firstUnknown == nil { firstUnknown = value }
      append("null")
    case .bool: append(value.bits == 1 ? "true" : "false")
    case .int, .uint: appendNumber(value)
    case .double where value.double.isFinite: appendDouble(value)
    case .text: appendText(value.bytes)
    case .list: appendList(value, document)
    case .map: appendMap(value, document)
    case .optional:
      if let inner = value.pointee { write(inner, in: document) } else { append("null") }
    case .double, .bytes, .timestamp, .duration, .type:
      bytes.append(UInt8(ascii: "\""))
      writeText(of: value)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private mutating func writeRaw(_ value: Value, in document: Document?) {
    switch value.tag {
    case .text: bytes.append(contentsOf: value.bytes)
    case .bytes, .timestamp, .duration, .type: writeText(of: value)
    case .double where !value.double.isFinite: writeText(of: value)
    case .optional:
      if let inner = value.pointee { writeRaw(inner, in: document) } else { append("null") }
    case .null, .bool, .int, .uint, .double, .list, .map, .missing, .unknown:
      write(value, in: document)
    }
  }

  /// Appends what stands between the quotes for a value that is no text; it needs no escapes.
  private mutating func writeText(of value: Value) {
    switch value.tag {
    case .bytes where value.isAddress: append(Address(value).description)
    case .bytes: Base64.encode(value.bytes, into: &bytes)
    case .timestamp:
      append(TimeText.timestamp(seconds: value.int, nanoseconds: value.length))
    case .duration: append(TimeText.duration(value.int))
    case .type: append(TypeNames.all[Int(value.bits)])
    case .bool, .int, .uint, .double, .null, .text, .list, .map, .optional, .missing, .unknown:
      appendNumber(value)
    }
  }

  private mutating func appendList(_ list: Value, _ document: Document?) {
    bytes.append(UInt8(ascii: "["))
    var elements = Elements(of: list, in: document)
    var isFirst = true
    while !isOverLimit, let element = elements.next() {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      write(element.value, in: document)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func appendMap(_ map: Value, _ document: Document?) {
    bytes.append(UInt8(ascii: "{"))
    var entries = Elements(of: map, in: document)
    var isFirst = true
    while !isOverLimit, let entry = entries.next() {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      if entry.key.tag == .text {
        appendText(entry.key.bytes)
      } else {
        bytes.append(UInt8(ascii: "\""))
        write(entry.key, in: document)
        bytes.append(UInt8(ascii: "\""))
      }
      bytes.append(UInt8(ascii: ":"))
      write(entry.value, in: document)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func appendText(_ text: UnsafeRawBufferPointer) {
    bytes.append(UInt8(ascii: "\""))
    var rest = text
    while let start = rest.baseAddress, rest.count > 0 {
      let plain = cjson_plain_length(start.assumingMemoryBound(to: UInt8.self), rest.count)
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[..<plain]))
      guard plain < rest.count else { break }
      appendEscape(of: rest[plain])
      rest = UnsafeRawBufferPointer(rebasing: rest[(plain + 1)...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(of byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(#"\""#)
    case UInt8(ascii: "\\"): append(#"\\"#)
    case UInt8(ascii: "\n"): append(#"\n"#)
    case UInt8(ascii: "\r"): append(#"\r"#)
    case UInt8(ascii: "\t"): append(#"\t"#)
    default:
      append(byte < 16 ? #"\u000"# : #"\u00"#)
      append(String(byte, radix: 16))
    }
  }

  private mutating func appendNumber(_ value: Value) {
    withUnsafeTemporaryAllocation(byteCount: NumberText.capacity, alignment: 1) { buffer in
      let count = NumberText.write(value, to: buffer)
      bytes.append(contentsOf: UnsafeRawBufferPointer(buffer)[..<count])
    }
  }

  /// Plain digits where they are not many, else an exponent.
  private mutating func appendDouble(_ value: Value) {
    let magnitude = abs(value.double)
    guard magnitude == 0 || (1e-7..<1e21).contains(magnitude) else { return appendNumber(value) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 400) { buffer in
      guard let start = buffer.baseAddress else { return }
      let count = cjson_print_double(value.double, start)
      let digits = UnsafeBufferPointer(start: start, count: count)
      bytes.append(contentsOf: digits)
      if !digits.contains(UInt8(ascii: ".")) { append(".0") }
    }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension Activation {
  /// Appends a value that ``evaluate(_:)`` gave, before anything else is evaluated.
  ///
  /// - Parameters:
  ///   - value: the result.
  ///   - form: how it is written.
  ///   - writer: what it is appended to.
  public func write(
    _ value: Value, as form: JSONWriter.Form = .json, to writer: inout JSONWriter
  ) {
    writer.write(value, as: form, of: scratch)
  }
}
