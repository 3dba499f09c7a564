import Contacts

/// What the server, or a proxy before it, says when it fails.
enum FaultAnswer {
  static func standard(_ status: Int, retryAfter: Int? = nil) -> APIAnswer {
    switch status {
    case 429: return own(.throttled(seconds: retryAfter ?? 30))
    case 500: return own(.failure)
    default:
      var answer = APIAnswer(
        status: status, headers: [APIHeader("Content-Type", "text/html; charset=utf-8")],
        body: Array("<h1>\(status)</h1>\n".utf8))
      if let retryAfter { answer.headers.append(APIHeader("Retry-After", "\(retryAfter)")) }
      return answer
    }
  }

  private static func own(_ rejection: Rejection) -> APIAnswer {
    Workspace.answer(to: rejection, as: .json, in: ServerProfile(.weni))
  }

  /// Gives the answer another body: a text as it is, anything else as JSON.
  static func set(_ body: JSONValue, of answer: inout APIAnswer) {
    var type = "application/json"
    if case .string(let text) = body {
      answer.body = text
      type = "text/html; charset=utf-8"
    } else {
      var writer = JSONWriter()
      writer.value(body)
      answer.body = writer.bytes
    }
    answer.headers.removeAll { $0.isNamed("content-type") }
    answer.headers.insert(APIHeader("Content-Type", type), at: 0)
  }
}

extension JSONWriter {
  mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .integer(let digits): raw(digits)
    case .float(let number): raw(Array("\(number)".utf8))
    case .string(let text): string(text)
    case .list(let items):
      beginList()
      for item in items { self.value(item) }
      endList()
    case .object(let object):
      beginObject()
      for entry in object.entries {
        key(entry.key)
        self.value(entry.value)
      }
      endObject()
    }
  }
}
