import Contacts
import Simulator
import Testing

@Suite("Files of faults")
struct FaultFileTests {
  @Test(
    "what is read is what is written",
    arguments: [
      #"{"answer":429,"retry_after":5}"#, #"{"answer":500,"applied":true}"#,
      #"{"answer":"reset"}"#, #"{"answer":"reset","applied":true}"#,
      #"{"answer":503,"retry_after":2}"#,
      #"{"answer":400,"body":{"detail":"no","list":[1,2.5,null,true]}}"#,
      #"{"answer":502,"body":"<p>Oops"}"#,
      #"{"delay":"250ms"}"#, #"{"delay":"100ms..2s"}"#, #"{"slow":100}"#, #"{"truncate":0}"#,
      #"{"delete":3}"#, #"{"jump":"90m"}"#, #"{"jump":"-2h"}"#, #"{"jump":"7d"}"#,
      #"{"on":{"method":"POST","path":"contacts.json","contact":"tel:+55"},"from":3,"every":2,"times":4,"chance":0.5,"slow":1}"#,
    ])
  func roundTrip(_ fault: String) throws {
    let text = #"{"seed":7,"faults":[\#(fault)]}"#
    let plan = try FaultFile.read(Array(text.utf8))
    #expect(String(decoding: FaultFile.write(plan), as: UTF8.self) == text)
    #expect(try FaultFile.readFault(Array(fault.utf8)) == plan.faults.first)
  }

  @Test("a storm of 429 says how long to wait, also where the file does not")
  func storm() throws {
    let fault = try FaultFile.readFault(Array(#"{"answer": 429}"#.utf8))
    guard case .answer(let answer, .skipped) = fault.effect else {
      Issue.record("another effect")
      return
    }
    #expect(answer.header("Retry-After") == "30")
    #expect(
      String(decoding: answer.body, as: UTF8.self)
        == #"{"detail":"Request was throttled. Expected available in 30 seconds."}"#)
  }

  @Test("the seed of the file counts before the one given")
  func seed() throws {
    #expect(try FaultFile.read(Array("{}".utf8), seed: 3).seed == 3)
    #expect(try FaultFile.read(Array(#"{"seed": 4}"#.utf8), seed: 3).seed == 4)
  }

  @Test(
    "a mistake is named with its place",
    arguments: [
      ("", "Expecting value: line 1 column 1 (char 0)"),
      ("[]", "must be an object"),
      (#"{"fault": []}"#, "unknown key `fault`"),
      (#"{"seed": -1}"#, "seed: must be from 0"),
      (#"{"faults": {}}"#, "faults: must be a list"),
      (#"{"faults": [1]}"#, "faults[0]: must be an object"),
      (
        #"{"faults": [{}]}"#,
        "faults[0]: one of `answer`, `delay`, `slow`, `truncate`, `delete`, `jump` is needed"
      ),
      (
        #"{"faults": [{"delay": "1s", "slow": 1}]}"#,
        "faults[0]: one of `answer`, `delay`, `slow`, `truncate`, `delete`, `jump` is needed"
      ),
      (#"{"faults": [{"delay": -5}]}"#, "faults[0].delay: cannot be negative"),
      (
        #"{"faults": [{"delay": "2s..1s"}]}"#,
        "faults[0].delay: must be a duration such as `250ms`, or `100ms..2s`"
      ),
      (
        #"{"faults": [{"delay": "-2s"}]}"#,
        "faults[0].delay: must be a duration such as `250ms`, or `100ms..2s`"
      ),
      (
        #"{"faults": [{"jump": "soon"}]}"#,
        "faults[0].jump: must be a duration such as `250ms`, `90m` or `-1h`"
      ),
      (
        #"{"faults": [{"jump": "9999999999d"}]}"#,
        "faults[0].jump: must be a duration such as `250ms`, `90m` or `-1h`"
      ),
      (#"{"faults": [{"answer": "rest"}]}"#, "faults[0].answer: must be a status or `reset`"),
      (#"{"faults": [{"answer": 99}]}"#, "faults[0].answer: must be from 200 to 599"),
      (#"{"faults": [{"answer": "reset", "body": ""}]}"#, "faults[0]: `body` goes with a status"),
      (#"{"faults": [{"slow": 0}]}"#, "faults[0].slow: must be from 1 to 1099511627776"),
      (#"{"faults": [{"slow": 1, "applied": true}]}"#, "faults[0]: `applied` goes with `answer`"),
      (
        #"{"faults": [{"slow": 1, "chance": 2}]}"#,
        "faults[0].chance: must be a number from 0.0 to 1.0"
      ),
      (#"{"faults": [{"slow": 1, "from": 0}]}"#, "faults[0].from: must be from 1"),
      (
        #"{"faults": [{"slow": 1, "on": {"host": "x"}}]}"#,
        "faults[0].on: unknown key `host`"
      ),
    ])
  func mistakes(_ text: String, _ sentence: String) {
    let failure = #expect(throws: StateFailure.self) { try FaultFile.read(Array(text.utf8)) }
    #expect(failure?.sentence == sentence)
  }
}
