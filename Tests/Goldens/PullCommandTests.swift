import Foundation
import Testing

/// A simulated shop, a state directory, and `regra pull` between them.
private final class Shop {
  let simulator: RunningSimulator
  let scratch: Scratch

  init(contacts count: Int = 3, _ flags: [String] = []) throws {
    let contacts = (0..<count).map { "{\"name\": \"c\($0)\"}" }.joined(separator: ",")
    scratch = try Scratch()
    let state = try scratch.write("{\"contacts\": [\(contacts)]}", to: "shop.json")
    simulator = try RunningSimulator(["--state", state.path, "--token", "t"] + flags)
  }

  var directory: String { "\(scratch.directory.path)/state" }

  /// What `regra pull` says and ends with.
  func pull(_ flags: String = "", token: String = "t") throws -> Command {
    try Command(
      shell:
        "REGRA_TOKEN=\(token) regra pull --url \(simulator.address) --state \(directory) \(flags)")
  }
}

/// A pull that is under way: it has said what is to come.
private final class RunningPull {
  let process: Process
  let forecast: String

  init(_ shop: Shop, _ flags: String) throws {
    process = Command.process(
      ["pull", "--url", shop.simulator.address, "--state", shop.directory]
        + flags.split(separator: " ").map(String.init))
    process.environment?["REGRA_TOKEN"] = "t"
    let words = Pipe()
    process.standardError = words
    try process.run()
    forecast = String(decoding: words.fileHandleForReading.availableData, as: UTF8.self)
  }

  func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }
}

@Suite("regra pull")
struct PullCommandTests {
  @Test("it fills a state directory, and then asks for what is new")
  func refresh() throws {
    let shop = try Shop()
    let first = try shop.pull()
    #expect(first.status == 0)
    #expect(first.output.isEmpty)
    #expect(
      first.errors.contains("3 contacts known in \(shop.directory) · 3 read, 0 deleted, 1 call"))
    let body = "-d '{\"name\": \"Ana\"}' -H 'Content-Type: application/json'"
    _ = try shop.simulator.curl(
      "-H 'Authorization: Token t' \(body) '\(shop.simulator.address)/api/v2/contacts.json'")
    let second = try shop.pull()
    #expect(second.status == 0)
    #expect(second.errors.contains("4 contacts known"))
    #expect(try shop.pull("--quiet").errors.isEmpty)
  }

  @Test("the token comes from a file or from standard input, too")
  func tokens() throws {
    let shop = try Shop()
    let file = try shop.scratch.write("\n t\n", to: "token")
    #expect(try shop.pull("--token-file \(file.path)", token: "no").status == 0)
    #expect(try shop.pull("--token-file \(file.path)").errors.contains("others may read"))
    #expect(chmod(file.path, 0o600) == 0)
    #expect(try shop.pull("--token-file \(file.path) --quiet").errors.isEmpty)
    #expect(try shop.pull("--token-file - <\(file.path)", token: "").status == 0)
  }

  @Test(
    "it may be ended at any time, and the same command goes on",
    arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGKILL, 9)] as [(Int32, Int32)])
  func interrupted(_ signal: Int32, _ status: Int32) throws {
    let shop = try Shop(contacts: 900, ["--dialect", "rapidpro", "--fault", slowPage("3s")])
    let flags = "--dialect rapidpro"
    // The wrong dialect is noticed before anything is stored.
    #expect(try shop.pull().errors.contains("--dialect rapidpro"))
    let running = try RunningPull(shop, flags)
    #expect(running.forecast.contains("at least"))
    #expect(running.end(signal) == status)
    let rest = try shop.pull(flags)
    #expect(rest.status == 0)
    #expect(rest.errors.contains("going on"))
    #expect(rest.errors.contains("900 contacts known"))
  }

  /// Lets the second page come so late.
  private func slowPage(_ delay: String) -> String {
    #"{"on": {"path": "contacts.json"}, "delay": "\#(delay)", "from": 3, "times": 1}"#
  }

  @Test("a second one says which process is writing, and ends")
  func twoRuns() throws {
    let shop = try Shop(contacts: 900, ["--dialect", "rapidpro", "--fault", slowPage("1h")])
    let running = try RunningPull(shop, "--dialect rapidpro")
    let second = try shop.pull("--dialect rapidpro")
    #expect(second.status == 6)
    #expect(second.errors.contains("process \(running.process.processIdentifier) is writing"))
    #expect(running.end(SIGKILL) == 9)
  }

  @Test(
    "what cannot be done is said in a sentence, with its status",
    arguments: [
      ("--url http://127.0.0.1:9", "t", 6, "cannot be reached"),
      ("--url http://example.com", "t", 64, "must begin with https://"),
      ("--url flows.weni.ai", "t", 64, "such as https://flows.weni.ai"),
      ("", "wrong", 6, "Invalid token"),
      ("", "", 64, "REGRA_TOKEN"), ("--token-file nowhere", "t", 3, "nowhere"),
      ("--token-file README.md", "t", 64, "holds no token"), ("--share 0%", "t", 64, "--share"),
      ("--quota 0", "t", 64, "--quota"), ("--state /proc/self/state", "t", 3, "/proc/self/state"),
      ("--state README.md", "t", 3, "README.md"), ("--timeout 0s", "t", 64, "--timeout"),
      ("--connect-timeout soon", "t", 64, "--connect-timeout"),
      ("--ca-file nowhere", "t", 3, "nowhere"),
      ("--ca-file README.md", "t", 64, "holds no certificate"),
      ("--proxy socks5://a", "t", 64, "must begin with http://"),
      ("--proxy http://ana:pw@a", "t", 64, "set HTTPS_PROXY"),
      (
        "--url https://a.invalid --proxy http://127.0.0.1:9", "t", 6,
        "nobody listens at the proxy 127.0.0.1:9"
      ),
    ])
  func mistakes(_ flags: String, _ token: String, _ status: Int, _ words: String) throws {
    let run = try Shop().pull(flags, token: token)
    #expect(Int(run.status) == status)
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test("the environment names the proxy as it does for curl, and may hold its password")
  func proxies() throws {
    let scratch = try Scratch()
    func words(_ environment: String) throws -> Command {
      try Command(
        shell: "cd \(scratch.directory.path) && "
          + "REGRA_TOKEN=t \(environment) regra pull --url https://a.invalid")
    }
    let proxied = try words("HTTPS_PROXY=http://ana:secret@127.0.0.1:9")
    #expect(proxied.status == 6)
    #expect(proxied.errors.contains("nobody listens at the proxy 127.0.0.1:9"))
    #expect(!proxied.errors.contains("secret"))
    let excepted = try words("HTTPS_PROXY=http://127.0.0.1:9 NO_PROXY=invalid")
    #expect(excepted.errors.contains("the name a.invalid leads to no address"))
    let other = try words("https_proxy=https://127.0.0.1:9")
    #expect(other.status == 64)
    #expect(other.errors.contains("https_proxy must begin with http://"))
  }

  @Test("the state of another server is left alone")
  func otherServer() throws {
    let shop = try Shop()
    #expect(try shop.pull().status == 0)
    let other = try RunningSimulator(["--token", "t", "--seed", "9"])
    let run = try shop.pull("--url \(other.address)")
    #expect(run.status == 6)
    #expect(run.errors.contains("it belongs to workspace"))
  }
}

