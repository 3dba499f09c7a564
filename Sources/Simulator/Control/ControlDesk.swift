package import Contacts

/// What a test may ask and set beside the API: state, clock, faults and counts, under `/_simulator`.
///
/// It does not ask who is asking; the server lets only programs of its own machine come this far.
package struct ControlDesk: Sendable {
  /// Where all of it lies.
  package static let root = "/_simulator"

  private let api: SimulatedAPI

  package init(_ api: SimulatedAPI) { self.api = api }

  private enum Resource: String, CaseIterable {
    case state, clock, faults, requests
  }

  /// Whether a request is for the desk and not for the API.
  package static func isMeant(by request: APIRequest) -> Bool {
    let path = request.target.prefix { $0 != "?" }
    return path == root || path.hasPrefix(root + "/")
  }

  package func answer(_ request: APIRequest) -> APIAnswer {
    let path = request.target.prefix { $0 != "?" }
    let name = path.dropFirst(Self.root.count + 1)
    guard let resource = Resource(rawValue: String(name)) else {
      let known = Resource.allCases.map { "\(Self.root)/\($0.rawValue)" }.joined(separator: ", ")
      return .problem(404, "there are \(known)")
    }
    do throws(StateFailure) {
      return try answer(request, about: resource) ?? .problem(405, "not with \(request.method)")
    } catch {
      return .problem(400, error.sentence)
    }
  }

  private func answer(
    _ request: APIRequest, about resource: Resource
  ) throws(StateFailure) -> APIAnswer? {
    switch (request.method, resource) {
    case ("GET", .state): return .json(StateFile.write(api.workspace))
    case ("PUT", .state):
      try api.replaceWorkspace { (old, now) throws(StateFailure) in
        try StateFile.read(request.body, dialect: old.dialect, at: now)
      }
      if let clock = try StateFile.readClock(request.body) { api.clock = clock }
      return .done
    case ("PATCH", .state):
      try api.replaceWorkspace { (old, now) throws(StateFailure) in
        var workspace = old
        try StateFile.apply(request.body, to: &workspace, at: now)
        return workspace
      }
      if let clock = try StateFile.readClock(request.body) { api.clock = clock }
      return .done
    case ("GET", .clock): return .json(api.clock.document)
    case ("PUT", .clock):
      api.clock = try ServerClock(StateNode(request.body))
      return .json(api.clock.document)
    case ("POST", .clock):
      return .json(api.advance(by: try ServerClock.advance(StateNode(request.body))).document)
    case ("GET", .faults): return .json(FaultFile.write(api.faults))
    case ("PUT", .faults):
      api.faults = try FaultFile.read(request.body, seed: api.faults.seed)
      return .done
    case ("DELETE", .faults):
      api.faults = FaultPlan(seed: api.faults.seed)
      return .done
    case ("GET", .requests): return .json(api.counts.document)
    case ("DELETE", .requests):
      api.counts = RequestCounts()
      return .done
    default: return nil
    }
  }
}

extension APIAnswer {
  fileprivate static let done = APIAnswer(status: 204)

  fileprivate static func json(_ body: [UInt8]) -> APIAnswer {
    APIAnswer(status: 200, headers: [APIHeader("Content-Type", "application/json")], body: body)
  }

  /// A refusal in words: `{"problem": "…"}`.
  package static func problem(_ status: Int, _ sentence: String) -> APIAnswer {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("problem")
    writer.string(sentence)
    writer.endObject()
    return APIAnswer(
      status: status, headers: [APIHeader("Content-Type", "application/json")], body: writer.bytes)
  }
}
