import CEL
import Contacts
import Execution
import Simulator

/// What a workspace shows of itself through the API, as the files that runs can be given.
struct SnapshotFiles {
  /// NDJSON of contacts, as `contacts.json` lists them.
  var contacts: [UInt8]
  /// One object of groups, fields and the workspace.
  var inventory: [UInt8]

  /// Reads every page of every list.
  init(of api: SimulatedAPI) async throws {
    var coder = JSONCoder()
    contacts = []
    for contact in try await Self.items(of: "contacts", api, &coder) {
      contacts += coder.bytes(of: contact) + [UInt8(ascii: "\n")]
    }
    let workspace = try await Self.value(at: "/api/v2/workspace.json", api, &coder)
    inventory =
      coder.bytes(
        of: .map([
          (.string("groups"), .list(try await Self.items(of: "groups", api, &coder))),
          (.string("fields"), .list(try await Self.items(of: "fields", api, &coder))),
          (.string("workspace"), workspace),
        ])) + [UInt8(ascii: "\n")]
  }

  private static func items(
    of list: String, _ api: SimulatedAPI, _ coder: inout JSONCoder
  ) async throws -> [Literal] {
    var items: [Literal] = []
    var target: String? = "/api/v2/\(list).json"
    while let next = target {
      let page = try await value(at: next, api, &coder)
      items += page["results"]?.items ?? []
      // The address of the next page is absolute.
      target = page["next"]?.text.flatMap { link in
        link.firstRange(of: "/api/v2/").map { String(link[$0.lowerBound...]) }
      }
    }
    return items
  }

  private static func value(
    at target: String, _ api: SimulatedAPI, _ coder: inout JSONCoder
  ) async throws -> Literal {
    let answer = try await api.send(
      APIRequest(method: "GET", target: target, headers: CaseRun.headers))
    return try answer.body.withUnsafeBytes { try coder.value(of: $0) }
  }
}
