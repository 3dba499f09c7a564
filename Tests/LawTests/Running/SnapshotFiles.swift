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

  /// What a case's runs are told of its workspace: every page of every list, but for what its
  /// ``StartingKnowledge`` leaves out or has wrong.
  init(for example: LawCase) async throws {
    let state = Array(example.stateText.utf8)
    let api = SimulatedAPI(
      try StateFile.read(state), clock: try StateFile.readClock(state) ?? .system)
    var coder = JSONCoder()
    contacts = []
    for (number, contact) in try await Self.items(of: "contacts", api, &coder).enumerated()
    where example.knowledge != .partly || number % 2 == 0 {
      let shown = example.knowledge == .stale ? contact.outdated : contact
      contacts += coder.bytes(of: shown) + [UInt8(ascii: "\n")]
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

  /// The contacts as the API listed them, in the order of the file.
  var listed: [Literal] {
    get throws {
      var coder = JSONCoder()
      return try contacts.split(separator: UInt8(ascii: "\n")).map { line in
        try line.withUnsafeBytes { try coder.value(of: $0) }
      }
    }
  }

  /// Everybody whom a server lists.
  static func contacts(of api: SimulatedAPI) async throws -> [Literal] {
    var coder = JSONCoder()
    return try await items(of: "contacts", api, &coder)
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

extension Literal {
  /// A contact as it may have been long ago: the identifiers alone are true still.
  fileprivate var outdated: Literal {
    .map(
      (entries ?? []).map { key, value in
        let old: Literal =
          switch key {
          case "name": value.text == nil ? value : .string("Older")
          case "groups": .list([])
          case "fields": .map((value.entries ?? []).map { (.string($0.key), $0.value.aged) })
          default: value
          }
        return (.string(key), old)
      })
  }

  private var aged: Literal { text == "old" ? .string("x") : self }
}
