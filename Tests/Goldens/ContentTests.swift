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
