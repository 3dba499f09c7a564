import Foundation
import Testing

/// A simulated workspace, rules that need something of it, and `regra doctor` between them.
private final class Clinic {
  let simulator: RunningSimulator
  let scratch: Scratch

  init(_ flags: [String] = []) throws {
    let page = try Markdown("docs/provision.md")
    let rules = try #require(page.fences.first { $0.kind == "yaml provision" }).text
    scratch = try Scratch()
    let state = try scratch.write(#"{"groups": [{"name": "Leads"}]}"#, to: "shop.json")
    _ = try scratch.write(rules, to: "rules.yaml")
    simulator = try RunningSimulator(["--state", state.path, "--token", "t"] + flags)
  }

  /// Runs a line of a shell where the rules stand; `URL` in it is the simulator.
  func run(_ line: String, token: String = "t") throws -> Command {
    try simulator.run(line, in: scratch, token: token)
  }

  /// The verdicts of a checkup, by the names of what was looked at.
  func verdicts(_ flags: String, token: String = "t") throws -> [String: String] {
    let lines = try run("regra doctor \(flags) --format json", token: token).output
    let findings = try lines.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    return Dictionary(
      findings.map { ($0["check"] as? String ?? "", $0["verdict"] as? String ?? "") },
      uniquingKeysWith: { _, last in last })
  }
}

@Suite("regra doctor")
struct DoctorCommandTests {
  @Test("it finds what is wrong, and nothing once that is repaired")
  func repair() throws {
    let clinic = try Clinic()
    #expect(try clinic.run("regra doctor rules.yaml --url URL").status == 1)
    #expect(try clinic.run("regra pull --url URL --quiet").status == 0)
    #expect(
      try clinic.run("regra provision rules.yaml --url URL --yes --quiet >made").status == 0)
    let run = try clinic.run("regra doctor rules.yaml --url URL")
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.hasSuffix("\n19 checks: all fine\n"))
    #expect(run.errors.isEmpty)
    let verdicts = try clinic.verdicts("rules.yaml --url URL")
    #expect(verdicts.count == 19)
    #expect(Set(verdicts.values) == ["fine"])
  }

  @Test("one failure hides no other")
  func independent() throws {
    let clinic = try Clinic(["--clock", "2020-01-01T00:00:00Z"])
    #expect(try clinic.run("regra pull --url URL --quiet").status == 0)
    let verdicts = try clinic.verdicts("nowhere --url URL", token: "wrong")
    #expect(verdicts["server"] == "fine")
    #expect(verdicts["token"] == "problem")
    #expect(verdicts["clock"] == "problem")
    #expect(verdicts["country"] == "unknown")
    #expect(verdicts["rules"] == "problem")
    #expect(verdicts["state"] == "fine")
    #expect(verdicts["snapshot"] == "fine")
    let unwayed = try clinic.verdicts("rules.yaml --url URL --ca-file nowhere")
    #expect(unwayed["server"] == "problem")
    #expect(unwayed["rules"] == "fine")
    #expect(unwayed["snapshot"] == "fine")
  }

  @Test(
    "it ends with the status of what is worst",
    arguments: [
      ("--url URL", "t", 0), ("rules.yaml --url URL", "t", 1), ("nowhere --url URL", "t", 3),
      ("--url URL --state rules.yaml", "t", 3), ("--url URL", "wrong", 6), ("--url URL", "", 6),
      ("nowhere --url http://127.0.0.1:9", "t", 6), ("--url URL --dialect rapidpro", "t", 1),
      ("--url flows.weni.ai", "t", 64), ("", "t", 64), ("--url URL --format yaml", "t", 64),
    ])
  func statuses(_ flags: String, _ token: String, _ status: Int) throws {
    #expect(try Int(Clinic().run("regra doctor \(flags)", token: token).status) == status)
  }

  @Test("people read it in 80 columns", arguments: ["URL", "https://no-such-host.invalid"])
  func width(_ url: String) throws {
    let run = try Clinic().run("regra doctor rules.yaml --url \(url)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count > 14)
    #expect(lines.filter { $0.count > 80 } == [])
    #expect(lines.dropLast().allSatisfy { "✓!✗· ".contains($0.prefix(1)) })
  }

  @Test("a token's file, its rights and the way are looked at, and nothing secret is said")
  func secrets() throws {
    let clinic = try Clinic()
    _ = try clinic.scratch.write("t0psecret\n", to: "token")
    let run = try clinic.run(
      "https_proxy=http://ana:pa55@127.0.0.1:9 regra doctor --url https://a.invalid --token-file token "
        + "--format json"
    )
    #expect(run.status == 6)
    #expect(run.output.contains(#""token file","verdict":"warning""#))
    #expect(run.output.contains("nobody listens at the proxy 127.0.0.1:9"))
    #expect(!(run.output + run.errors).contains("t0psecret"))
    #expect(!(run.output + run.errors).contains("pa55"))
  }

  @Test("with --ca-file a server is believed that nobody else vouches for")
  func authorities() throws {
    let run = try Clinic().run(
      """
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
        -keyout key -out ca.pem -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
      mkfifo words
      openssl s_server -accept 127.0.0.1:0 -cert ca.pem -key key -www >words 2>&1 &
      exec 3<words
      while read -r word place <&3; do [ "$word" = ACCEPT ] && break; done
      for flags in "" "--ca-file ca.pem"; do
        regra doctor --url "https://localhost:${place##*:}" $flags --format json | head -1
      done
      kill $!
      """)
    let findings = run.output.split(separator: "\n")
    #expect(findings.count == 2)
    #expect(findings.first?.contains("signed by nobody whom this machine trusts") == true)
    #expect(findings.first?.contains("--ca-file") == true)
    #expect(findings.last?.contains("no page of the contact API") == true, "\(run.output)")
  }
}

@Suite("The page of doctor")
struct DoctorPageTests {
  private static let page = try? Markdown("docs/doctor.md")
  private static let fences = page?.fences ?? []

  @Test("every example is of a kind that is run", arguments: fences)
  func kinds(_ fence: Markdown.Fence) { #expect(["sh", "console doctor"].contains(fence.kind)) }

  @Test("a checkup says what the page shows")
  func session() throws {
    let session = try #require(Self.fences.first { $0.kind == "console doctor" })
    let lines = session.text.split(separator: "\n").map(String.init)
    let clinic = try Clinic()
    let run = try clinic.run(
      try #require(lines.first).dropFirst(2)
        .replacingOccurrences(of: "http://localhost:8080", with: "URL"))
    let said = run.output.replacingOccurrences(
      of: clinic.simulator.address, with: "http://localhost:8080"
    ).replacing(/\([0-9a-f]{8}-…\)/, with: "(910a2dec-…)")
    #expect(lines.last == "…")
    let expected = lines.dropFirst().dropLast().map { $0 + "\n" }.joined()
    #expect(said.hasPrefix(expected), "\(said)")
    #expect(expected.count > 1_000)
  }

  @Test("the table names every flag, and no other")
  func flags() throws {
    let help = try Command(["doctor", "--help"]).output
    let rows = (Self.page?.text ?? "").split(separator: "\n").filter { $0.hasPrefix("| `--") }
      .compactMap { $0.split(separator: "|").first }.joined()
    let documented = Set(rows.matches(of: /--[a-z-]+/).map { String($0.0) })
    let offered = Set(help.matches(of: /(?m)^  (--[a-z-]+)/).map { String($0.1) })
    #expect(documented == offered.subtracting(["--version"]))
    #expect(documented.count == 11)
  }
}
