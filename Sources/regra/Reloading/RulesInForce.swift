import Contacts
import Diagnostics
import Engine
private import Glibc
import Rulesets
import Streams
import Synchronization

/// The rules of a run, and what puts changed ones in force while it goes on.
///
/// Changed files are checked as a whole. Where they hold a mistake it is told, and the rules that were in
/// force stay.
final class RulesInForce: Sendable {
  private struct State {
    var digest: RuleDigest
    /// What was compiled, until it is let go of.
    var compiled: Ruleset?
    var sources: [SourceText]
    /// The files as they were when they were last checked, and as they were last seen.
    var tried: [[UInt8]]
    var seen: [[UInt8]]
    var isWanted = false
    var isOver = false
  }

  let program: LiveProgram
  private let stream: StreamOptions
  private let state: Mutex<State>

  /// How often files are looked at, in microseconds.
  private static let pause: UInt32 = 500_000

  init(_ checked: CheckedRules, of stream: StreamOptions) throws {
    let ruleset = try checked.usable
    self.stream = stream
    program = LiveProgram(
      Program(ruleset, profile: APIProfile(stream.dialect), on: .twoThreads))
    let whole = checked.sources.map(\.utf8)
    state = Mutex(
      State(
        digest: RuleDigest(ruleset), compiled: ruleset, sources: checked.sources, tried: whole,
        seen: whole))
  }

  /// The latest that were put in force.
  var digest: RuleDigest { state.withLock(\.digest) }

  /// Lets go of the trees that were compiled, and of the room they took, while others go on.
  func forgetTrees() {
    // Of few rules there is nothing to be had that a thread is worth.
    guard digest.rules.count >= 500 else { return }
    LeftWork.ofRules.add { [self] in _ = state.withLock { $0.compiled.take() } }
    LeftWork.ofRules.end(with: Heap.returnFreed)
  }

  /// Has the files looked at once, changed or not.
  func reload() { state.withLock { $0.isWanted = true } }

  /// Looks at the files until ``endWatch()``; `mayHold` throws where rules may not be put in force.
  func watch(_ mayHold: @escaping @Sendable (Ruleset) throws -> Void) {
    onOwnThread { [self] in
      while !state.withLock(\.isOver) {
        look(mayHold)
        usleep(Self.pause)
      }
    }
  }

  func endWatch() { state.withLock { $0.isOver = true } }

  /// Checks the files where somebody asked for it, or where they have changed and stand still since.
  func look(_ mayHold: (Ruleset) throws -> Void = { _ in }) {
    let isWanted = state.withLock { state in
      defer { state.isWanted = false }
      return state.isWanted
    }
    let found: [[UInt8]]
    do throws(FileFailure) {
      found = try RuleFiles.read([stream.rules]).map(\.utf8)
    } catch {
      // While an editor replaces a file it may be away for a moment.
      if isWanted { say("\(error.path): \(error.cause); the rules in force stay") }
      return
    }
    let isDue = state.withLock { state in
      defer { state.seen = found }
      return isWanted || found != state.tried && found == state.seen
    }
    guard isDue else { return }
    state.withLock { $0.tried = found }
    do {
      try replace(mayHold, tellsSame: isWanted)
    } catch let failure as CommandFailure {
      say("\(failure.sentence); the rules in force stay")
    } catch {
      say("the changed rules cannot be used; those in force stay")
    }
    Heap.returnFreed()
  }

  private func replace(_ mayHold: (Ruleset) throws -> Void, tellsSame: Bool) throws {
    let checked = try stream.checkedRules(makingState: true)
    let ruleset = try checked.usable
    try mayHold(ruleset)
    let inForce = state.withLock { WrittenRules($0.digest, in: $0.sources) }
    let digest = RuleDigest(ruleset)
    let changes = RuleChanges(from: inForce, to: WrittenRules(digest, in: checked.sources))
    guard !changes.isEmpty else {
      if tellsSame { say("the rules are the same as before") }
      return
    }
    program.replace(
      with: Program(ruleset, profile: APIProfile(stream.dialect), on: .twoThreads))
    state.withLock { ($0.digest, $0.sources) = (digest, checked.sources) }
    say("rules changed, from the next window on: \(changes.sentence)")
  }

  private func say(_ sentence: String) { Terminal.say("regra: \(sentence)\n") }
}
