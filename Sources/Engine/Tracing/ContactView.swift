import CEL

/// What the rules of one event see of a contact, in the order of ``Program/contactSlots``; an absent
/// part is not known.
package struct ContactView: Sendable {
  var values: [Literal?]
}

extension EventEvaluator {
  /// Fills the slots of `contact`.
  mutating func show(_ view: ContactView) {
    for (index, place) in program.contactSlots.enumerated() {
      slots[place.slot] = view.values[index].map { scratch.makeValue($0) } ?? .unknown(.notKnown)
    }
  }
}

extension Merger {
  /// What was set aside since the beginning, the first 1,000.
  package var firstSetAside: [Statistics.SetAside] { tally.setAside }

  /// What the rules of the next event will see of a contact; absent where no rule reads any.
  package mutating func view(ofContact name: String?) -> ContactView? {
    program.readsContact ? memory.view(of: name, &builder.snapshot) : nil
  }
}
