package import Contacts

extension Workspace {
  /// Applies one request and says what the server answers.
  ///
  /// The answer to `HEAD` has the body of `GET`; whoever sends it leaves that out.
  package mutating func answer(_ request: APIRequest, at now: Timestamp) -> APIAnswer {
    guard let route = Route(request.target, in: profile) else {
      return Self.answer(to: .noSuchPage, as: .html, in: profile)
    }
    var renderer = Renderer.html
    do throws(Rejection) {
      guard let accepted = try Renderer.negotiated(request.header("Accept"), route: route) else {
        throw .detail(406, "Could not satisfy the request Accept header.")
      }
      renderer = accepted
      let method = Call.Method(request.method)
      let user = try admit(request, route, method, at: now)
      let call = Call(request: request, route: route, method: method, now: now, user: user)
      return Self.answer(try perform(call), as: renderer)
    } catch {
      return Self.answer(to: error, as: renderer, in: profile)
    }
  }

  /// Asks who it is, whether they may, and whether too many requests came before.
  ///
  /// - Returns: a row of the users.
  private mutating func admit(
    _ request: APIRequest, _ route: Route, _ method: Call.Method, at now: Timestamp
  ) throws(Rejection) -> Int {
    let user = try authenticate(request.header("Authorization"))
    if user == nil, profile.looksUpProjects { try checkProject(route.query) }
    if route.format == nil, profile.hasDocumentation {
      // Anybody may read documentation, but a token's reading counts.
      if method == .get || route.endpoint == .root {
        if let user { try throttle(route.endpoint.scope, user: user, at: now) }
        return user ?? 0
      }
      throw user == nil ? .notAuthenticated : .notPermitted
    }
    if profile.refusesMethodsFirst, !route.endpoint.namesPermission,
      method == .head || !route.endpoint.allows(method)
    {
      throw .notAllowed(request.method)
    }
    guard let user else { throw .notAuthenticated }
    guard profile.admits(users[user].role) else { throw .notPermitted }
    if route.endpoint != .root { try throttle(route.endpoint.scope, user: user, at: now) }
    return user
  }

  private func checkProject(_ query: QueryValues) throws(Rejection) {
    let project = query.nonEmpty("project_uuid") ?? query.nonEmpty("project")
    if let project, project != settings.uuid.text { throw .detail(400, "Invalid project") }
    if project == nil, query.nonEmpty("channel") != nil { throw .detail(400, "Invalid channel") }
  }

  private mutating func throttle(
    _ scope: ThrottleScope, user: Int, at now: Timestamp
  ) throws(Rejection) {
    guard let rate = settings.rates[scope] else { return }
    let key = LogKey(scope: scope, user: profile.countsByUser ? user : nil)
    switch logs[key, default: RequestLog()].allow(at: now, rate: rate) {
    case .allowed: return
    case .refused(let seconds): throw .throttled(seconds: seconds)
    }
  }

  private mutating func perform(_ call: Call) throws(Rejection) -> Outcome {
    if call.method == .options, call.route.endpoint == .contact_actions, profile.hasDocumentation {
      return .json(200, Self.actionsDescription)
    }
    guard call.route.endpoint.allows(call.method) else {
      throw .notAllowed(call.request.method)
    }
    let isWriting = call.method == .post || call.method == .delete
    if call.route.format == nil, !isWriting, call.route.endpoint.isList {
      return .written { writer in
        writer.beginList()
        writer.endList()
      }
    }
    switch (call.route.endpoint, call.method) {
    case (.contacts, .post): return try postContact(call)
    case (.contacts, .delete): return try deleteContact(call)
    case (.contacts, _), (.contacts_lean, _): return try listContacts(call)
    case (.contact_actions, _): return try act(call)
    case (.fields, .post): return try postField(call)
    case (.fields, _): return try listFields(call)
    case (.groups, .post): return try postGroup(call)
    case (.groups, .delete): return try deleteGroup(call)
    case (.groups, _): return try listGroups(call)
    case (.workspace, _), (.org, _): return describeWorkspace()
    case (.root, _): return listEndpoints(call)
    }
  }

  /// The body of a writing request, once it is clear that the workspace may be written to.
  func body(of call: Call) throws(Rejection) -> RequestBody {
    let body = try RequestBody.read(call.request, rules: profile.jsonRules)
    guard body.isObject else {
      throw .invalid(.whole("Request body should be a single JSON object"))
    }
    if let blocker = settings.blocker { throw .invalid(.whole(blocker)) }
    return body
  }
}

extension Rejection {
  static var notAuthenticated: Rejection {
    .detail(403, "Authentication credentials were not provided.")
  }

  static var notPermitted: Rejection {
    .detail(403, "You do not have permission to perform this action.")
  }

  static func notAllowed(_ method: String) -> Rejection {
    .detail(405, #"Method "\#(method)" not allowed."#)
  }
}
