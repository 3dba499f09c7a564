import Foundation
import Testing

@testable import regra

private let orders = """
  {"id":"A1","total":120,"client":{"name":"Ana \\"Nina\\""}}
  {"id":"A2","total":"abc"}
  {"id":"A3"

  """

@Suite("regra eval")
struct EvalCommandTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func file(_ name: String, _ text: String) throws -> String {
    try scratch.write(text, to: name).path
  }

  private func eval(_ arguments: String..., input: String = "") throws -> Command {
    try Command(["eval"] + arguments, input: input)
  }

  @Test("each event gives one line, and what is not known is explained")
  func lines() throws {
    let events = try file("orders.ndjson", orders)
    let run = try eval("event.total * 2", events)
    #expect(run.output == "240\nnull\n")
    #expect(
      run.errors == """
        \(events):2: unknown: `event.total * 2` does not work with a text
        \(events):3: no JSON: the text ends too early
        2 events · 1 unknown · 1 bad line

        """)
    #expect(run.status == 5)
    let quiet = try eval("--quiet", "event.total * 2", events)
    #expect(quiet.output == run.output)
    #expect(quiet.errors.isEmpty)
    #expect(quiet.status == 5)
  }

  @Test("--null-input evaluates each expression once and reads nothing")
  func nullInput() throws {
    let run = try eval("-n", "1 + 1", "'a' + 'b'", "-3 - 4", "1 / 0", input: "{")
    #expect(run.output == "2\n\"ab\"\n-7\nnull\n")
    #expect(run.errors == "<expression 4>: unknown: `1 / 0` divides by zero\n")
    #expect(run.status == 0)
  }

  @Test("--raw prints texts as they are")
  func raw() throws {
    let run = try eval("--raw", "event.client.name", input: orders)
    #expect(run.output.hasPrefix("Ana \"Nina\"\nnull\n"))
  }

  @Test("--slurp gives all events at once")
  func slurp() throws {
    let run = try eval(
      "--slurp", "event.map(e, e.id)", input: "{\"id\":1}\n[{\"id\":2},{\"id\":3}]")
    #expect(run.output == "[1,2,3]\n")
    #expect(run.status == 0)
  }

  @Test("--where leaves events out")
  func selection() throws {
    let run = try eval("--where", "event > 1", "event * 10", input: "1\n2\n3\n")
    #expect(run.output == "20\n30\n")
  }

  @Test(
    "--exit-status tells that a result is false, null or unknown, or that there is none",
    arguments: [
      ("true\n1\n\"\"\n", 0), ("false\ntrue\n", 4), ("true\nnull\n", 4), ("", 4),
      ("{\"a\":123456789012345678901234567890}", 4), ("true\n{\n", 5), ("false\n{\n", 4),
    ] as [(String, Int32)])
  func exitStatus(input: String, status: Int32) throws {
    #expect(try eval("--exit-status", "event", input: input).status == status)
    let plain = try eval("event", input: input).status
    #expect(plain == (input.hasSuffix("{\n") ? 5 : 0))
  }

  @Test("--strict ends at the first bad line, behind the results before it")
  func strict() throws {
    let run = try eval("--strict", "event.a", input: "{\"a\":1}\n{\"a\":\n{\"a\":2}\n")
    #expect(run.output == "1\n")
    #expect(run.status == 5)
    #expect(run.errors.contains("stdin:2: no JSON"))
    #expect(run.errors.contains("--strict"))
  }

  @Test("--profile standard is CEL alone")
  func profile() throws {
    #expect(try eval("-n", "--profile", "standard", "7 / 2").output == "3\n")
    let event = "{\"a\":7}"
    #expect(try eval("event.a / 2", input: event).output == "3.5\n")
    #expect(try eval("--profile", "standard", "event.a / 2", input: event).output == "3\n")
    let run = try eval("-n", "--profile", "standard", "phone('1', 'BR')")
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("error[E0204]: unknown function `phone`"))
  }

  @Test("--zone and --now set what dates and `now` mean")
  func time() throws {
    let zoned = try eval("-n", "--zone", "America/Sao_Paulo", "date('2026-03-02 09:00')")
    #expect(zoned.output == "\"2026-03-02T12:00:00Z\"\n")
    let fixed = try eval("-n", "--now", "2026-03-02T09:00:00-03:00", "now + duration('1h')")
    #expect(fixed.output == "\"2026-03-02T13:00:00Z\"\n")
    let running = try eval("-n", "now > timestamp('2026-01-01T00:00:00Z')")
    #expect(running.output == "true\n")
  }

  @Test("--arg names a text, --arg-json a value")
  func arguments() throws {
    let run = try eval(
      "-n", "--arg", "name=a=\"b\"", "--arg", "empty=", "--arg-json", "limits={\"min\":[1,2.5]}",
      "name + empty", "limits.min[1]")
    #expect(run.output == "\"a=\\\"b\\\"\"\n2.5\n")
  }

  @Test("--from-file reads the expression, and frames name the file")
  func fromFile() throws {
    let right = try file("right.cel", "\u{FEFF}event.total\n  * 2\n")
    #expect(try eval("-f", right, input: "{\"total\":4}").output == "8\n")
    let wrong = try file("wrong.cel", "event.total\n  * evnt.x\n")
    let run = try eval("-f", wrong, input: "{}")
    #expect(run.status == 1)
    #expect(run.errors.contains("--> \(wrong):2:5"))
    #expect(try eval("-f", "no-such-file").status == 3)
  }

  @Test(
    "a wrong expression ends with 1, its frame on standard error, and nothing is read",
    arguments: [
      (["evnt.total"], "error[E0203]: unknown name `evnt`", "did you mean `event`?"),
      (["event.name.startWith('A')"], "error[E0204]", "did you mean `startsWith`?"),
      (["order.total"], "error[E0203]: unknown name `order`", "`event.order`"),
      (["event.total >"], "error[E0201]", "<expression>:1:14"),
      ([""], "error[E0201]", "write one"),
      (["size('a', 'b')"], "error[E0205]", "<expression>:1:1"),
      (["event.a and event.b"], "error[E0207]", "`&&`"),
      (["contact.name"], "error[E0203]", "rules only"),
      (["-n", "event.a"], "error[E0203]", "--null-input"),
      (["-n", "1", "2 +"], "error[E0201]", "<expression 2>:1:4"),
      (["--where", "size(event)", "event"], "error[E0216]", "<where>:1:1"),
      (["--where", "'a' + ", "event"], "error[E0201]", "<where>:1:"),
    ])
  func mistakes(arguments: [String], code: String, words: String) throws {
    let run = try Command(["eval"] + arguments + (arguments[0] == "-n" ? [] : ["no-such-file"]))
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix(code), "\(run.errors)")
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("each mistake has the page that its code names")
  func pages() throws {
    let errors = try eval("-n", "nonsense(1)").errors
    let code = try #require(errors.firstMatch(of: /error\[(E\d+)\]/)).1
    #expect(try Command(["explain", String(code)]).output.hasPrefix("# \(code): "))
  }

  @Test("a condition that is always the same is a warning where events are read")
  func warnings() throws {
    let run = try eval("event.a > 1 || 1 < 2", input: "{}")
    #expect(run.errors.hasPrefix("warning[W0201]"))
    #expect(run.output == "true\n")
    #expect(try eval("-n", "1 < 2").errors.isEmpty)
  }

  @Test(
    "misuse ends with 64 and says what is possible",
    arguments: [
      [], ["-n"], ["-n", "-s", "1"], ["-n", "--where", "true", "1"], ["--zone", "Brasil", "1"],
      ["--now", "today", "1"], ["--max-event", "0", "1"], ["--profile", "strict", "1"],
      ["--arg", "x", "1"], ["--arg", "1=2", "1"], ["--arg", "event=2", "1"],
      ["--arg", "x=1", "--arg-json", "x=1", "1"], ["--arg-json", "x={", "1"],
      ["--arg-json", "x=123456789012345678901", "x"], ["--no-such-flag", "1"],
    ])
  func misuse(arguments: [String]) throws {
    let run = try Command(["eval"] + arguments)
    #expect(run.status == 64, "\(run.errors)")
    #expect(run.errors.contains("Usage: regra eval"))
  }

  @Test(
    "what cannot be read ends with 3 and its path", arguments: ["no-such-file", "docs/*.ndjson"])
  func unreadable(path: String) throws {
    let run = try eval("1", path)
    #expect(run.status == 3)
    #expect(run.errors.hasPrefix("regra: \(path): "))
  }

  @Test("files, directories and patterns are read one after the other")
  func inputs() throws {
    let first = try file("a.ndjson", "{\"a\":1}\n")
    _ = try file("b.csv", "a,b\n2,x\n")
    _ = try file("c.txt", "{\"a\":9}\n")
    let directory = scratch.directory.path
    #expect(try eval("int(event.a)", directory).output == "1\n2\n")
    #expect(
      try eval("int(event.a)", "\(directory)/*.txt", first, "-", input: "[{\"a\":5}]").output
        == "9\n1\n5\n")
  }

  @Test("a line longer than --max-event, 16 MiB unless set, costs only itself")
  func longLine() throws {
    let long = "{\"a\":\"" + String(repeating: "x", count: 20 << 20) + "\"}"
    let events = try file("long.ndjson", "{\"a\":1}\n\(long)\n{\"b\":1}\n")
    let run = try eval("has(event.a)", events)
    #expect(run.output == "true\nfalse\n")
    #expect(run.errors.hasPrefix("\(events):2: longer than 16 MiB; `--max-event` allows more\n"))
    #expect(run.status == 5)
    let wider = try eval("--max-event", "32MiB", "has(event.a)", events)
    #expect(wider.output == "true\ntrue\nfalse\n")
    #expect(wider.status == 0)
  }

  @Test("what holds nothing is told")
  func empty() throws {
    let run = try eval("event")
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
    #expect(run.errors == "stdin: holds no events\n")
  }

  @Test("a reader that goes away ends it quietly")
  func closedOutput() throws {
    let run = try Command(
      shell: "seq 200000 2>/dev/null | (regra eval event; echo $? >&2) | head -1")
    #expect(run.output == "1\n")
    #expect(run.errors == "0\n")
  }

  @Test(
    "a live stream has its results at once, and an interrupt ends it with 130 or 143",
    arguments: [("INT", 130), ("TERM", 143)])
  func live(signal: String, status: Int) throws {
    let pipe = scratch.directory.appending(path: "pipe").path
    let results = scratch.directory.appending(path: "results").path
    let run = try Command(
      shell: """
        mkfifo '\(pipe)'
        regra eval event.a '\(pipe)' > '\(results)' &
        child=$!
        exec 3<> '\(pipe)'
        printf '{"a":1}\\n{"b"' >&3
        until [ -s '\(results)' ]; do :; done
        kill -\(signal) $child
        wait $child
        echo $? >&2
        cat '\(results)'
        """)
    #expect(run.output == "1\n")
    #expect(run.errors.split(separator: "\n").last == "\(status)", "\(run.errors)")
  }

  @Test("the help fits on a terminal of 80 columns and has an example that works")
  func help() throws {
    let help = try Command(["eval", "--help"]).output
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(help.contains("regra eval --null-input '1 + 1'"))
    #expect(try Command(shell: "regra eval --null-input '1 + 1'").output == "2\n")
  }
}
