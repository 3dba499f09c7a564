import Foundation
import Testing

@testable import StateStore

@Suite("State directories")
struct StateDirectoryTests {
  private let scratch: StateScratch
  private static let format = StoreFormat.current.steps.count

  init() throws { scratch = try StateScratch() }

  @Test("the directory and its files are their owner's alone")
  func permissions() throws {
    let store = try scratch.store()
    try store.store(.page([row(1)]))
    #expect(try scratch.permissions(of: "state") == 0o700)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(Set(names).isSuperset(of: ["contacts.sqlite", "contacts.sqlite-wal", "lock"]))
    for name in names { #expect(try scratch.permissions(of: "state/\(name)") == 0o600, "\(name)") }
  }

  @Test("files that others could read are taken from them")
  func tightening() throws {
    _ = try scratch.store()
    chmod(scratch.file, 0o644)
    _ = try scratch.store()
    #expect(try scratch.permissions(of: "state/contacts.sqlite") == 0o600)
  }

  @Test("git leaves the directory out")
  func commits() throws {
    _ = try scratch.store()
    #expect(try String(contentsOfFile: "\(scratch.path)/.gitignore", encoding: .utf8) == "*\n")
  }

  @Test("a second writer is told which process has the directory, and readers are not stopped")
  func twoWriters() throws {
    let first = try scratch.store()
    try first.store(.page([row(1)]))
    let holder = Int(getpid())
    #expect(throws: StoreFailure.locked(path: scratch.path, process: holder)) {
      try scratch.store()
    }
    #expect(try scratch.store(.reading).contactCount == 1)
    withExtendedLifetime(first) {}
  }

  @Test("the directory is free again once its writer is gone")
  func released() throws {
    do { try scratch.store().store(.page([row(1)])) }
    #expect(try scratch.store().contactCount == 1)
  }

  @Test("nothing known is said so")
  func missing() throws {
    #expect(throws: StoreFailure.missing(path: scratch.path)) { try scratch.store(.reading) }
    #expect(!FileManager.default.fileExists(atPath: scratch.path))
  }

  @Test(
    "a place where nothing can be made is refused",
    arguments: ["no/such", "file/state", "file", "/proc/self", "/proc/self/state"])
  func unusable(_ place: String) throws {
    try Data().write(to: URL(filePath: "\(scratch.directory)/file"))
    let path = place.hasPrefix("/") ? place : "\(scratch.directory)/\(place)"
    let failure = #expect(throws: StoreFailure.self) { try ContactStore(path, for: .writing) }
    guard case .unusable(let refused, _) = failure, refused.hasPrefix(path) else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test("a format of tomorrow is refused by who writes and who reads")
  func newer() throws {
    _ = try scratch.store()
    try scratch.execute("PRAGMA user_version = 99")
    let failure = StoreFailure.newerFormat(path: scratch.path, found: 99, readable: Self.format)
    #expect(throws: failure) { try scratch.store() }
    #expect(throws: failure) { try scratch.store(.reading) }
  }

  @Test("an earlier format is brought up to date by who writes, and refused by who reads")
  func older() throws {
    do { try scratch.store().store(.page([row(1)])) }
    let later = StoreFormat(
      steps: StoreFormat.current.steps + ["ALTER TABLE contact ADD COLUMN note TEXT"])
    #expect(
      throws: StoreFailure.olderFormat(
        path: scratch.path, found: Self.format, readable: Self.format + 1)
    ) {
      try ContactStore(scratch.path, for: .reading, format: later)
    }
    do {
      let store = try ContactStore(scratch.path, for: .writing, format: later)
      #expect(try store.contactCount == 1)
    }
    #expect(
      throws: StoreFailure.newerFormat(
        path: scratch.path, found: Self.format + 1, readable: Self.format)
    ) {
      try scratch.store(.reading)
    }
  }

  @Test("a directory of any earlier format keeps its contacts", arguments: 1..<format)
  func migration(_ version: Int) throws {
    let earlier = StoreFormat(steps: Array(StoreFormat.current.steps.prefix(version)))
    do { _ = try ContactStore(scratch.path, for: .writing, format: earlier) }
    let body = try row(1).body
    try scratch.execute("INSERT INTO contact VALUES (1, '\(someUUID(1))', 0, 0, '\(body)')")
    let store = try scratch.store()
    #expect(try store.lines.map { $0.hasPrefix("Ana ") } == [true])
  }

  @Test("a step that fails changes nothing")
  func failedStep() throws {
    do { try scratch.store().store(.page([row(1)])) }
    let broken = StoreFormat(
      steps: StoreFormat.current.steps + ["DELETE FROM contact; CREATE TABLE contact (x)"])
    #expect(throws: StoreFailure.self) {
      try ContactStore(scratch.path, for: .writing, format: broken)
    }
    #expect(try scratch.store(.reading).contactCount == 1)
  }

  @Test("a database of someone else's, and what is none, are left alone")
  func foreign() throws {
    try FileManager.default.createDirectory(
      atPath: scratch.path, withIntermediateDirectories: true)
    try scratch.execute("CREATE TABLE contact (name)")
    #expect(throws: StoreFailure.foreign(path: scratch.path)) { try scratch.store() }
    let text = Data("this is a text file and surely not a database of any kind".utf8)
    try text.write(to: URL(filePath: scratch.file))
    #expect(throws: StoreFailure.foreign(path: scratch.path)) { try scratch.store(.reading) }
    #expect(try Data(contentsOf: URL(filePath: scratch.file)) == text)
  }

  @Test("a damaged database is said to be damaged")
  func damaged() throws {
    do {
      let store = try scratch.store()
      try store.store(.page((1..<500).map { try row($0) }))
    }
    let file = try FileHandle(forUpdating: URL(filePath: scratch.file))
    try file.seek(toOffset: 4_096)
    try file.write(contentsOf: Data(repeating: 0xFF, count: 60_000))
    try file.close()
    let failure = #expect(throws: StoreFailure.self) {
      _ = try scratch.store(.reading).lines
    }
    guard case .damaged(scratch.path, _) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test("a child that starts meanwhile does not keep the directory")
  func startingChild() throws {
    // As a child has it from its start until it is its own program.
    let copy = try withExtendedLifetime(StateLock(directory: scratch.directory)) {
      fcntl($0.descriptor, F_DUPFD_CLOEXEC, 0)
    }
    defer { close(copy) }
    #expect(copy >= 0)
    #expect(throws: Never.self) { _ = try StateLock(directory: scratch.directory) }
  }

  @Test(
    "each failure says what to do",
    arguments: [
      (StoreFailure.locked(path: "s", process: 12), "process 12 is writing"),
      (.locked(path: "s", process: nil), "another process is writing"),
      (.newerFormat(path: "s", found: 3, readable: 1), "format is 3"),
      (.full(path: "s"), "the disk is full"), (.missing(path: "s"), "regra pull"),
    ])
  func sentences(_ failure: StoreFailure, _ words: String) {
    #expect(failure.sentence.hasPrefix("s: "))
    #expect(failure.sentence.contains(words))
  }
}
