/// An event that was seen: a hash of its type and id, and one of its content.
package struct RepeatMark: BitwiseCopyable, Sendable, Hashable {
  package var identity: UInt64
  package var content: UInt64

  package init(identity: UInt64, content: UInt64) {
    self.identity = identity
    self.content = content
  }
}

/// Which events were seen before, by a hash of type and id, with a hash of their content.
///
/// Two generations of at most five million each: when the younger is full the older is forgotten,
/// so between five and ten million events are remembered.
struct RepeatTable: ~Copyable {
  /// What an event is to those before it.
  enum Relation { case new, repeated, changed }

  static let generationLimit = 5_000_000

  private var young = Generation()
  private var old = Generation()
  /// What was remembered since ``takeMarks()``; absent where nobody asks.
  private var marks: [RepeatMark]?
  /// Keeps the loads of ``touch(_:)`` from being left out.
  private(set) var touched: UInt64 = 0

  /// Keeps what is remembered from now on for ``takeMarks()``.
  mutating func keepMarks() { marks = [] }

  /// What was remembered since the last call, in order.
  mutating func takeMarks() -> [RepeatMark] {
    guard let taken = marks else { return [] }
    marks = []
    return taken
  }

  /// Remembers an event and says whether one like it was there.
  mutating func insert(identity: UInt64, content: UInt64) -> Relation {
    let relation = relate(identity: identity, content: content)
    if marks != nil, relation != .repeated {
      marks?.append(RepeatMark(identity: identity, content: content))
    }
    return relation
  }

  private mutating func relate(identity: UInt64, content: UInt64) -> Relation {
    if let known = young.content(of: identity) {
      if known == content { return .repeated }
      young.set(identity, content)
      return .changed
    }
    let earlier = old.content(of: identity)
    if young.count >= Self.generationLimit {
      old = young
      young = Generation()
    }
    young.set(identity, content)
    guard let earlier else { return .new }
    return earlier == content ? .repeated : .changed
  }

  /// Brings the places of a chunk's events into the cache.
  ///
  /// One load after the other waits for memory each time; independent ones wait together. This
  /// took a tenth off the whole run at 1,000,000 events.
  mutating func touch(_ events: [Log.Event]) {
    for event in events where event.identity != 0 { touched &+= young.peek(event.identity) }
  }

  /// Open addressing with linear probing, at most two thirds full; identity 0 is an empty place.
  private struct Generation {
    var places: [(identity: UInt64, content: UInt64)] = Array(repeating: (0, 0), count: 1024)
    var count = 0

    func peek(_ identity: UInt64) -> UInt64 {
      places[Int(truncatingIfNeeded: identity >> 20) & (places.count - 1)].identity
    }

    func content(of identity: UInt64) -> UInt64? {
      var place = Int(truncatingIfNeeded: identity >> 20) & (places.count - 1)
      while places[place].identity != 0 {
        if places[place].identity == identity { return places[place].content }
        place = (place + 1) & (places.count - 1)
      }
      return nil
    }

    mutating func set(_ identity: UInt64, _ content: UInt64) {
      if count * 3 >= places.count * 2 { grow() }
      var place = Int(truncatingIfNeeded: identity >> 20) & (places.count - 1)
      while places[place].identity != 0, places[place].identity != identity {
        place = (place + 1) & (places.count - 1)
      }
      if places[place].identity == 0 { count += 1 }
      places[place] = (identity, content)
    }

    private mutating func grow() {
      let before = places
      places = Array(repeating: (0, 0), count: before.count * 2)
      count = 0
      for entry in before where entry.identity != 0 { set(entry.identity, entry.content) }
    }
  }
}
