import Contacts
import NIOCore
import Simulator

/// Turns answers into the bytes of HTTP/1.1.
struct AnswerEncoder {
  /// Bodies up to this size travel with their head; longer ones are cut into pieces of it.
  static let pieceByteCount = 64 << 10

  let allocator: ByteBufferAllocator

  /// The status line and headers, with room for a body of this size behind them.
  func head(
    of answer: APIAnswer, at time: Timestamp, _ persistence: Persistence, room: Int = 0
  ) -> ByteBuffer {
    var buffer = allocator.buffer(capacity: 256 + room)
    buffer.writeString("HTTP/1.1 \(answer.status) \(AnswerEncoder.phrase(of: answer.status))\r\n")
    for header in answer.headers {
      buffer.writeString(header.name)
      buffer.writeStaticString(": ")
      buffer.writeString(header.value)
      buffer.writeStaticString("\r\n")
    }
    buffer.writeStaticString("Date: ")
    buffer.writeString(HTTPDate.text(of: time))
    buffer.writeStaticString("\r\nContent-Length: ")
    buffer.writeString(String(answer.body.count))
    switch persistence {
    case .keptOpen: buffer.writeStaticString("\r\nConnection: keep-alive\r\n\r\n")
    case .closed: buffer.writeStaticString("\r\nConnection: close\r\n\r\n")
    }
    return buffer
  }

  func piece(_ bytes: ArraySlice<UInt8>) -> ByteBuffer { allocator.buffer(bytes: bytes) }

  private static func phrase(of status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 204: "No Content"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: "Unknown"
    }
  }
}
