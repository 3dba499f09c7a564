import Contacts
import Knowledge

/// The tables of a window are met cold: merging waited for memory more than half of its time.
extension Merger {
  /// Has what events to come will need brought into the cache, each thing once what leads to it is there.
  @inline(__always)
  mutating func prefetch(
    ahead index: Int, _ events: UnsafeBufferPointer<Log.Event>, _ source: LogView
  ) {
    if index + 12 < events.count { repeats.prefetchPlace(events[index + 12].identity) }
    if index + 8 < events.count, let owner = owner(events[index + 8], source) {
      builder.prefetchIdentifier(owner.identifier)
    }
    if index + 6 < events.count, let owner = owner(events[index + 6], source) {
      builder.prefetchContact(of: owner.identifier)
      prefetchTexts(events[index + 6].mutations, source)
    }
    if index + 4 < events.count, let owner = owner(events[index + 4], source) {
      builder.prefetchPart(of: owner.identifier)
    }
    if index + 2 < events.count, let owner = owner(events[index + 2], source) {
      builder.prefetchWrites(of: owner.identifier)
    }
  }

  /// The same for what is found by a text that a rule has put together.
  private mutating func prefetchTexts(_ range: RowRange, _ source: LogView) {
    for index in Int(range.first)..<Int(range.first + range.count) {
      let mutation = source.mutations[index]
      guard mutation.target < 0, !mutation.isConstant, mutation.kind.takesTargetFromValue else {
        continue
      }
      builder.prefetchPlaces(of: mutation.value, in: source, isURN: !mutation.kind.isAboutGroup)
    }
  }

  /// Whom the first mutation of an event is about.
  @inline(__always)
  private mutating func owner(_ event: Log.Event, _ source: LogView) -> KeyOwner? {
    guard event.mutations.count > 0 else { return nil }
    let key = source.mutations[Int(event.mutations.first)].key
    return key >= 0 ? owners[key] : nil
  }
}
