package import Contacts
package import Diagnostics
internal import Engine
internal import Execution
internal import Planning
internal import Playground
package import Rulesets
internal import Simulator

/// Runs tests of one ruleset: the engine, the planner and a server in memory, as in a real run.
///
/// Events that follow each other without a pause merge in one window; a pause ends it.
package struct TestRunner: Sendable {
  package let ruleset: Ruleset
  let traced: TracedRules
  let profile: APIProfile
  let encoder: CallEncoder
  /// The rules as calls name them, and behind them what `ensure` names.
  let provenance: [CallReader.Rule]

  /// Compiles rules.
  ///
  /// - Parameters:
  ///   - ruleset: the rules.
  ///   - sources: the texts they were read from.
  ///   - profile: the dialect they were checked for.
  package init(_ ruleset: Ruleset, sources: [SourceText], profile: APIProfile) {
    var ruleset = ruleset
    // A share of a few contacts says nothing about a workspace.
    ruleset.guards = ruleset.guards.ofCounts
    self.ruleset = ruleset
    self.profile = profile
    traced = TracedRules(ruleset, sources: sources, profile: profile)
    encoder = CallEncoder(program: traced.program)
    let places = ruleset.rules.map { ($0.id, "\(ruleset.files[$0.file].path):\($0.line)") }
    let ensured =
      ruleset.ensure.fields.map(\.place) + ruleset.ensure.groups.map(\.place)
    provenance = (places + ensured.map { ("ensure", $0.text) }).map {
      CallReader.Rule(id: $0, place: $1)
    }
  }

  /// Runs one test.
  ///
  /// - Parameters:
  ///   - test: the test.
  ///   - events: its events.
  ///   - bench: what is used again from test to test.
  /// - Returns: what its events came to.
  func record(
    of test: TestCase, _ events: [GivenEvent], on bench: inout TestBench
  ) async -> TestRecord {
    var record = TestRecord()
    let given: GivenWorkspace
    switch bench.workspace(for: test, of: self) {
    case .success(let workspace): given = workspace
    case .failure(let failure):
      record.problems.append(failure.sentence)
      return record
    }
    record.before = bench.states(of: given)
    var run = WindowRun(self, given, test)
    await run.take(events, on: &bench, into: &record)
    return record
  }
}

/// What tests of one ruleset use one after the other: memory to evaluate in, and workspaces that
/// several of them begin with.
struct TestBench: ~Copyable {
  var events: EventBench
  private var given: (contacts: String, workspace: GivenWorkspace, states: [ContactRecord])?

  init(_ runner: TestRunner) {
    events = EventBench(runner.traced)
  }

  mutating func workspace(
    for test: TestCase, of runner: TestRunner
  ) -> Result<GivenWorkspace, GivenWorkspace.Failure> {
    let key = test.contacts.map(\.identity).joined(separator: "\u{0}")
    if let given, given.contacts == key { return .success(given.workspace) }
    do throws(GivenWorkspace.Failure) {
      let workspace = try GivenWorkspace(
        test.contacts, of: runner.ruleset, profile: runner.profile, at: test.now)
      given = (key, workspace, workspace.server.contactRecords)
      return .success(workspace)
    } catch {
      return .failure(error)
    }
  }

  func states(of workspace: GivenWorkspace) -> [ContactRecord] {
    given?.states ?? workspace.server.contactRecords
  }
}

extension GivenContact {
  /// All that makes it what it is.
  fileprivate var identity: String {
    let urns = urns.map(\.text).joined(separator: "\u{1}")
    let groups = groups.map(\.text).joined(separator: "\u{1}")
    let fields = fields.map { "\($0.key.text)\u{2}\($0.value)" }.joined(separator: "\u{1}")
    return [
      uuid, fullName ?? "", language ?? "", status ?? "", urns, groups, fields, "\(isHidden)",
    ].joined(separator: "\u{3}")
  }
}

extension Guards {
  /// Those that do not depend on how many contacts a workspace has.
  fileprivate var ofCounts: Guards {
    func count(_ limit: Limit?) -> Limit? {
      guard case .count? = limit else { return nil }
      return limit
    }
    return Guards(
      maxDeletes: count(maxDeletes), maxCreated: count(maxCreated), maxChanged: count(maxChanged),
      groups: groups.filter { count($0.limit) != nil }, never: never)
  }
}
