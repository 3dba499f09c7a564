import Contacts
import Foundation
import Pulling
import Simulator
import StateStore
import Testing

@testable import Checkup

@Suite("A checkup of the state directory")
struct StateCheckupTests {
  @Test("one that is not there is made by a pull")
  func absent() async throws {
    let findings = try await CheckupScene().findings()
    #expect(findings[.state]?.verdict == .warning)
    #expect(findings[.state]?.advice?.contains("regra pull") == true)
    #expect(findings[.space]?.verdict == .fine)
    #expect(findings[.snapshot] == nil)
  }

  @Test("a file in its place is a problem of files")
  func file() async throws {
    let scene = try CheckupScene()
    try Data().write(to: URL(filePath: scene.directory))
    let findings = await scene.findings()
    #expect(findings[.state]?.verdict == .problem(.file))
    #expect(findings.exitStatus == 3)
  }

  @Test("a damaged one is a problem of files, and the rest is looked at")
  func damaged() async throws {
    let scene = try CheckupScene()
    try await scene.pull()
    let file = URL(filePath: scene.directory).appending(path: "contacts.sqlite")
    try Data(repeating: 7, count: 40_000).write(to: file)
    let findings = await scene.findings()
    #expect(findings[.state]?.verdict == .problem(.file))
    #expect(findings[.snapshot]?.verdict == .unknown)
    #expect(findings[.writer]?.verdict == .fine)
  }

  @Test("that of another server, workspace or dialect is not taken for this one's")
  func foreign() async throws {
    let server = try CheckupScene()
    try await server.pull(host: "other.example")
    #expect(await server.findings()[.state]?.words.contains("one of other.example") == true)

    let workspace = try CheckupScene()
    try await workspace.pull()
    let change = #"{"workspace": {"uuid": "0ac5e5b4-0000-4000-8000-000000000000"}}"#
    let other = try CheckupScene(.weni, change)
    try FileManager.default.moveItem(atPath: workspace.directory, toPath: other.directory)
    let finding = await other.findings()[.state]
    #expect(finding?.verdict == .problem(.server))
    #expect(finding?.words.contains("belongs to another workspace") == true)

    let dialect = try CheckupScene()
    try await dialect.pull()
    #expect(
      await dialect.findings(dialect: .rapidpro)[.state]?.words.contains("dialect weni") == true)
  }

  @Test(
    "rights of others are found, and how to take them",
    arguments: [
      ("contacts.sqlite", 0o640, Finding.Verdict.problem(.content)), ("", 0o755, .warning),
      ("", 0o700, .fine),
    ])
  func rights(_ file: String, _ mode: Int, _ verdict: Finding.Verdict) async throws {
    let scene = try CheckupScene()
    try await scene.pull()
    #expect(chmod("\(scene.directory)/\(file)", mode_t(mode)) == 0)
    let finding = try #require(await scene.findings()[.rights])
    #expect(finding.verdict == verdict)
    #expect(finding.names == (file.isEmpty ? [] : [file]))
    #expect((finding.advice?.contains("chmod") == true) == (verdict != .fine))
  }

  @Test(
    "room on the disk is enough, little, or too little",
    arguments: [
      (20 << 30, Finding.Verdict.fine, "20 GiB free"), (500 << 20, .warning, "500 MiB free"),
      (10 << 20, .problem(.file), "10 MiB free"), (nil, .unknown, "does not tell"),
    ] as [(UInt64?, Finding.Verdict, String)])
  func space(_ bytes: UInt64?, _ verdict: Finding.Verdict, _ words: String) {
    let finding = Checkup<ContinuousClock>.space(bytes)
    #expect(finding.verdict == verdict)
    #expect(finding.words.contains(words))
  }

  @Test("whoever writes to it is named, and is not disturbed")
  func writer() async throws {
    let scene = try CheckupScene()
    try await scene.pull()
    let store = try ContactStore(scene.directory, for: .writing)
    let finding = await scene.findings()[.writer]
    #expect(finding?.verdict == .warning)
    #expect(finding?.words == "process \(getpid()) is writing to it")
    #expect(try store.contactCount == 1)
  }

  @Test("the age of what is known is told, and from 15 min on what to do")
  func age() async throws {
    let scene = try CheckupScene()
    try await scene.pull()
    _ = scene.api.advance(by: .seconds(60))
    #expect(await scene.findings()[.snapshot]?.words == "1 contact, 60 s old")
    _ = scene.api.advance(by: .seconds(3 * 3_600))
    let finding = await scene.findings()[.snapshot]
    #expect(finding?.verdict == .warning)
    #expect(finding?.words == "1 contact, 3 h old: plans rely on 15 min (--fresh)")
    #expect(finding?.advice == "`regra pull` reads what has changed")
  }

  @Test("a directory that nothing was pulled into, or not all, knows too little")
  func unfinished() async throws {
    let scene = try CheckupScene()
    _ = try ContactStore(scene.directory, for: .writing)
    let finding = await scene.findings()[.snapshot]
    #expect(finding?.verdict == .warning)
    #expect(finding?.words == "0 contacts, and the first pull has not ended")
    try FileManager.default.removeItem(atPath: "\(scene.directory)/contacts.sqlite")
    #expect(await scene.findings()[.snapshot]?.words == "nothing is known of contacts")
  }
}

@Suite("Times in answers")
struct HTTPDateTests {
  @Test("a time is read as it is written, and nothing else")
  func reading() {
    #expect(HTTPDate.second(of: "Mon, 02 Mar 2026 12:00:01 GMT") == 1_772_452_801)
    for text in [
      "", "now", "Mon, 02 Mar 2026 12:00:01 CET", "Mon, 31 Feb 2026 12:00:01 GMT",
      "Mon, 02 Mar 2026 25:00:00 GMT", "Mon, 02 Mar 2026 12:00 GMT", "Mon, 2026-03-02 12:00:01 GMT",
      "Mon, 02 Mar 2026 12:00:01x GMT", "a b c d e GMT", "a b Mar 99999999999999999999 e GMT",
    ] {
      #expect(HTTPDate.second(of: text) == nil, "\(text)")
    }
  }
}
