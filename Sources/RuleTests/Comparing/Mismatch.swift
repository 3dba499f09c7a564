package import Diagnostics

/// One thing that a test wanted otherwise.
package struct Mismatch: Sendable {
  /// What is wrong, as a sentence without a full stop.
  package var message: Words
  /// The expectation, in the test file.
  package var range: SourceRange
  /// What was there instead.
  package var label: Words
  /// More about it, a line each.
  package var details: [Words] = []
  /// Rules whose conditions tell why, and the event that they are shown for.
  package var suspects: [Suspect] = []

  package struct Suspect: Sendable, Hashable {
    package var rule: Int
    package var event: Int
  }
}
