import Foundation
import Testing

@testable import regra

@Suite("The status line")
struct RunStatusTests {
  private var status: RunStatus {
    var status = RunStatus()
    status.events = 12_345
    status.eventsPerSecond = 1_234
    status.calls = 812
    status.backlog = 1_588
    status.setAside = 3
    status.quotaLeft = [1_690, 2_490]
    status.secondsLeft = 2_280
    return status
  }

  @Test(
    "what matters less is left out where the terminal is narrow",
    arguments: [
      (
        200,
        "12,345 events · 1,234/s · 812 sent · 1,588 to go · 3 set aside · quota 1,690+2,490 · 38:00 left"
      ),
      (80, "12,345 events · 812 sent · 1,588 to go · 3 set aside · 38:00 left"),
      (50, "812 sent · 1,588 to go · 3 set aside · 38:00 left"),
      (25, "1,588 to go · 38:00 left"), (12, "38:00 left"), (3, ""),
    ])
  func narrow(width: Int, line: String) { #expect(status.line(width: width) == line) }

  @Test("with ordinary numbers eighty columns hold all")
  func usual() {
    var status = status
    status.events = 1_204
    status.eventsPerSecond = nil
    status.calls = 812
    status.backlog = 392
    #expect(
      status.line(width: 82)
        == "1,204 events · 812 sent · 392 to go · 3 set aside · quota 1,690+2,490 · 38:00 left")
  }

  @Test("a wait is said")
  func waiting() {
    var status = RunStatus()
    status.waitSeconds = 61
    #expect(status.line(width: 80) == "0 sent · 0 to go · waiting 1:01")
  }
}

@Suite("Addresses of metrics")
struct MetricsAddressTests {
  @Test(
    "a port alone is on this machine",
    arguments: [
      ("9090", "127.0.0.1", 9_090), (":0", "127.0.0.1", 0), ("0.0.0.0:9090", "0.0.0.0", 9_090),
      ("[::1]:9090", "::1", 9_090), ("metrics.example:1", "metrics.example", 1),
    ])
  func read(text: String, host: String, port: Int) {
    let address = MetricsAddress(argument: text)
    #expect(address?.host == host)
    #expect(address?.port == port)
  }

  @Test(
    "what is no address is refused",
    arguments: [
      "", ":", "a", "a:", ":70000", "::1:9", "[]:9", "a b:9", ":+9", ":-1",
    ])
  func refused(_ text: String) { #expect(MetricsAddress(argument: text) == nil) }
}

@Suite("Watching a run")
struct WatchedRunTests {
  private func scene(_ faults: [String] = []) throws -> PlanScene {
    try PlanScene(events: [#"{"type": "named", "person": 1, "name": "A"}"#], faults)
  }

  @Test("a port that somebody has ends the run before anything is sent")
  func portInUse() throws {
    let scene = try scene()
    let run = try scene.shell(
      "regra run rules.yaml events.ndjson --to \(scene.simulator.address) "
        + "--metrics \(scene.simulator.port)")
    #expect(run.status == 6)
    #expect(
      run.errors.contains(
        "regra: --metrics 127.0.0.1:\(scene.simulator.port): Address already in use; nothing was begun"
      ))
    #expect(try !scene.get("contacts.json").contains(#""name":"A""#))
  }

  @Test(
    "in a log every line is an event, whatever ends the command",
    arguments: [
      ("run rules.yaml events.ndjson", 0), ("run rules.yaml events.ndjson --to URL", 0),
      ("run rules.yaml nothing.ndjson", 3), ("run --window x rules.yaml", 64),
      ("run rules.yaml --to ftp://x", 64), ("run broken.yaml", 1), ("pull --url URL", 0),
      ("pull --url URL --nothing", 64), ("replay events.ndjson --url URL", 3),
      ("apply events.ndjson --url URL", 3), ("provision broken.yaml --url URL --yes", 1),
      ("provision rules.yaml --url URL --yes", 0), ("provision rules.yaml --url URL", 6),
      ("doctor --url nothing", 64),
    ])
  func json(line: String, status: Int32) throws {
    let scene = try scene()
    _ = try scene.scratch.write("version: 1\nrules: 3\n", to: "broken.yaml")
    let command = line.replacing("URL", with: scene.simulator.address)
    let run = try scene.shell("regra \(command) --log-format json")
    #expect(run.status == status)
    for line in run.errors.split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["message"] is String)
      #expect((object?["trace_id"] as? String)?.utf8.count == 32)
    }
    #expect(status == 0 || run.errors.contains(#""level":"error""#))
  }

  @Test("a call has a span of its own in the trace of its run")
  func spans() throws {
    let scene = try scene()
    let run = try scene.shell(
      "regra run rules.yaml events.ndjson --to \(scene.simulator.address) --log-level debug")
    let lines = run.errors.split(separator: "\n")
    func fact(_ name: String, of event: String) throws -> Substring? {
      let line = try #require(lines.first { $0.contains("msg=\"\(event)\"") })
      return line.split(separator: " ").first { $0.hasPrefix(name + "=") }
    }
    #expect(
      Set(lines.compactMap { $0.split(separator: " ").first { $0.hasPrefix("trace_id=") } }).count
        == 1)
    #expect(try fact("span_id", of: "call sent") == fact("span_id", of: "call acknowledged"))
    #expect(try fact("span_id", of: "call sent") != fact("span_id", of: "window planned"))
  }

  @Test("a person sees what there was to see, and no line where there is no terminal")
  func people() throws {
    let scene = try scene()
    let run = try scene.shell("regra run rules.yaml events.ndjson --to \(scene.simulator.address)")
    #expect(run.errors.hasPrefix("1 event · 3 rules"))
    #expect(run.errors.hasSuffix("regra: 1 call sent · 1 request\n"))
    #expect(!run.errors.contains("\u{1B}"))
  }

  @Test("`--quiet` leaves what goes wrong")
  func quiet() throws {
    let scene = try scene()
    let flags = "--to \(scene.simulator.address) --log-format json --quiet"
    #expect(try scene.shell("regra run rules.yaml events.ndjson \(flags)").errors == "")
    #expect(
      try scene.shell("regra run rules.yaml nothing.ndjson \(flags)").errors.contains("error"))
  }
}
