import Foundation
import Testing

@testable import regra

private let rules = """
  version: 1
  events: {id: event.id}
  contact: {urn: "ext:${event.id}"}
  rules:
    - id: name
      when: person
      do:
        - set_name: ${event.name}
  """

private let person = "{\"type\":\"person\",\"id\":\"e1\",\"name\":\"Ana\"}\n"

@Suite("The command line")
struct CommandLineTests {
  private let scratch: Scratch
  private let ruleFile: String

  init() throws {
    scratch = try Scratch()
    ruleFile = try scratch.write(rules, to: "rules.yaml").path
  }

  private func file(_ name: String, _ text: String) throws -> String {
    try scratch.write(text, to: name).path
  }

  @Test("a clean run ends with 0, prints calls on stdout and the summary on stderr")
  func clean() throws {
    let run = try Command(["run", ruleFile], input: person)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("{\"batch\":1,\"call\":1,"))
    #expect(run.errors.hasPrefix("1 event · 1 rule"))
  }

  @Test("a bad line ends with 5 and costs only itself")
  func badLine() throws {
    let events = try file("events.ndjson", person + "{\"type\":\n" + person)
    let run = try Command(["run", ruleFile, events])
    #expect(run.status == 5)
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.errors.contains("\(events):2: no JSON"))
  }

  @Test("--strict ends at the first bad line, after the complete windows before it")
  func strict() throws {
    let other = person.replacingOccurrences(of: "e1", with: "e2")
    let run = try Command(
      ["run", "--strict", "--window", "1", ruleFile], input: person + "{\n" + other)
    #expect(run.status == 5)
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.errors.contains("--strict"))
  }

  @Test("problems in rules end with 1 before any event is read")
  func problems() throws {
    let wrong = try file("wrong.yaml", rules.replacingOccurrences(of: "set_name", with: "set_nam"))
    let run = try Command(["run", wrong, "no-such-file"])
    #expect(run.status == 1)
    #expect(run.errors.contains("error["))
    let check = try Command(["check", wrong])
    #expect(check.status == 1)
    #expect(check.output.contains("error["))
  }

  @Test(
    "what cannot be read ends with 3 and its path",
    arguments: [
      ["run", "no-rules.yaml"], ["check", "no-rules.yaml"], ["run", "RULES", "no-events.ndjson"],
      ["run", "RULES", "no-*.ndjson"], ["run", "docs"], ["run", "RULES", "docs/decisions"],
      ["run", "RULES", "README.md", "--to", "README.md/calls"],
    ])
  func unreadable(_ arguments: [String]) throws {
    let run = try Command(arguments.map { $0 == "RULES" ? ruleFile : $0 })
    #expect(run.status == 3, "\(run.errors)")
    let last = try #require(arguments.last { !$0.hasPrefix("-") })
    #expect(run.errors.hasPrefix("regra: \(last): "), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test(
    "misuse ends with 64 and says what is possible",
    arguments: [
      ["run"], ["run", "x", "--window", "0"], ["run", "x", "--merge", "some"],
      ["run", "x", "--now", "today"], ["run", "x", "--max-event", "-1"],
      ["run", "x", "--workers", "0"], ["run", "x", "--summary", "-"],
      ["run", "x", "--to", "http://example.org"], ["run", "x", "--trace", "FILE"],
      ["explain", "E9999"], ["check"], ["nonsense"],
    ])
  func misuse(_ arguments: [String]) throws {
    let run = try Command(arguments)
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.errors.contains("Usage: regra") || run.errors.contains("USAGE: regra"))
  }

  @Test("a guard ends with 7, and the window's calls are not printed")
  func guards() throws {
    let guarded = try file(
      "guarded.yaml", rules + "\nguards: {max_changed: 1}\n")
    let events = person + person.replacingOccurrences(of: "e1", with: "e2")
    let run = try Command(["run", guarded], input: events)
    #expect(run.status == 7)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("max_changed"))
  }

  @Test("flags can be set in the environment, and what is written wins")
  func environment() {
    let environment = FlagEnvironment { name in
      ["REGRA_WINDOW": "5", "REGRA_STRICT": "1", "REGRA_QUIET": "0", "REGRA_FORMAT": "json"][name]
    }
    #expect(
      environment.apply(to: ["run", "rules", "e"])
        == ["run", "--window=5", "--strict", "rules", "e"])
    #expect(
      environment.apply(to: ["run", "rules", "--window", "7"])
        == ["run", "--strict", "rules", "--window", "7"])
    #expect(environment.apply(to: ["check", "rules"]) == ["check", "--format=json", "rules"])
  }

  @Test(
    "every flag of the help can be set in the environment",
    arguments: ["run", "check", "eval", "apply", "provision", "doctor", "diff"])
  func environmentFlags(command: String) throws {
    let help = try Command(["help", command]).output
    let named = help.split(separator: "\n").compactMap { line -> String? in
      guard let flag = line.firstMatch(of: /^  (?:-\w, )?--([a-z-]+)/) else { return nil }
      return String(flag.1)
    }
    #expect(
      Set(named) == Set(FlagEnvironment.flags(of: command).map(\.name)).union(["version", "help"]))
  }

  @Test("--summary and --trace write files that programs can read")
  func files() throws {
    let summary = try file("summary.json", "")
    let trace = try file("trace", "")
    let run = try Command(
      ["run", ruleFile, "--summary", summary, "--trace", "firings=\(trace)", "--quiet"],
      input: person)
    #expect(run.errors.isEmpty)
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: summary)))
    let events = try #require((object as? [String: Any])?["events"] as? [String: Int])
    #expect(events["read"] == 1)
    #expect(try String(contentsOfFile: trace, encoding: .utf8) == "name e1\n")
  }

  @Test("--profile says which rules and conditions take time and cause calls, for flame graphs too")
  func profile() throws {
    let summary = try file("summary.json", "")
    let stacks = try file("stacks", "")
    let events = try file(
      "events.ndjson",
      (0..<2_000).map { person.replacingOccurrences(of: "e1", with: "e\($0)") }.joined())
    let flags = ["--summary", summary, "--profile-stacks", stacks, "--workers", "2"]
    let run = try Command(["run", ruleFile, events, "--profile"] + flags)
    let plain = try Command(["run", ruleFile, events, "--quiet"])
    #expect(run.output == plain.output)
    #expect(run.errors.contains("profile    "), "\(run.errors)")
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: summary)))
    let profile = try #require((object as? [String: Any])?["profile"] as? [String: Any])
    #expect(profile["events"] as? Int == 2_000)
    let timed = try #require(profile["events_timed"] as? Int)
    // Each of two threads times its first 1,024 events and every 64th behind them.
    #expect(timed >= 1_024 && timed <= 2_000)
    let rules = try #require(profile["rules"] as? [[String: Any]])
    #expect(rules.map { $0["rule"] as? String } == ["name"])
    #expect(rules.first?["calls"] as? Int == plain.output.split(separator: "\n").count)
    let lines = try String(contentsOfFile: stacks, encoding: .utf8).split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines { #expect(line.wholeMatch(of: /run;[^;]+(;[^;]+)* [1-9][0-9]*/) != nil) }
  }

  @Test("--to writes a file for each batch")
  func directory() throws {
    let target = scratch.directory.appending(path: "calls")
    let events = person + person.replacingOccurrences(of: "e1", with: "e2")
    let run = try Command(
      ["run", ruleFile, "--to", target.path, "--window", "1"], input: events)
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
    let names = try FileManager.default.contentsOfDirectory(atPath: target.path).sorted()
    #expect(names == ["batch-000001.ndjson", "batch-000002.ndjson"])
  }

  @Test("a reader that goes away ends the run quietly")
  func closedOutput() throws {
    let many = String(repeating: person, count: 3)
    let events = try file("events.ndjson", many)
    let run = try Command(
      shell: "(regra run '\(ruleFile)' '\(events)' --window 1 --merge off; echo $? >&2) | true")
    #expect(run.errors.split(separator: "\n").last == "0", "\(run.errors)")
  }

  @Test(
    "an interrupted run finishes its window and says so", arguments: [("INT", 130), ("TERM", 143)])
  func interrupts(signal: String, status: Int) throws {
    let events = try file("events.ndjson", person)
    let run = try Command(
      shell: """
        mkfifo '\(events).pipe'
        regra run '\(ruleFile)' '\(events).pipe' --window 1000 &
        child=$!
        exec 3<> '\(events).pipe'
        cat '\(events)' >&3
        python3 -c '\(Self.untilRead)'
        kill -\(signal) $child
        wait $child
        echo $? >&2
        """)
    #expect(run.errors.split(separator: "\n").last == "\(status)", "\(run.errors)")
    #expect(run.output.hasPrefix("{\"batch\":1,\"call\":1,"), "\(run.output)")
  }

  /// Waits until nobody has left anything unread in the pipe behind descriptor 3, a minute at most.
  private static let untilRead = """
    import fcntl, struct, termios, time
    for _ in range(6000):
        if fcntl.ioctl(3, termios.FIONREAD, bytes(4)) == bytes(4): break
        time.sleep(0.01)
    """

  @Test("the pages of explain are those of the documentation")
  func pages() throws {
    let folder = packageRoot.appending(path: "docs/diagnostics")
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(".md") }.sorted()
    #expect(ExplainPages.texts.map { $0.code + ".md" } == files)
    for page in ExplainPages.texts {
      let written = try String(
        contentsOf: folder.appending(path: page.code + ".md"), encoding: .utf8)
      #expect(page.text == written, "run script/generate-pages")
    }
  }
}

