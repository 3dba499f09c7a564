import Contacts
import Diagnostics
import Foundation
import Knowledge
import Rulesets
import Testing

/// Rule files with mistakes, and all that a user sees of them.
@Suite("Diagnostic goldens")
struct DiagnosticGoldens {
  /// The goldens, without their endings.
  static let names = (try? fileNames(in: folder, ending: ".yaml")) ?? []

  /// The rule files of one.
  static func sources(of name: String) throws -> [SourceText] {
    ruleFiles(in: [UInt8](try Data(contentsOf: folder.appending(path: name + ".yaml"))))
  }

  /// What is known of the workspace, from the file beside it.
  static func inventory(of name: String) throws -> Inventory? {
    let file = folder.appending(path: name + ".json")
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return try Inventory(json: String(contentsOf: file, encoding: .utf8))
  }

  /// Everything wrong with one, held against the samples beside it if there are any.
  static func problems(of name: String, _ sources: [SourceText]) throws -> [Diagnostic] {
    let file = folder.appending(path: name + ".ndjson")
    let events = try? String(contentsOf: file, encoding: .utf8)
    return try Goldens.problems(in: sources, inventory: try inventory(of: name), samples: events)
  }

  @Test("the frames are those on record", arguments: names)
  func frames(_ name: String) throws {
    let sources = try Self.sources(of: name)
    let found = try Self.problems(of: name, sources)
    let report = DiagnosticRenderer(sources: sources).report(found, as: .text)
    let record = folder.appending(path: name + ".txt")
    if isRecording { try report.write(to: record, atomically: true, encoding: .utf8) }
    let expected = try? String(contentsOf: record, encoding: .utf8)
    #expect(report == expected, "record with GOLDENS=record swift test")
    #expect(found.contains { name.hasPrefix($0.code.rawValue) })
  }

  // A file that is too large would be too large to keep; its test makes one.
  @Test("every code has a golden", arguments: Code.allCases.filter { $0 != .fileTooLarge })
  func complete(_ code: Code) {
    #expect(Self.names.contains { $0.hasPrefix(code.rawValue) })
  }

  @Test("no record is left over")
  func unused() throws {
    let records =
      try [".txt", ".json", ".ndjson"].flatMap { try fileNames(in: folder, ending: $0) }
    #expect(Set(records).subtracting(Self.names) == [])
  }
}

private var isRecording: Bool { ProcessInfo.processInfo.environment["GOLDENS"] == "record" }

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "diagnostics")

private func fileNames(in folder: URL, ending: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
}

extension Inventory {
  /// Groups and fields as the API shows them.
  init(json: String) throws {
    var snapshot = ContactSnapshot(.weni)
    var reader = SnapshotReader()
    try reader.setInventory(Array(json.utf8), of: &snapshot)
    self = snapshot.inventory
  }
}

/// The files of a ruleset written as one text, parted by lines such as `#=== other.yaml`.
private func ruleFiles(in bytes: [UInt8]) -> [SourceText] {
  let parting = Array("#=== ".utf8)
  var sources: [SourceText] = []
  var path = "rules.yaml"
  var contents: [UInt8] = []
  for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
    if line.starts(with: parting) {
      sources.append(SourceText(path: path, utf8: Array(contents.dropLast())))
      path = String(decoding: line.dropFirst(parting.count), as: UTF8.self)
      contents = []
    } else {
      contents += line + [0x0A]
    }
  }
  sources.append(SourceText(path: path, utf8: Array(contents.dropLast())))
  // A text that begins with the name of its first file.
  return sources.filter { !$0.utf8.isEmpty || sources.count == 1 }
}
