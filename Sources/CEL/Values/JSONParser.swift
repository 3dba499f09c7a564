internal import CJSON
private import Glibc

/// A reused JSON parser of one thread; its documents are valid until the next parse.
///
/// It reads what RFC 8259 allows, and a number that no type holds as one that is unknown.
/// Repeated keys all stay in the document; the last one counts.
public struct JSONParser: ~Copyable {
  /// How many readable bytes must follow a text that is parsed where it stands.
  public static let padding = Int(CJSON_PADDING)

  // Safety: both are owned here and freed once; the buffer holds `capacity` bytes.
  private let parser: OpaquePointer?
  private let depthLimit: Int
  private var buffer: UnsafeMutableRawPointer?
  private var capacity = 0

  /// A parser for texts up to a size in bytes, nested at most so deep.
  public init(byteLimit: Int = 16 << 20, depthLimit: Int = 1_024) {
    self.depthLimit = depthLimit
    parser = cjson_parser_create(byteLimit, depthLimit)
  }

  deinit {
    cjson_parser_destroy(parser)
    buffer?.deallocate()
  }

  /// Why a text is no JSON value.
  public struct Failure: Error, Hashable {
    /// What kind of mistake it is.
    public enum Kind: Sendable {
      case empty, notUTF8, unclosedText, controlCharacter, badEscape, tooDeep, badNumber
      case badWord, truncated, badStructure, tooLong, outOfMemory
    }

    /// What kind of mistake it is.
    public var kind: Kind
  }

  /// Parses one JSON value where it stands; ``padding`` readable bytes must follow it.
  public func parse(_ text: UnsafeRawBufferPointer) throws(Failure) -> Document {
    var document = cjson_document()
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let error = cjson_parse(parser, bytes, text.count, &document)
    guard error == CJSON_OK, let tape = document.tape, let strings = document.strings else {
      throw Failure(kind: kind(of: error, in: text))
    }
    return Document(tape: tape, strings: strings)
  }

  /// Parses a copy of one JSON value, behind which nothing need be readable.
  public mutating func parseCopy(of text: UnsafeRawBufferPointer) throws(Failure) -> Document {
    let copy = paddedCopy(of: text)
    return try parse(copy)
  }

  /// A copy of a text that is followed by ``padding`` bytes, valid until the next one.
  package mutating func paddedCopy(of text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let room = makeRoom(for: text.count)
    copy(text, to: room)
    memset(room + text.count, 0, Self.padding)
    return UnsafeRawBufferPointer(start: room, count: text.count)
  }

  /// Indexes the keys of all maps of the document parsed last, for many look-ups.
  func index() -> UnsafePointer<cjson_entry>? { cjson_index(parser) }

  private mutating func makeRoom(for byteCount: Int) -> UnsafeMutableRawPointer {
    if let buffer, byteCount + Self.padding <= capacity { return buffer }
    buffer?.deallocate()
    capacity = (byteCount + Self.padding) * 2
    let room = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
    buffer = room
    return room
  }

  private func kind(of error: cjson_error, in text: UnsafeRawBufferPointer) -> Failure.Kind {
    switch error {
    case CJSON_EMPTY: .empty
    case CJSON_INVALID_UTF8: .notUTF8
    case CJSON_UNCLOSED_STRING: .unclosedText
    case CJSON_CONTROL_CHARACTER: .controlCharacter
    case CJSON_BAD_ESCAPE: .badEscape
    case CJSON_TOO_DEEP: .tooDeep
    case CJSON_BAD_NUMBER: .badNumber
    case CJSON_BAD_LITERAL: .badWord
    case CJSON_TOO_LONG: .tooLong
    case CJSON_NO_MEMORY: .outOfMemory
    default: structuralKind(in: text)
    }
  }

  /// Tells a text that was cut off from one that is wrong inside.
  private func structuralKind(in text: UnsafeRawBufferPointer) -> Failure.Kind {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    if let first = text.first(where: { $0 > UInt8(ascii: " ") }), letters ~= first | 0x20 {
      return .badWord
    }
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
    if depth > depthLimit { return .tooDeep }
    return depth > 0 || isInText ? .truncated : .badStructure
  }
}

extension JSONParser.Failure: CustomStringConvertible {
  /// A sentence for people, without a full stop.
  public var description: String {
    switch kind {
    case .empty: "no JSON: there is nothing here"
    case .notUTF8: "no JSON: the text is not UTF-8"
    case .unclosedText: "no JSON: a text has no closing quote"
    case .controlCharacter: "no JSON: a control character stands inside a text"
    case .badEscape: "no JSON: a text has a broken `\\` escape or half a surrogate pair"
    case .tooDeep: "no JSON: it is nested too deep"
    case .badNumber: "no JSON: a number is not written as JSON writes numbers"
    case .badWord: "no JSON: a word is neither true, false nor null"
    case .truncated: "no JSON: the text ends too early"
    case .badStructure: "no JSON: a bracket, comma or colon is missing or too many"
    case .tooLong: "the text is longer than allowed"
    case .outOfMemory: "there is not enough memory for this text"
    }
  }
}
