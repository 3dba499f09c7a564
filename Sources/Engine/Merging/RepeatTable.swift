import Knowledge

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
/// so between five and ten million events are remembered. Of the hashes 56 and 40 bits are kept: of seven billion
/// events one may look like another of those ten million, with another content; of events that come again with
/// another content, one in 2^40 counts as the same.
struct RepeatTable: ~Copyable {
  /// What an event is to those before it.
  enum Relation { case new, repeated, changed }

  static let generationLimit = 5_000_000

  private var young = Generation()
  private var old = Generation()
  /// What was remembered since ``takeMarks()``; absent where nobody asks.
  private var marks: [RepeatMark]?

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
    let event = Place(identity: identity, content: content)
    var place = young.place(of: event)
    if !young.places[place].isEmpty {
      if young.places[place].isContent(of: event) { return .repeated }
      young.places[place] = event
      return .changed
    }
    let earlier = old.find(event)
    if young.count >= Self.generationLimit {
      swap(&old, &young)
      young = Generation()
      place = young.place(of: event)
    }
    young.add(event, at: place)
    guard let earlier else { return .new }
    return earlier.isContent(of: event) ? .repeated : .changed
  }

  /// Has the place of an event to come brought into the cache.
  ///
  /// One load after the other waits for memory each time; independent ones wait together. This
  /// took a tenth off the whole run at 1,000,000 events.
  @inline(__always)
  mutating func prefetchPlace(_ identity: UInt64) {
    prefetch(young.places.base + young.start(Place(identity: identity, content: 0).identity))
  }

  /// An event, in twelve bytes: 56 bits of the one hash and 40 of the other.
  struct Place: BitwiseCopyable {
    private var words: (UInt32, UInt32, UInt32)

    static let empty = Place()

    private init() { words = (0, 0, 0) }

    @inline(__always)
    init(identity: UInt64, content: UInt64) {
      // Hashes of one event for rules of several kinds may differ in their lowest bits only; none is empty.
      let identity = max((identity &* 0x9E37_79B9_7F4A_7C15) >> 8, 1)
      let content = content >> 24
      words = (
        UInt32(truncatingIfNeeded: identity),
        UInt32(truncatingIfNeeded: identity >> 32 | (content >> 32) << 24),
        UInt32(truncatingIfNeeded: content)
      )
    }

    /// What is kept of the hash of type and id; 0 where the place is empty.
    @inline(__always)
    var identity: UInt64 { (UInt64(words.1 & 0xFF_FFFF) << 32 | UInt64(words.0)) << 8 }

    @inline(__always)
    var isEmpty: Bool { words.0 | (words.1 & 0xFF_FFFF) == 0 }

    @inline(__always)
    func isIdentity(of other: Place) -> Bool {
      words.0 == other.words.0 && (words.1 ^ other.words.1) & 0xFF_FFFF == 0
    }

    @inline(__always)
    func isContent(of other: Place) -> Bool {
      words.2 == other.words.2 && (words.1 ^ other.words.1) >> 24 == 0
    }
  }

  /// Open addressing with linear probing in the order of the identities, at most two thirds full.
  private struct Generation: ~Copyable {
    /// So many places stand behind those where a search begins, or more; the last one is empty.
    private static let slack = 64

    var places = Column(repeating: Place.empty, count: 1024 + Generation.slack)
    /// Places where a search may begin.
    private var homeCount = 1024
    private(set) var count = 0

    @inline(__always)
    mutating func start(_ identity: UInt64) -> Int {
      Int(truncatingIfNeeded: identity.multipliedFullWidth(by: UInt64(homeCount)).high)
    }

    /// The place of an event, or the empty one where it belongs.
    @inline(__always)
    mutating func place(of event: Place) -> Int {
      var place = start(event.identity)
      while !places[place].isEmpty, !places[place].isIdentity(of: event) { place += 1 }
      return place
    }

    /// What is kept of an event.
    mutating func find(_ event: Place) -> Place? {
      guard count > 0 else { return nil }
      let known = places[place(of: event)]
      return known.isEmpty ? nil : known
    }

    /// Puts an event that is not there into its empty place.
    mutating func add(_ event: Place, at place: Int) {
      put(event, at: place)
      count += 1
      if count * 3 >= homeCount * 2 { grow() }
    }

    @inline(__always)
    private mutating func put(_ event: Place, at place: Int) {
      places[place] = event
      if place == places.count - 1 {
        places.append(repeating: Place.empty, count: Self.slack)
      }
    }

    /// Grows by half, in the memory where it is: fresh pages cost more than all else that is done here.
    ///
    /// With more places each search begins further behind. From the last event to the first, each is taken
    /// out and put in anew: mostly its search begins behind it, where all have their new places already.
    /// Only among the first ones that is not so; there a run of events is taken out as a whole.
    private mutating func grow() {
      var end = places.count
      homeCount += homeCount / 2
      places.append(repeating: Place.empty, count: homeCount + Self.slack - end)
      var run: [Place] = []
      while end > 0 {
        end -= 1
        let event = places[end]
        if event.isEmpty { continue }
        if start(event.identity) > end {
          places[end] = Place.empty
          put(event, at: place(of: event))
          continue
        }
        run.removeAll(keepingCapacity: true)
        var first = end
        while first > 0, !places[first - 1].isEmpty { first -= 1 }
        for place in first...end {
          run.append(places[place])
          places[place] = Place.empty
        }
        for event in run { put(event, at: place(of: event)) }
        end = first
      }
    }
  }
}
