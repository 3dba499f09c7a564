/// What is wrong with a body: messages, or what is wrong with its parts.
indirect enum Complaints: Error, Sendable {
  case messages([[UInt8]])
  case parts([(key: [UInt8], complaints: Complaints)])
  /// Not a complaint but an exception on the way to one, which nobody catches.
  case failure

  static func message(_ text: String) -> Complaints { .messages([Array(text.utf8)]) }

  /// A message around a text of the client.
  static func message(_ head: String, _ quoted: [UInt8], _ tail: String = "") -> Complaints {
    .messages([Array(head.utf8) + quoted + Array(tail.utf8)])
  }

  static func entry(_ key: StaticString, _ complaints: Complaints) -> Complaints {
    .parts([([UInt8](key), complaints)])
  }

  static func entry(_ index: Int, _ complaints: Complaints) -> Complaints {
    .parts([(Array(String(index).utf8), complaints)])
  }

  /// About the body as a whole.
  static func whole(_ text: String) -> Complaints { .entry("non_field_errors", .message(text)) }

  func write(to writer: inout JSONWriter) {
    switch self {
    case .messages(let messages):
      writer.beginList()
      for message in messages { writer.string(message) }
      writer.endList()
    case .parts(let parts):
      writer.beginObject()
      for part in parts {
        writer.key(part.key)
        part.complaints.write(to: &writer)
      }
      writer.endObject()
    case .failure: writer.null()
    }
  }
}

/// Gathers what is wrong with each key of a body, so that all is said at once.
struct ComplaintCollector {
  private var parts: [(key: [UInt8], complaints: Complaints)] = []
  private var hasFailed = false

  /// Reads one key; gives nothing where it is wrong.
  mutating func read<Value>(
    _ key: StaticString, _ reading: () throws(Complaints) -> Value
  ) -> Value? {
    do throws(Complaints) {
      return try reading()
    } catch {
      if case .failure = error { hasFailed = true }
      parts.append(([UInt8](key), error))
      return nil
    }
  }

  func finish() throws(Rejection) {
    if hasFailed { throw .failure }
    if !parts.isEmpty { throw .invalid(.parts(parts)) }
  }
}

/// Why a request is not answered with what it asked for.
enum Rejection: Error, Sendable {
  case detail(Int, [UInt8])
  case invalid(Complaints)
  /// The service behind the API refuses a creation.
  case service(String)
  case throttled(seconds: Int?)
  /// An exception that nobody catches.
  case failure
  /// No endpoint has this address.
  case noSuchPage

  static func detail(_ status: Int, _ text: String) -> Rejection {
    .detail(status, Array(text.utf8))
  }
}
