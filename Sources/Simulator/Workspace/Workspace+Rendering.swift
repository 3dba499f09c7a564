internal import Contacts

extension Workspace {
  static func answer(_ outcome: Outcome, as renderer: Renderer) -> APIAnswer {
    switch outcome {
    case .json(let status, let body): page(status, body, renderer)
    case .empty: APIAnswer(status: 204)
    case .emptyText: page(204, Array("\"\"".utf8), renderer)
    }
  }

  static func answer(
    to rejection: Rejection, as renderer: Renderer, in profile: ServerProfile
  ) -> APIAnswer {
    var writer = JSONWriter()
    switch rejection {
    case .detail(let status, let text):
      writeDetail(text, to: &writer)
      return page(status, writer.bytes, renderer)
    case .invalid(let complaints):
      complaints.write(to: &writer)
      // A lone surrogate can be complained about, but not written.
      if WideText.firstSurrogate(in: writer.bytes) != nil { return failure }
      return page(400, writer.bytes, renderer)
    case .service(let reason):
      writer.beginObject()
      writer.member("error", reason)
      writer.endObject()
      return page(400, writer.bytes, renderer)
    case .throttled(let seconds):
      return throttled(seconds, renderer)
    case .failure: return failure
    case .noSuchPage:
      return APIAnswer(
        status: 404, headers: [APIHeader("Content-Type", profile.htmlType)], body: missingPage)
    }
  }

  private static func throttled(_ seconds: Int?, _ renderer: Renderer) -> APIAnswer {
    var text = "Request was throttled."
    if let seconds {
      text += " Expected available in \(seconds) second\(seconds == 1 ? "" : "s")."
    }
    var writer = JSONWriter()
    writeDetail(Array(text.utf8), to: &writer)
    var answer = page(429, writer.bytes, renderer)
    if let seconds { answer.headers.append(APIHeader("Retry-After", String(seconds))) }
    return answer
  }

  private static func writeDetail(_ text: [UInt8], to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("detail", text)
    writer.endObject()
  }

  private static func page(_ status: Int, _ json: [UInt8], _ renderer: Renderer) -> APIAnswer {
    switch renderer {
    case .json:
      return APIAnswer(
        status: status, headers: [APIHeader("Content-Type", "application/json")], body: json)
    case .html:
      let text = String(decoding: json, as: UTF8.self)
        .replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      return APIAnswer(
        status: status, headers: [APIHeader("Content-Type", "text/html; charset=utf-8")],
        body: Array("<!DOCTYPE HTML>\n<html><body><pre>\(text)</pre></body></html>\n".utf8))
    }
  }

  private static let failure = APIAnswer(
    status: 500, headers: [APIHeader("Content-Type", "text/html; charset=utf-8")],
    body: Array("Server Error. Site administrators have been notified.".utf8))

  private static let missingPage = Array(
    """

    <!doctype html>
    <html lang="en">
    <head>
      <title>Not Found</title>
    </head>
    <body>
      <h1>Not Found</h1><p>The requested resource was not found on this server.</p>
    </body>
    </html>

    """.utf8)
}
