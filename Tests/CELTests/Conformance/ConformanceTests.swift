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

@Suite(
  "Conformance",
  .enabled(if: !files.isEmpty, "no cases in \(directory.path); set REGRA_CEL_CASES"))
struct ConformanceTests {
  @Test("every case of the official suite for plain data passes")
  func suites() throws {
    var report = ConformanceReport()
    for file in files {
      report.add(suite: name(of: file), try cases(in: file)) { $0.failure() }
    }
    print(report)
    #expect(report.failureCount == 0, "\(report)")
    #expect(report.count > 0)
  }

  @Test("a case keeps its value in Regra's profile")
  func profiles() throws {
    var report = ConformanceReport()
    for file in files {
      report.add(suite: name(of: file), try cases(in: file)) { $0.changeInProfile() }
    }
    #expect(report.failureCount == 0, "\(report)")
  }

  private func name(of file: URL) -> String { file.deletingPathExtension().lastPathComponent }

  private func cases(in file: URL) throws -> [[String: Any]] {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let sections = try #require(json?["sections"] as? [[String: Any]], "\(file.path)")
    return sections.flatMap { $0["tests"] as? [[String: Any]] ?? [] }
  }
}
