/// What one look found.
package struct Finding: Sendable, Equatable {
  /// What is looked at; the raw value is its name for people and programs.
  package enum Check: String, Sendable, CaseIterable {
    case server, token
    case tokenFile = "token file"
    case clock, dialect, quotas, addresses, country
    case timeZone = "time zone"
    case dates, rules, fields, groups
    case fieldTypes = "field types"
    case smartGroups = "smart groups"
    case state, rights, space, writer, snapshot
  }

  package enum Verdict: Sendable, Equatable {
    case fine, warning
    case problem(Kind)
    /// Something else is in the way of looking.
    case unknown
  }

  /// What a problem is about.
  package enum Kind: Sendable { case content, file, server }

  package var check: Check
  package var verdict: Verdict
  /// What was found, without a full stop.
  package var words: String
  /// All that the words are about, such as the fields that lack.
  package var names: [String] = []
  /// What to do.
  package var advice: String?

  init(
    _ check: Check, _ verdict: Verdict, _ words: String, names: [String] = [],
    advice: String? = nil
  ) {
    self.check = check
    self.verdict = verdict
    self.words = words
    self.names = names
    self.advice = advice
  }
}
