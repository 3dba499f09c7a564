import CEL
import Contacts
import Planning

/// Calls about fields and groups: what is so already is success.
extension Executor {
  mutating func make(
    _ call: Call, _ endpoint: Endpoint, _ body: Literal
  ) async throws(Interruption) -> CallAnswer {
    switch try await send(Request(method: .post, endpoint: endpoint, body: body)) {
    case .accepted(let object):
      if let object { findings.append(endpoint == .fields ? .field(object) : .group(object)) }
      let uuid = object?["uuid"]?.text
      noteMade(call, group: uuid)
      return .done(uuid: uuid)
    case .missing(let words): return refuse(call, words)
    case .refused(let complaints):
      // Its words may complain of other things besides, which do not matter then.
      guard complaints.contains(where: { $0.blame == .existence }) else {
        return refuse(call, complaints[0])
      }
      noteMade(call)
      return .done(uuid: nil)
    }
  }

  private mutating func noteMade(_ call: Call, group: String? = nil) {
    note(call, group: group)
    answers[call.number]?.isNewObject = true
    latestCreation = now
  }

  /// Finds a group by its name: the API may also return those whose names only contain it.
  mutating func findGroup(_ call: Call) async throws(Interruption) -> CallAnswer {
    guard let query = call.query, query.name == "name", case .text(let name) = query.value else {
      return refuse(call, "this look-up names no group")
    }
    let request = Request(method: .get, endpoint: .groups, query: ("name", name))
    var group: String?
    if case .accepted(let body) = try await send(request) {
      let wanted = profile.folded(name)
      group =
        body?["results"]?.items?.first { profile.folded($0["name"]?.text ?? "") == wanted }?[
          "uuid"]?.text
    }
    note(call, group: group)
    return group.map { .done(uuid: $0) } ?? .nobody
  }

  mutating func post(_ call: Call, group name: String) async throws(Interruption) -> CallAnswer {
    let body = Literal.object([("name", .string(name))])
    guard call.query != nil else { return try await make(call, .groups, body) }
    guard let uuid = groupUUID(of: call) else { return .nobody }
    let request = Request(method: .post, endpoint: .groups, query: ("uuid", uuid), body: body)
    switch try await send(request) {
    case .accepted(let object):
      if let object { findings.append(.group(object)) }
      note(call, group: uuid)
      return .done(uuid: uuid)
    case .missing: return .nobody
    case .refused(let complaints): return refuse(call, complaints[0])
    }
  }

  mutating func deleteGroup(_ call: Call) async throws(Interruption) -> CallAnswer {
    guard let uuid = groupUUID(of: call) else { return .nobody }
    let reply = try await send(
      Request(method: .delete, endpoint: .groups, query: ("uuid", uuid)))
    switch reply {
    case .accepted, .missing:
      findings.append(.groupDeleted(uuid))
      if case .missing = reply { return .nobody }
      return .done(uuid: uuid)
    case .refused(let complaints): return refuse(call, complaints[0])
    }
  }

  private func groupUUID(of call: Call) -> String? {
    switch call.query?.value {
    case .text(let uuid): uuid
    case .answer(let number): answers[number]?.group
    case nil: nil
    }
  }
}

extension APIProfile {
  fileprivate func folded(_ name: String) -> [UInt8] {
    var folded: [UInt8] = []
    Array(name.utf8).withUnsafeBytes { foldGroupName($0, into: &folded) }
    return folded
  }
}
