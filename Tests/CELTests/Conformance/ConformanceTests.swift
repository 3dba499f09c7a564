import CEL
import Foundation
import Testing

/// The cases lie beside the package, or where `REGRA_CEL_CASES` says.
private let directory: URL = {
  if let path = ProcessInfo.processInfo.environment["REGRA_CEL_CASES"] {
    return URL(fileURLWithPath: path)
  }
  let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return package.appendingPathComponent("../shared/conformance/cel").standardized
}()

private let files: [URL] =
  ((try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil))
  ?? [])
  .filter { $0.pathExtension == "json" }
  .sorted { $0.path < $1.path }

@Suite("Conformance")
struct ConformanceTests {
  @Test(
    "every case of the official suite for plain data passes",
    .enabled(if: !files.isEmpty, "no cases in \(directory.path); set REGRA_CEL_CASES"),
    arguments: files)
  func suite(_ file: URL) throws {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let sections = try #require(json?["sections"] as? [[String: Any]])
    let cases = sections.flatMap { $0["tests"] as? [[String: Any]] ?? [] }
    var failures: [String] = []
    for json in cases {
      let test = try #require(ConformanceCase(json), "unreadable: \(json)")
      if let failure = test.failure() { failures.append("\(test.id): \(failure)") }
    }
    let name = file.deletingPathExtension().lastPathComponent
    print("\(name): \(cases.count - failures.count) passed, \(failures.count) failed")
    for failure in failures { print("  \(failure)") }
    #expect(failures.isEmpty)
  }
}
