import Planning

/// Which calls of a batch may be sent now: those whose predecessors are all done.
///
/// Calls go in segments: a round, cut before and behind each call that stands alone. Within a segment a
/// call waits for those it is `after`, and for the last one before it of each of its contacts and of the
/// URN lane.
struct Schedule {
  private let orders: [CallOrder]
  private let isDone: [Bool]
  /// Where each segment begins, and the end of the last.
  private var starts: [Int] = []
  private var segment = -1
  /// Calls of the open segment that are not done.
  private var openInSegment = 0
  /// Calls that are not done.
  private(set) var openCount = 0
  /// Of each call of the open segment how many it still waits for.
  private var waits: [Int32] = []
  /// Of each call of the open segment those that wait for it.
  private var followers: [[Int32]] = []
  /// Calls that may be sent, the next one last.
  private var ready: [Int] = []

  /// A schedule of the calls that are not done already.
  init(_ orders: [CallOrder], isDone: [Bool]) {
    self.orders = orders
    self.isDone = isDone
    openCount = isDone.count { !$0 }
    for (index, order) in orders.enumerated() {
      let begins =
        index == 0 || order.round != orders[index - 1].round || order.standsAlone
        || orders[index - 1].standsAlone
      if begins { starts.append(index) }
    }
    starts.append(orders.count)
    advance()
  }

  /// The next call that may be sent; the earliest, unless a contact's calls were begun.
  mutating func next() -> Int? { ready.popLast() }

  var hasReady: Bool { !ready.isEmpty }

  /// Notes that a call is done: what waited for it alone may be sent.
  mutating func finish(_ index: Int) {
    openCount -= 1
    openInSegment -= 1
    let place = index - starts[segment]
    for follower in followers[place].reversed() {
      waits[Int(follower)] -= 1
      if waits[Int(follower)] == 0 { ready.append(starts[segment] + Int(follower)) }
    }
    followers[place] = []
    advance()
  }

  /// Opens the next segment with something to do once the open one is done.
  private mutating func advance() {
    while openInSegment == 0, segment + 2 < starts.count {
      segment += 1
      open(starts[segment]..<starts[segment + 1])
    }
  }

  private mutating func open(_ range: Range<Int>) {
    waits = Array(repeating: 0, count: range.count)
    followers = Array(repeating: [], count: range.count)
    var lastOfContact: [Int32: Int] = [:]
    var lastInLane: Int?
    for index in range where !isDone[index] {
      openInSegment += 1
      let order = orders[index]
      var before: Set<Int> = []
      for contact in order.contacts {
        if let last = lastOfContact.updateValue(index, forKey: contact) { before.insert(last) }
      }
      if order.isInURNLane {
        if let lastInLane { before.insert(lastInLane) }
        lastInLane = index
      }
      for number in order.after where range.contains(number - 1) && number <= index {
        if !isDone[number - 1] { before.insert(number - 1) }
      }
      before.remove(index)
      for other in before {
        followers[other - range.lowerBound].append(Int32(index - range.lowerBound))
      }
      waits[index - range.lowerBound] = Int32(before.count)
    }
    for index in range.reversed() where !isDone[index] && waits[index - range.lowerBound] == 0 {
      ready.append(index)
    }
  }
}
