import Knowledge

/// Contacts that may be one: only the server knows. Their parts follow each other in rounds.
extension BatchBuilder {
  /// Some contacts that may be one.
  struct Chain: BitwiseCopyable {
    /// The part of them that was written last; -1 before the first.
    var last: Int32
    /// Whether parts of several of them stand in the round of that part: nobody's goes on.
    var isShared = false
    /// The last part that deletes one of them, or replaces its URNs; -1 where there is none.
    var upheaval: Int32 = -1
    /// The chain in ``doubles`` that this one became part of; -1 as long as it is whole.
    var parent: Int32 = -1
  }

  /// Begins a chain.
  mutating func openChain(last part: Int32) -> Int32 {
    doubles.append(Chain(last: part))
    return Int32(doubles.count - 1)
  }

  /// The part of a chain that a contact's next one must come after; -1 where its newest part may go on.
  mutating func lastPart(of chain: Int32, otherThan contact: Int32) -> Int32 {
    let known = doubles[whole(chain)]
    return known.isShared || known.last != contacts[contact].part ? known.last : -1
  }

  /// Notes the part of a chain that was written last.
  mutating func setLastPart(_ part: Int32, of chain: Int32) {
    let number = whole(chain)
    doubles[number].last = part
    doubles[number].isShared = false
  }

  /// Notes that a part took all URNs from its contact, and with it from whoever is the same.
  mutating func noteUpheaval(_ part: Int32) {
    let double = contacts[parts[part].part.contact].double
    if double >= 0 { doubles[whole(double)].upheaval = part }
  }

  /// Whether the URNs of a contact may name it no more, as one that may be the same has lost all of its own
  /// since it was written to.
  mutating func mayBeNameless(_ contact: Int32) -> Bool {
    let known = contacts[contact]
    guard known.double >= 0, known.part >= 0 else { return false }
    return doubles[whole(known.double)].upheaval > known.part
  }

  /// Whether two contacts may be one.
  mutating func mayBeOne(_ one: Int32, _ other: Int32) -> Bool {
    let (chain, otherChain) = (contacts[one].double, contacts[other].double)
    return one == other || chain >= 0 && otherChain >= 0 && whole(chain) == whole(otherChain)
  }

  /// The chain of a contact, which begins one if it has none.
  mutating func chain(of contact: Int32) -> Int32 {
    if contacts[contact].double < 0 {
      contacts[contact].double = openChain(last: contacts[contact].part)
    }
    return contacts[contact].double
  }

  /// One chain for two, either of which may be missing (-1).
  mutating func join(_ one: Int32, _ other: Int32) -> Int32 {
    guard one >= 0, other >= 0 else { return max(one, other) }
    let (kept, joined) = (whole(one), whole(other))
    guard kept != joined else { return kept }
    let (chain, other) = (doubles[kept], doubles[joined])
    doubles[joined].parent = kept
    let upheaval = max(chain.upheaval, other.upheaval)
    let (round, otherRound) = (round(after: chain.last), round(after: other.last))
    if otherRound > round {
      doubles[kept] = other
    } else if otherRound == round {
      doubles[kept].isShared = chain.last != other.last || chain.isShared || other.isShared
    }
    doubles[kept].upheaval = upheaval
    return kept
  }

  private mutating func whole(_ chain: Int32) -> Int32 {
    var chain = chain
    while doubles[chain].parent >= 0 {
      let parent = doubles[chain].parent
      if doubles[parent].parent >= 0 { doubles[chain].parent = doubles[parent].parent }
      chain = parent
    }
    return chain
  }
}
