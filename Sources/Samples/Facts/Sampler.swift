internal import CEL
package import Contacts
package import Rulesets

/// Looks at events one after the other, and asks the rules about each, on one thread.
package struct Sampler: ~Copyable {
  private var builder: SchemaBuilder
  private var counter: OutcomeCounter

  /// - Parameters:
  ///   - ruleset: the rules as far as they could be read.
  ///   - usability: whether they may be asked.
  ///   - profile: what the API accepts.
  ///   - byteLimit: the longest event that is read.
  package init(
    _ ruleset: Ruleset, _ usability: Usability, profile: APIProfile, byteLimit: Int
  ) {
    builder = SchemaBuilder(ruleset.typings, byteLimit: byteLimit)
    var asked = ruleset
    if usability == .broken { (asked.files, asked.rules) = ([], []) }
    counter = OutcomeCounter(asked, profile: profile, byteLimit: byteLimit)
  }

  /// Whether rules have errors.
  package enum Usability: Sendable { case sound, broken }

  /// What was learnt so far.
  package var evidence: SampleEvidence {
    SampleEvidence(builder.schema, counter.outcomes)
  }

  /// Counts a line that is no event.
  package mutating func addProblem() { builder.addProblem() }

  /// Looks at an event; 64 readable bytes must follow it.
  ///
  /// - Returns: why it is no event, as a sentence without a full stop; nil where it is one.
  package mutating func add(_ text: UnsafeRawBufferPointer, now: Int64) -> String? {
    if let cause = builder.add(text) { return cause }
    counter.add(text, now: now)
    return nil
  }
}

extension Ruleset {
  /// Where the files say the type of an event is, each place once.
  package var typings: [Typing] {
    var labels: Set<String> = []
    return files.compactMap { file in
      let typing = Typing(file.eventType, in: file.environment, keepsUntyped: true)
      return labels.insert(typing.label).inserted ? typing : nil
    }
  }
}

extension Predicate {
  /// The role of a line within its rule.
  enum Role: Sendable {
    /// The rule fires only where the line holds.
    case needed
    /// One of several of which one must hold.
    case alternative
    /// Must not hold.
    case excluded
  }

  /// The lines that are no combinations of others, as written.
  var leaves: [(predicate: Predicate, role: Role)] { leaves(as: .needed) }

  private func leaves(as role: Role) -> [(predicate: Predicate, role: Role)] {
    switch kind {
    case .expression: [(self, role)]
    case .all(let parts): parts.flatMap { $0.leaves(as: role) }
    case .any(let parts):
      parts.flatMap { $0.leaves(as: role == .needed && parts.count > 1 ? .alternative : role) }
    case .none(let parts): parts.flatMap { $0.leaves(as: .excluded) }
    }
  }
}
