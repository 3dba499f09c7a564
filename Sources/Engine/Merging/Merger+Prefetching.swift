import Contacts
import Knowledge

/// The tables of a window are met cold: merging waited for memory more than half of its time.
extension Merger {
  /// Notes by which identifier each event names its contact.
  mutating func noteNames(of events: UnsafeBufferPointer<Log.Event>, _ source: LogView) {
    names.removeAll()
    names.reserve(events.count)
    for index in events.indices {
      var name: Int32 = -1
      if events[index].mutations.count > 0 {
        let key = source.mutations[Int(events[index].mutations.first)].key
        if key >= 0 { name = owners[key].identifier }
      }
      names.append(name)
    }
  }

  /// Has what events to come will need brought into the cache, each thing once what leads to it is there.
  @inline(__always)
  mutating func prefetch(
    ahead index: Int, _ events: UnsafeBufferPointer<Log.Event>, _ source: LogView
  ) {
    if index + 24 < events.count { repeats.prefetchPlace(events[index + 24].identity) }
    let names = names.elements
    if index + 14 < names.count, names[index + 14] >= 0 {
      builder.prefetchIdentifier(names[index + 14])
    }
    if index + 11 < names.count, names[index + 11] >= 0 {
      builder.prefetchContact(of: names[index + 11])
      prefetchTexts(events[index + 11].mutations, source)
    }
    if index + 8 < names.count, names[index + 8] >= 0 {
      builder.prefetchPart(of: names[index + 8])
    }
    if index + 5 < names.count, names[index + 5] >= 0 {
      builder.prefetchWrites(of: names[index + 5])
      prefetchPlaces(events[index + 5].mutations, of: names[index + 5], source, isThere: false)
    }
    if index + 2 < names.count, names[index + 2] >= 0 {
      builder.prefetchSnapshotText(of: names[index + 2])
      prefetchPlaces(events[index + 2].mutations, of: names[index + 2], source, isThere: true)
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

  /// The same for writes of contacts that have many: where they are found, and once that is there
  /// the writes.
  @inline(__always)
  private mutating func prefetchPlaces(
    _ range: RowRange, of identifier: Int32, _ source: LogView, isThere: Bool
  ) {
    let part = builder.indexedPart(of: identifier)
    guard part >= 0 else { return }
    for index in Int(range.first)..<Int(range.first + range.count) {
      builder.prefetchPlace(source.mutations[index].target, of: part, isThere: isThere)
    }
  }
}
