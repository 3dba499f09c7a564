import Contacts
import NIOCore

/// The first lines of a request, read; its `request` still lacks the body.
struct RequestHead {
  /// How the end of the body is known.
  enum Framing: Equatable {
    case none
    case length(Int)
    case chunks
  }

  private(set) var request: APIRequest
  private(set) var framing = Framing.none
  private(set) var persistence: Persistence
  private(set) var expectsContinue = false

  /// Reads a whole head, including the empty line behind it.
  init(_ bytes: ByteBufferView) throws(RequestRefusal) {
    var rest = bytes
    let words = RequestHead.nextLine(&rest).split(
      separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3, !words[0].isEmpty, words[0].allSatisfy(\.isToken),
      !words[1].isEmpty, words[1].allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { throw .malformed("the first line is not `METHOD TARGET HTTP/1.1`") }
    request = APIRequest(
      method: String(wire: words[0]), target: String(wire: words[1]))
    let isCurrent = words[2].elementsEqual("HTTP/1.1".utf8)
    guard isCurrent || words[2].elementsEqual("HTTP/1.0".utf8) else {
      throw words[2].starts(with: "HTTP/".utf8)
        ? .version : .malformed("the first line is not `METHOD TARGET HTTP/1.1`")
    }
    persistence = isCurrent ? .keptOpen : .closed
    while true {
      let line = RequestHead.nextLine(&rest)
      if line.isEmpty { break }
      request.headers.append(try RequestHead.header(line))
    }
    for header in request.headers { try apply(header) }
    if framing == .chunks, !isCurrent { throw .transferCoding }
  }

  /// What a header means for the connection itself.
  private mutating func apply(_ header: APIHeader) throws(RequestRefusal) {
    if header.isNamed("content-length") {
      let digits = header.value.utf8
      guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else {
        throw .malformed("Content-Length is not a number")
      }
      guard let count = Int(header.value) else { throw .bodyTooLong }
      guard framing == .none || framing == .length(count) else {
        throw .malformed("the body has two lengths")
      }
      framing = .length(count)
    } else if header.isNamed("transfer-encoding") {
      guard header.value.lowercased() == "chunked" else { throw .transferCoding }
      guard framing == .none else { throw .malformed("the body has two lengths") }
      framing = .chunks
    } else if header.isNamed("connection") {
      let words = header.value.lowercased().split(separator: ",").map(\.trimmed)
      if words.contains("close") {
        persistence = .closed
      } else if words.contains("keep-alive") {
        persistence = .keptOpen
      }
    } else if header.isNamed("expect"), header.value.lowercased() == "100-continue" {
      expectsContinue = true
    }
  }

  private static func header(_ line: ByteBufferView) throws(RequestRefusal) -> APIHeader {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(\.isToken)
    else { throw .malformed("a header is not `Name: value`") }
    let value = line[(colon + 1)...].trimmingBlanks
    guard value.allSatisfy({ $0 != 0 && $0 != UInt8(ascii: "\r") }) else {
      throw .malformed("a header holds a control character")
    }
    return APIHeader(String(wire: line[..<colon]), String(wire: value))
  }

  private static func nextLine(_ rest: inout ByteBufferView) -> ByteBufferView {
    let feed = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let line = rest[..<feed]
    rest = rest[min(feed + 1, rest.endIndex)...]
    return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }
}

extension ByteBufferView {
  fileprivate var trimmingBlanks: ByteBufferView {
    var trimmed = self
    while trimmed.first?.isBlank == true { trimmed = trimmed.dropFirst() }
    while trimmed.last?.isBlank == true { trimmed = trimmed.dropLast() }
    return trimmed
  }
}

extension StringProtocol {
  /// Without blanks around it.
  var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    let blanks = start.reversed().prefix { $0 == " " || $0 == "\t" }.count
    return String(start.dropLast(blanks))
  }
}

extension String {
  /// Bytes of a head: UTF-8 where they are, otherwise a character for each byte, as Latin-1 has it.
  init(wire bytes: some Collection<UInt8>) {
    self =
      String(validating: bytes, as: UTF8.self)
      ?? String(decoding: bytes.lazy.map { UInt16($0) }, as: UTF16.self)
  }
}

extension UInt8 {
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  var isDigit: Bool { (0x30...0x39).contains(self) }

  var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self & 0xDF) }

  /// What methods and names of headers are made of.
  var isToken: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E,
      0x5E...0x60, 0x7C, 0x7E:
      true
    default: false
    }
  }
}
