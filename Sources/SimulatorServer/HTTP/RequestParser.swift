import Contacts
import NIOCore

/// Cuts the bytes of one connection into requests.
///
/// It stands in for a library's parser because those refuse methods that the real servers answer,
/// and reorder or rename headers (`docs/decisions/0070-http-as-recorded.md`). What is ambiguous is
/// refused: two lengths, a length beside chunks, a folded line, blanks before a colon.
struct RequestParser {
  /// What the bytes so far amount to.
  enum Step: Equatable {
    case incomplete
    case request(ReceivedRequest)
    /// The connection has lost its place and must end.
    case refusal(RequestRefusal)
  }

  /// What the next bytes are.
  private enum Stage {
    case head
    case body(RequestHead, remaining: Int)
    case chunkSize(RequestHead)
    case chunk(RequestHead, remaining: Int)
    case chunkEnd(RequestHead)
    case trailers(RequestHead)
    case refused(RequestRefusal)
  }

  private let limits: ServerLimits
  private var stage = Stage.head
  private var unread = ByteBuffer()
  private var body: [UInt8] = []
  /// Bytes of `unread` that hold no line end that matters.
  private var scannedByteCount = 0

  init(limits: ServerLimits) { self.limits = limits }

  /// Bytes held for a request that is not complete.
  var heldByteCount: Int { unread.readableBytes + body.count }

  /// Nothing of a next request has come.
  var isBetweenRequests: Bool {
    if case .head = stage { return unread.readableBytes == 0 }
    return false
  }

  /// The head of the request has come and its body has not begun, though the client waits for
  /// `100 Continue` to send it.
  var awaitsContinue: Bool {
    guard body.isEmpty, unread.readableBytes == 0 else { return false }
    switch stage {
    case .body(let head, _), .chunkSize(let head): return head.expectsContinue
    case .head, .chunk, .chunkEnd, .trailers, .refused: return false
    }
  }

  mutating func append(_ bytes: inout ByteBuffer) {
    if unread.readableBytes == 0 { unread.clear(minimumCapacity: 0) }
    unread.writeBuffer(&bytes)
  }

  /// The next request, as far as the bytes go.
  mutating func next() -> Step {
    do throws(RequestRefusal) {
      while true {
        switch stage {
        case .head:
          guard let head = try nextHead() else { return .incomplete }
          try begin(head)
        case .body(let head, let remaining):
          let left = take(remaining)
          stage = .body(head, remaining: left)
          if left > 0 { return .incomplete }
          return .request(finish(head))
        case .chunkSize(let head):
          guard let size = try nextChunkSize() else { return .incomplete }
          stage = size == 0 ? .trailers(head) : .chunk(head, remaining: size)
        case .chunk(let head, let remaining):
          let left = take(remaining)
          stage = left > 0 ? .chunk(head, remaining: left) : .chunkEnd(head)
          if left > 0 { return .incomplete }
        case .chunkEnd(let head):
          guard let line = try nextLine() else { return .incomplete }
          guard line.isEmpty else { throw .malformed("a chunk is longer than its size") }
          stage = .chunkSize(head)
        case .trailers(let head):
          guard let line = try nextLine() else { return .incomplete }
          if line.isEmpty { return .request(finish(head)) }
        case .refused(let refusal): return .refusal(refusal)
        }
      }
    } catch {
      stage = .refused(error)
      unread.clear(minimumCapacity: 0)
      body = []
      return .refusal(error)
    }
  }

  private mutating func begin(_ head: RequestHead) throws(RequestRefusal) {
    switch head.framing {
    case .none: stage = .body(head, remaining: 0)
    case .chunks: stage = .chunkSize(head)
    case .length(let count):
      guard count <= limits.bodyByteCount else { throw .bodyTooLong }
      stage = .body(head, remaining: count)
    }
  }

  private mutating func finish(_ head: RequestHead) -> ReceivedRequest {
    stage = .head
    var request = head.request
    request.body = body
    body = []
    return ReceivedRequest(request: request, persistence: head.persistence)
  }

