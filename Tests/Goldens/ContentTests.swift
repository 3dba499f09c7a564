import Foundation
import Testing

private func folders(in directory: String) -> [String] {
  let root = packageRoot.appending(path: directory)
  let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
  return names.sorted().filter { name in
    var isDirectory: ObjCBool = false
    let path = root.appending(path: name).path
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }.map { "\(directory)/\($0)" }
}

private let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}

@Suite("Rulesets and scenarios that come with Regra")
struct ContentTests {
  @Test("a domain's rules check without errors and warnings", arguments: folders(in: "rules"))
  func domain(_ folder: String) throws {
    try expectClean(folder)
  }

  @Test(
    "a scenario's rules check without errors and warnings", arguments: folders(in: "playground"))
  func scenarioRules(_ folder: String) throws {
    try expectClean("\(folder)/rules")
  }

  @Test("all domains together are one ruleset")
  func everything() throws {
    let check = try Command(["check", "rules"])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
  }

  @Test(
    "a scenario runs to its end and makes calls",
    arguments: folders(in: "playground"))
  func scenario(_ folder: String) throws {
    let run = try Command(["run", "\(folder)/rules", "\(folder)/events.ndjson"])
    #expect([0, 5].contains(run.status), "\(run.errors)")
    let calls = try CallLine.all(run.output)
    #expect(!calls.isEmpty)
    #expect(run.errors.contains("events"))
  }

  @Test("every rule of a scenario fires", arguments: folders(in: "playground"))
  func firings(_ folder: String) throws {
    let scratch = try Scratch()
    let summary = scratch.directory.appending(path: "summary.json")
    _ = try Command([
      "run", "\(folder)/rules", "\(folder)/events.ndjson", "--summary", summary.path,
    ])
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: summary))
    let rules = try #require((json as? [String: Any])?["rules"] as? [[String: Any]])
    let silent = rules.filter { $0["fired"] as? Int == 0 }.compactMap { $0["id"] as? String }
    // Asks for a field of the contact, which nobody knows without a snapshot.
    #expect(silent == (folder.hasSuffix("support-tickets") ? ["chamado-pesquisa"] : []))
  }

  @Test("the files are what the generator writes", .enabled(if: python != nil))
  func generator() throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(filePath: try #require(python))
    process.arguments = ["playground/generate.py", scratch.directory.path]
    process.currentDirectoryURL = packageRoot
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let written = try FileManager.default.subpathsOfDirectory(atPath: scratch.directory.path)
      .filter { $0.contains("json") }
    #expect(written.count == 18)
    for name in written {
      let fresh = try Data(contentsOf: scratch.directory.appending(path: name))
      let kept = try Data(contentsOf: packageRoot.appending(path: "playground/\(name)"))
      #expect(fresh == kept, "\(name)")
    }
  }

  @Test("a scenario says what it is", arguments: folders(in: "playground"))
  func about(_ folder: String) throws {
    #expect(try !Markdown("\(folder)/about.md").fences.isEmpty)
  }

  private func expectClean(_ rules: String) throws {
    let check = try Command(["check", rules])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    let words = check.output + check.errors
    #expect(!words.contains("warning["), "\(words)")
  }
}
