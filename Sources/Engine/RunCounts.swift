/// What a run has counted so far, as far as it costs nothing to say.
package struct RunCounts: Sendable, Hashable {
  package var events = 0
  /// Lines and events that could not be read.
  package var unusable = 0
  package var repeats = 0
  package var withoutContact = 0
  package var mutations = 0
  /// Writes that could not become calls.
  package var setAside = 0

  package init() {}
}