@Suite("Arguments")
struct ArgumentTests {
  @Test(
    "times are RFC 3339",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.5Z", 500_000_000),
      ("2026-03-02T09:00:00-03:00", 1_772_452_800_000_000_000),
      ("2024-02-29T00:00:00Z", 1_709_164_800_000_000_000),
      ("1969-12-31T23:59:59Z", -1_000_000_000),
      ("2026-02-30T00:00:00Z", nil), ("2026-03-02", nil), ("2026-03-02T09:00:00", nil),
    ] as [(String, Int64?)])
  func instants(text: String, nanoseconds: Int64?) {
    #expect(Instant(argument: text)?.nanoseconds == nanoseconds)
  }

  @Test(
    "sizes are bytes, KiB, MiB or GiB",
    arguments: [
      ("16MiB", 16 << 20), ("1000", 1_000), ("2KiB", 2_048), ("1GiB", 1 << 30), ("2GiB", nil),
      ("0", nil), ("-1", nil), ("16MB", nil),
    ] as [(String, Int?)])
  func sizes(text: String, count: Int?) {
    #expect(ByteLimit(argument: text)?.count == count)
  }
}

@Suite("Masking")
struct MaskTests {
  @Test("what may name a person has a stable pseudonym")
  func masks() {
    let first = Mask.masked("call 5582999330001, now")
    #expect(first.hasPrefix("call p:"))
    #expect(first.hasSuffix(", now"))
    #expect(first == Mask.masked("call 5582999330001, now"))
    #expect(Mask.masked("ana@example.org").hasPrefix("p:"))
    #expect(Mask.masked("unknown stage: novo 17") == "unknown stage: novo 17")
  }
}