@Suite("The page of pull")
struct PullPageTests {
  private static let page = try? Markdown("docs/pull.md")
  private static let fences = page?.fences ?? []

  @Test("every example is of a kind that is run", arguments: fences)
  func kinds(_ fence: Markdown.Fence) { #expect(["sh", "console pull"].contains(fence.kind)) }

  @Test("pulls say what the page shows", arguments: fences.filter { $0.kind == "console pull" })
  func sessions(_ fence: Markdown.Fence) throws {
    let shop = try Shop(contacts: 2)
    var lines = fence.text.split(separator: "\n").map(String.init)[...]
    while let line = lines.popFirst() {
      let command = line.dropFirst(2)
        .replacingOccurrences(of: "http://localhost:8080", with: shop.simulator.address)
      let run = try Command(
        shell: "cd \(shop.scratch.directory.path) && REGRA_TOKEN=t \(command)")
      let expected = lines.prefix { !$0.hasPrefix("$ ") }
      lines = lines.dropFirst(expected.count)
      #expect(run.errors == expected.map { $0 + "\n" }.joined())
    }
  }

  @Test("the table names every flag, and no other")
  func flags() throws {
    let help = try Command(["pull", "--help"]).output
    let text = Self.page?.text ?? ""
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `--") }
      .compactMap { $0.split(separator: "|").first }.joined()
    let documented = Set(rows.matches(of: /--[a-z-]+/).map { String($0.0) })
    let offered = Set(help.matches(of: /(?m)^  (--[a-z-]+)/).map { String($0.1) })
    #expect(documented == offered.subtracting(["--version"]))
    #expect(documented.count > 5)
  }
}
