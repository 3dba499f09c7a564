import ArgumentParser
import Contacts
import Diagnostics
private import Glibc
import PlaygroundServer
import Streams

/// A scenario's folder: `rules/` or `rules.yaml`, `events.ndjson`, and perhaps `contacts.ndjson`,
/// `inventory.json` and `clock`; or one file that holds such a scenario.
struct ScenarioFiles {
  /// As people call it.
  let name: String
  /// The folder, or the file.
  let folder: String
  /// What the file holds; absent of a folder.
  private let shared: SharedScenario?

  /// Where scenarios are looked for by their names.
  private static let home = "playground"

  /// Finds a scenario by its folder or its name; without either, the present directory.
  init(_ argument: String?) throws {
    let wanted = argument ?? "."
    if argument != nil, Self.isFile(wanted) {
      shared = try Self.read(wanted)
      (name, folder) = (shared?.name ?? wanted, wanted)
      return
    }
    shared = nil
    for folder in [wanted, "\(Self.home)/\(wanted)"] where Self.isScenario(folder) {
      name = folder == "." ? "scenario" : folder
      self.folder = folder
      return
    }
    let known = Self.names()
    if argument != nil, Self.isDirectory(wanted) {
      throw ValidationError("\(wanted) is no scenario: it needs rules/ and events.ndjson")
    }
    let near = closestMatch(to: wanted, in: known)
    let help =
      near.map { "; did you mean \($0)?" }
      ?? (known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))")
    throw ValidationError(
      argument == nil ? "name a scenario\(help)" : "there is no scenario \(wanted)\(help)")
  }

  private static func isFile(_ path: String) -> Bool {
    access(path, F_OK) == 0 && !isDirectory(path)
  }

  private static func read(_ path: String) throws -> SharedScenario {
    do {
      return try SharedScenario(try FileTree.contents(of: path))
    } catch let failure as SharedScenario.Failure {
      throw CommandFailure("\(path): \(failure.sentence)", status: ExitStatus.fileFailure)
    }
  }

  private static func isScenario(_ folder: String) -> Bool {
    rulePath(of: folder) != nil && access("\(folder)/events.ndjson", R_OK) == 0
  }

  private static func rulePath(of folder: String) -> String? {
    ["\(folder)/rules", "\(folder)/rules.yaml"].first { access($0, R_OK) == 0 }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func names() -> [String] {
    guard let stream = opendir(home) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if isScenario("\(home)/\(name)") { names.append(name) }
    }
    return names.sorted()
  }

  private var rulePath: String { Self.rulePath(of: folder) ?? "\(folder)/rules" }

  func rules() throws(FileFailure) -> [SourceText] {
    if let shared { return shared.sources }
    return try RuleFiles.read([rulePath])
  }

  func events() throws(FileFailure) -> [UInt8] {
    if let shared { return shared.events }
    return try FileTree.contents(of: "\(folder)/events.ndjson")
  }

  /// Whether it is a folder, whose files may be saved again.
  var isFolder: Bool { shared == nil }

  /// The dialect of the workspace, where the scenario says it.
  var dialect: Dialect? { shared?.dialect }

  /// Absent where the scenario has no such file.
  func contents(of name: String) throws(FileFailure) -> [UInt8]? {
    if let shared { return name == "contacts.ndjson" ? shared.contacts : nil }
    let path = "\(folder)/\(name)"
    return access(path, F_OK) == 0 ? try FileTree.contents(of: path) : nil
  }

  /// When the first event comes.
  func clock() throws -> Instant? {
    if let shared { return shared.now.map { Instant(nanoseconds: $0) } }
    guard let bytes = try contents(of: "clock") else { return nil }
    let text = String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace }
      .joined(separator: " ")
    guard let instant = Instant(argument: text) else {
      throw CommandFailure(
        "\(folder)/clock: it must hold one time, such as 2026-03-02T09:00:00-03:00",
        status: ExitStatus.fileFailure)
    }
    return instant
  }

  /// What tells one edition of the files from another: sizes and times of change.
  var fingerprint: [String] {
    let rules = (try? RuleFiles.read([rulePath]))?.map(\.path) ?? [rulePath]
    let others = ["events.ndjson", "contacts.ndjson", "inventory.json", "clock"]
    return (rules + others.map { "\(folder)/\($0)" }).map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return "\(path) is not there" }
      let time = status.st_mtim
      return "\(path) \(status.st_size) \(time.tv_sec) \(time.tv_nsec)"
    }
  }
}
