/// How an answer is written.
enum Renderer: Sendable {
  case json, html

  /// What the client accepts of what the address allows; absent where nothing fits.
  static func negotiated(_ accept: String?, route: Route) throws(Rejection) -> Renderer? {
    let available = try available(for: route)
    guard let accept, accept != "*/*" else { return available.first }
    let wanted = accept.split(separator: ",").map { MediaType($0) }
    for precedence in (0...3).reversed() {
      for renderer in available {
        for type in wanted where type.precedence == precedence && renderer.type.serves(type) {
          return renderer
        }
      }
    }
    return nil
  }

  private static func available(for route: Route) throws(Rejection) -> [Renderer] {
    switch route.format {
    case .json: return [.json]
    case .api: return [.html]
    case nil: break
    }
    guard let name = route.query.nonEmpty("format") else { return [.html, .json] }
    if name == "json" { return [.json] }
    if name == "api" { return [.html] }
    throw .detail(404, "Not found.")
  }

  private var type: MediaType {
    switch self {
    case .json: .json
    case .html: .html
    }
  }
}
