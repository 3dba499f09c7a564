import CEL
import Contacts
import Foundation
import GRDB

@testable import StateStore

/// A directory that goes with the value, and the stores in it.
final class StateScratch {
  let directory: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "regra-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    directory = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  var path: String { "\(directory)/state" }
  var file: String { "\(path)/contacts.sqlite" }

  func store(_ access: ContactStore.Access = .writing) throws -> ContactStore {
    try ContactStore(path, for: access)
  }

  /// Changes the database behind the store's back.
  func execute(_ sql: String) throws {
    try DatabaseQueue(path: file).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  func permissions(of name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")
    return attributes[.posixPermissions] as? Int ?? 0
  }
}

/// `second(3)` is three seconds into 2026-03-02T12:00:00Z.
func second(_ number: Int64) -> PointInTime {
  PointInTime(microseconds: (1_772_452_800 + number) * 1_000_000)
}

func someUUID(_ number: Int) -> String {
  "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
}

/// A contact that was changed at a second, in the API's words.
func row(_ number: Int, named name: String = "Ana", changedAt time: Int64 = 0) throws -> ContactRow
{
  let body = """
    {"uuid": "\(someUUID(number))", "name": "\(name)", "modified_on": "\(second(time).text)"}
    """
  guard let row = ContactRow(answer: Array(body.utf8)) else { throw CancellationError() }
  return row
}

extension PageChange {
  /// A page of a pull behind which everything is known.
  static func page(_ contacts: [ContactRow], deleted: [String] = [], at time: Int64 = 0) -> Self {
    var page = PageChange(readAt: second(time), state: PullState())
    page.state.knownThrough = contacts.map(\.modifiedOn).max() ?? second(0)
    page.contacts = contacts
    page.deleted = deleted
    return page
  }
}

extension ContactStore {
  /// What a visit shows, one line a contact: name, then the second at which that was known.
  var lines: [String] {
    get throws {
      var lines: [String] = []
      try reading { reading in
        try reading.forEachContact { contact in
          let answer = ContactRow(answer: Array(contact.body))
          let name = answer?.body.split(separator: "\"").dropFirst(7).first ?? "?"
          let time = contact.knownAt.map {
            "\(($0.microseconds - second(0).microseconds) / 1_000_000)"
          }
          lines.append("\(name) \(time ?? "in doubt")\(contact.isAhead ? " ahead" : "")")
        }
      }
      return lines
    }
  }

  /// Stores what answers say at a second.
  func learn(at time: Int64, _ change: (inout AnswerChange) -> Void) throws {
    var answers = AnswerChange(at: second(time))
    change(&answers)
    try store(answers)
  }
}

extension WorkspaceIdentity {
  static let shop = WorkspaceIdentity(uuid: someUUID(1), host: "flows.weni.ai", dialect: .weni)
}

extension InventoryRows {
  static func of(
    _ workspace: WorkspaceIdentity = .shop, groups: [Group] = [], fields: [Field] = []
  ) -> InventoryRows {
    InventoryRows(
      workspace: workspace, workspaceBody: #"{"name":"Loja"}"#, groups: groups, fields: fields)
  }
}

extension ContactStore {
  /// Lets the database grow no further, as a disk does that is full.
  func limitSize(kilobytes: Int) throws {
    try queue.writeWithoutTransaction {
      let pageSize = try Int.fetchOne($0, sql: "PRAGMA page_size") ?? 4_096
      let pages = kilobytes * 1_024 / pageSize
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA max_page_count = \(pages)")
    }
  }

  /// Empties the log of changes, as closing does.
  func compact() throws {
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
  }
}

extension StateScratch {
  /// All bytes of all files.
  var contents: String {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: path).map { name in
        let bytes = try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
        return String(decoding: bytes, as: UTF8.self)
      }.joined()
    }
  }
}
