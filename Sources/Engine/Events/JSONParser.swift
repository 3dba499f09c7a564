private import CJSON
import CEL

/// One reused simdjson parser; its documents are valid until the next parse.
struct JSONParser: ~Copyable {
  private let parser: OpaquePointer?

  /// A parser for texts up to a size, nested at most 1,024 deep.
  init(byteLimit: Int) {
    parser = cjson_parser_create(byteLimit, 1024)
  }

  deinit { cjson_parser_destroy(parser) }

  /// Why a text is no event.
  struct Failure: Error {
    /// A sentence without a full stop.
    var cause: String
  }

  /// Parses one JSON value; 64 readable bytes must follow it.
  func parse(_ text: UnsafeRawBufferPointer) throws(Failure) -> Document {
    var document = cjson_document()
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let error = cjson_parse(parser, bytes, text.count, &document)
    guard error == CJSON_OK, let tape = document.tape, let strings = document.strings else {
      throw Failure(cause: Self.cause(of: error, in: text))
    }
    return Document(tape: tape, strings: strings)
  }

  private static func cause(of error: cjson_error, in text: UnsafeRawBufferPointer) -> String {
    switch error {
    case CJSON_EMPTY: "no JSON: there is nothing here"
    case CJSON_INVALID_UTF8: "no JSON: the text is not UTF-8"
    case CJSON_UNCLOSED_STRING: "no JSON: a text has no closing quote"
    case CJSON_CONTROL_CHARACTER: "no JSON: a control character stands inside a text"
    case CJSON_BAD_ESCAPE: "no JSON: a text has a broken `\\` escape or half a surrogate pair"
    case CJSON_TOO_DEEP: "no JSON: it is nested more than 1,024 deep"
    case CJSON_BAD_NUMBER: "no JSON: a number is not written as JSON writes numbers"
    case CJSON_BAD_LITERAL: "no JSON: a word is neither true, false nor null"
    case CJSON_TOO_LONG: "the event is longer than `--max-event`"
    case CJSON_NO_MEMORY: "there is not enough memory for this event"
    default: structuralCause(in: text)
    }
  }

  /// Tells a text that was cut off from one that is wrong inside.
  private static func structuralCause(in text: UnsafeRawBufferPointer) -> String {
    var depth = 0
    var isInText = false
    var isEscaped = false
    for byte in text {
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
    if depth > 1024 { return "no JSON: it is nested more than 1,024 deep" }
    if depth > 0 || isInText { return "no JSON: the text ends too early" }
    return "no JSON: a bracket, comma or colon is missing or too many"
  }
}

/// A fixed 64-bit hash of bytes, the same on every machine and run.
func stableHash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  cjson_hash(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
}

/// Whether `needle` occurs in `text`.
func contains(
  _ text: UnsafeRawPointer, _ length: Int, _ needle: UnsafePointer<UInt8>, _ needleLength: Int
) -> Bool {
  cjson_contains(text.assumingMemoryBound(to: UInt8.self), length, needle, needleLength) != 0
}

/// Writes a finite double as the shortest decimal that reads back the same, never with an exponent.
func printDouble(_ value: Double, into buffer: UnsafeMutablePointer<UInt8>) -> Int {
  cjson_print_double(value, buffer)
}
