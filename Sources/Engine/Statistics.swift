/// What a run counted; every count is exact.
package struct Statistics: Sendable {
  package struct RuleCount: Sendable {
    package var id: String
    /// `PATH:LINE`.
    package var at: String
    package var isEnabled: Bool
    /// Events it fired for.
    package var fired = 0
    /// Writes left out because their value was unknown, null or blank.
    package var skipped = 0
    /// Writes the API would refuse.
    package var setAside = 0
    /// Events that only an unknown kept it from firing for.
    package var unknown = 0
    /// Its lines, with how often their paths were missing or of another type.
    package var lines: [LineCount] = []
  }

  package struct LineCount: Sendable {
    package var line: Int
    package var text: String
    package var path: String
    package var missing = 0
    package var otherType = 0
    /// Events of the rule's types.
    package var of = 0
  }

  package struct PathCount: Sendable {
    package var type: String
    package var path: String
    package var missing = 0
    package var null = 0
    package var otherType = 0
    package var of = 0
  }

  /// One write that was set aside, or one event that could not be used.
  package struct SetAside: Sendable {
    package var rule: String
    package var event: String
    /// `SOURCE:LINE` of the event.
    package var at: String
    package var reason: String
  }

  /// A URN that a write wants and another contact has: the write was set aside.
  package struct URNConflict: Sendable {
    package var urn: String
    /// The uuid of who has it.
    package var owner: String
    /// The URN or uuid of who would get it.
    package var contact: String
    /// Index in ``Program/ruleIDs``.
    package var rule: Int
    package var event: String

    package init(urn: String, owner: String, contact: String, rule: Int, event: String) {
      self.urn = urn
      self.owner = owner
      self.contact = contact
      self.rule = rule
      self.event = event
    }
  }

  package var eventCount = 0
  package var matchedCount = 0
  package var withoutType = 0
  package var withoutContact = 0
  package var repeats = 0
  /// Same type and id as an earlier event, other content; applied.
  package var changedRepeats = 0
  /// Older than an event already applied to the same contact.
  package var outOfOrder = 0
  package var problemCount = 0
  package var overwrittenCount = 0
  package var madeAgain = 0
  package var mutationCount = 0
  package var contactCount = 0
  package var rules: [RuleCount] = []
  package var paths: [PathCount] = []
  /// The first of them, at most 1,000; `setAsideCount` counts all.
  package var setAside: [SetAside] = []
  package var setAsideCount = 0
  /// Of those, URNs that other contacts have; the first 1,000.
  package var conflicts: [URNConflict] = []
  /// Texts of `note` actions, the first 1,000.
  package var notes: [SetAside] = []
  package var noteCount = 0
  /// The first input problems, at most 1,000; `problemCount` counts all.
  package var problems: [InputProblem] = []

  /// Events in which a key that rules read stands twice: how many, and the first, at most 1,000.
  package var repeatedKeyCount = 0
  package var repeatedKeys: [InputProblem] = []

  package init() {}
}
