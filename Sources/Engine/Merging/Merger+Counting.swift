/// What was counted since the start of the run, whatever rules were replaced meanwhile.
extension Merger {
  /// In the form that is printed.
  package var statistics: Statistics {
    var statistics = tally.statistics(overwritten: builder.overwrittenCount)
    if let earlier { statistics.add(before: earlier) }
    return statistics
  }

  /// Pieces of input that could not be used.
  package var problemCount: Int { tally.problemCount + (earlier?.problemCount ?? 0) }

  /// How often each rule in force fired since it came into force.
  package var firings: [Int] { tally.firings }

  /// As far as it costs nothing to say.
  package var counts: RunCounts {
    let earlier = earlier ?? Statistics()
    var counts = RunCounts()
    counts.events = earlier.eventCount + tally.eventCount
    counts.unusable = problemCount
    counts.repeats = earlier.repeats + tally.repeats
    counts.withoutContact = earlier.withoutContact + tally.withoutContact
    counts.mutations = earlier.mutationCount + tally.mutationCount
    counts.setAside = earlier.setAsideCount + tally.setAsideCount
    return counts
  }
}
