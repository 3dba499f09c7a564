import Foundation
import Testing

@testable import Streams

@Suite("Spool")
struct SpoolTests {
  private func withDirectory(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "spool-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func text(_ spool: Spool, at offset: Int) throws -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = try bytes.withUnsafeMutableBytes { try spool.read(at: offset, into: $0).get() }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  @Test("a spool that lost what was planned counts on from there, so that what comes is new")
  func shorterThanPlanned() throws {
    try withDirectory { path in
      let before = try Spool(path)
      try before.append(Array("lost\n".utf8))
      let spool = try Spool(path)
      spool.begin(at: 100)
      try spool.append(Array("new\n".utf8))
      #expect(try spool.range == 100..<104 && text(spool, at: 100) == "new\n")
      #expect(try Spool(path).range == 100..<104)
    }
  }

  @Test("a spool that has more than was planned keeps all of it")
  func longerThanPlanned() throws {
    try withDirectory { path in
      let spool = try Spool(path)
      try spool.append(Array("kept\n".utf8))
      spool.begin(at: 3)
      #expect(try spool.range == 0..<5 && text(spool, at: 3) == "t\n")
    }
  }
}