  /// Moves up to `count` bytes into the body and says how many are still to come.
  private mutating func take(_ count: Int) -> Int {
    let taken = min(count, unread.readableBytes)
    if taken > 0, let view = unread.readSlice(length: taken) {
      body.append(contentsOf: view.readableBytesView)
    }
    return count - taken
  }

  private mutating func nextHead() throws(RequestRefusal) -> RequestHead? {
    while let byte = unread.getInteger(at: unread.readerIndex, as: UInt8.self),
      byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n"), scannedByteCount == 0
    {
      unread.moveReaderIndex(forwardBy: 1)
    }
    let view = unread.readableBytesView
    guard let end = endOfHead(in: view) else {
      guard view.count <= limits.headByteCount else { throw .headTooLong }
      scannedByteCount = max(0, view.count - 3)
      return nil
    }
    scannedByteCount = 0
    guard end - view.startIndex <= limits.headByteCount else { throw .headTooLong }
    let head = try RequestHead(view[..<end])
    unread.moveReaderIndex(forwardBy: end - view.startIndex)
    return head
  }

  /// The index behind the empty line that ends a head.
  private func endOfHead(in view: ByteBufferView) -> Int? {
    var search = view[(view.startIndex + min(scannedByteCount, view.count))...]
    while let feed = search.firstIndex(of: UInt8(ascii: "\n")) {
      let rest = view[(feed + 1)...]
      if rest.first == UInt8(ascii: "\n") { return feed + 2 }
      if rest.starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")]) { return feed + 3 }
      search = rest
    }
    return nil
  }

  /// The next line of a chunked body, without its end.
  private mutating func nextLine() throws(RequestRefusal) -> ByteBufferView? {
    let view = unread.readableBytesView
    guard let feed = view.firstIndex(of: UInt8(ascii: "\n")) else {
      guard view.count <= limits.chunkLineByteCount else { throw .malformed("a line is too long") }
      return nil
    }
    guard feed - view.startIndex <= limits.chunkLineByteCount else {
      throw .malformed("a line is too long")
    }
    unread.moveReaderIndex(forwardBy: feed + 1 - view.startIndex)
    let line = view[..<feed]
    return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }

  private mutating func nextChunkSize() throws(RequestRefusal) -> Int? {
    guard let line = try nextLine() else { return nil }
    let digits = line.prefix { $0 != UInt8(ascii: ";") && !$0.isBlank }
    guard !digits.isEmpty, digits.count <= 15, digits.allSatisfy(\.isHexDigit),
      let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw .malformed("a chunk has no size") }
    guard body.count + size <= limits.bodyByteCount else { throw .bodyTooLong }
    return size
  }
}

/// A whole request, and whether its connection may carry another.
struct ReceivedRequest: Equatable {
  var request: APIRequest
  var persistence: Persistence
}

/// What happens to a connection behind an answer.
enum Persistence: Sendable, Equatable {
  case keptOpen
  case closed
}

/// Why the bytes of a connection are no request that the server takes.
struct RequestRefusal: Error, Sendable, Equatable {
  var status: Int
  var sentence: String

  static func malformed(_ sentence: String) -> Self { Self(status: 400, sentence: sentence) }

  static let tooSlow = Self(status: 408, sentence: "the request did not arrive in time")
  static let bodyTooLong = Self(status: 413, sentence: "the body is too long")
  static let headTooLong = Self(status: 431, sentence: "the head of the request is too long")
  static let transferCoding = Self(status: 501, sentence: "chunked is the only transfer coding")
  static let overloaded = Self(status: 503, sentence: "too many bytes are held for others")
  static let version = Self(status: 505, sentence: "HTTP/1.1 and HTTP/1.0 are the only versions")
}

extension RequestRefusal {
  var answer: APIAnswer {
    APIAnswer(
      status: status, headers: [APIHeader("Content-Type", "text/plain; charset=utf-8")],
      body: Array("\(sentence)\n".utf8))
  }
}
