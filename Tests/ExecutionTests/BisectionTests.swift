import CEL
import Contacts
import Synchronization
import Testing

@testable import Execution

/// Refuses whatever holds a bad text, and does not say which.
private final class SilentRefusal: Transport {
  private let base: any Transport
  private let bad: Set<String>
  private let requests = Mutex(0)

  init(_ base: any Transport, bad: Set<String>) {
    self.base = base
    self.bad = bad
  }

  var count: Int { requests.withLock(\.self) }

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    requests.withLock { $0 += 1 }
    let body = String(decoding: request.body, as: UTF8.self)
    guard bad.contains(where: { body.contains("\"\($0)\"") }) else {
      return try await base.send(request)
    }
    return APIAnswer(status: 400, body: Array(#"{"detail":"Something is wrong."}"#.utf8))
  }
}

@Suite("Refusals that name nothing")
struct BisectionTests {
  private func run(
    _ call: String, bad: Set<String>, on rehearsal: Rehearsal
  ) async throws -> (report: ExecutionReport, count: Int) {
    let transport = SilentRefusal(rehearsal.api, bad: bad)
    var reader = CallReader()
    let calls = try reader.readAll(Array(Rehearsal.lines([call]).utf8))
    var executor = Executor(
      over: transport, profile: APIProfile(.weni), headers: Rehearsal.headers,
      clock: ContinuousClock())
    return (await executor.run(calls), transport.count)
  }

  private static func urn(_ number: Int) -> String { "ext:c\(number)x" }

  @Test(
    "of a bulk call the bad contacts are found with at most 2k⌈log₂n⌉+1 further calls",
    arguments: [1, 2, 3, 7, 64, 100], [0, 1, 2, 5])
  func bulk(_ count: Int, _ badCount: Int) async throws {
    let contacts = (0..<count).map { #"{"urns":["\#(Self.urn($0))"]}"# }.joined(separator: ",")
    let rehearsal = try Rehearsal(
      .weni, #"{"groups":[{"name":"A"}],"contacts":[\#(contacts)]}"#)
    let bad = Set((0..<count).shuffled().prefix(badCount).map(Self.urn))
    let names = (0..<count).map { "\"\(Self.urn($0))\"" }.joined(separator: ",")
    let (report, sent) = try await run(
      #"POST contact_actions "body":{"contacts":[\#(names)],"action":"add","group":"A"}"#,
      bad: bad, on: rehearsal)
    #expect(Set(report.setAside.map(\.item)) == Set(bad.map { .contact($0) }))
    var levels = 0
    while 1 << levels < count { levels += 1 }
    #expect(sent <= 1 + 2 * bad.count * levels + 1)
    for number in 0..<count {
      let urn = Self.urn(number)
      #expect(try await rehearsal.contact(urn)?.groupNames == (bad.contains(urn) ? [] : ["A"]))
    }
  }

  @Test("of a contact's POST the bad parts are found, and the rest is written")
  func parts() async throws {
    let fields = (0..<9).map { #"{"key":"f\#($0)"}"# }.joined(separator: ",")
    let rehearsal = try Rehearsal(.weni, #"{"fields":[\#(fields)]}"#)
    let values = (0..<9).map { #""f\#($0)":"v\#($0)""# }.joined(separator: ",")
    let (report, sent) = try await run(
      #"POST contacts "query":{"urn":"ext:1"},"body":{"name":"Ana","fields":{\#(values)}}"#,
      bad: ["v3", "v7"], on: rehearsal)
    #expect(Set(report.setAside.map(\.item)) == [.field("f3"), .field("f7")])
    #expect(sent <= 1 + 2 * 2 * 4 + 1)
    let contact = try #require(try await rehearsal.contact("ext:1"))
    #expect(contact["name"]?.text == "Ana")
    for number in 0..<9 {
      let isBad = number == 3 || number == 7
      #expect(contact["fields"]?["f\(number)"]?.text == (isBad ? nil : "v\(number)"))
    }
  }

  @Test("a call of which no part is taken is set aside as a whole")
  func whole() async throws {
    let rehearsal = try Rehearsal(.weni, #"{"fields":[{"key":"f"}]}"#)
    let (report, _) = try await run(
      #"POST contacts "query":{"urn":"ext:1"},"body":{"name":"Ana","fields":{"f":"x"}}"#,
      bad: ["Ana", "x"], on: rehearsal)
    #expect(report.setAside.map(\.item) == [.call])
  }
}
