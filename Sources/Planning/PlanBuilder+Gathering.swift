import Contacts
import Engine
import Knowledge

/// The writes of each part side by side: lists are walked once, later passes are linear.
///
/// Behind them stand those that others have replaced.
extension PlanBuilder {
  /// So many lists are walked at a time: the writes of a contact lie far apart, and memory answers
  /// many requests as fast as one.
  private static var laneCount: Int { 48 }
  /// So many writes of a list are found before any is copied.
  private static var laneLength: Int { 16 }

  mutating func gatherWrites() {
    self.places.refill(with: -1, count: writes.count)
    var next: Int32 = 0
    var places: [Int32] = []
    swap(&places, &self.places)
    places.withUnsafeMutableBufferPointer { places in
      writes.withUnsafeBufferPointer { linked in
        withUnsafeTemporaryAllocation(
          of: Int32.self, capacity: Self.laneCount * (Self.laneLength + 1)
        ) { found in
          for start in stride(from: 0, to: steps.count, by: Self.laneCount) {
            let end = min(start + Self.laneCount, steps.count)
            find(start..<end, linked, found)
            for index in start..<end {
              number(index, linked, found, lane: index - start, places, &next)
            }
          }
        }
      }
    }
    gatheredCount = Int(next)
    for index in places.indices where places[index] < 0 {
      places[index] = next
      next += 1
    }
    Batch.move(&writes, to: &places)
    swap(&places, &self.places)
  }

  /// Finds the first writes of some steps, a write of each in turn; behind a lane's last stands -1.
  private mutating func find(
    _ range: Range<Int>, _ linked: UnsafeBufferPointer<Batch.Write>,
    _ found: UnsafeMutableBufferPointer<Int32>
  ) {
    let width = Self.laneCount
    for index in range {
      let first = batch.parts[Int(steps[index].part)].firstWrite
      found[index - range.lowerBound] = first
      Self.prefetch(first, linked)
    }
    for depth in 0..<Self.laneLength {
      var isDone = true
      for lane in 0..<range.count {
        let write = found[depth * width + lane]
        let next = write >= 0 ? linked[Int(write)].next : -1
        found[(depth + 1) * width + lane] = next
        if next >= 0 {
          isDone = false
          Self.prefetch(next, linked)
        }
      }
      if isDone { break }
    }
  }

  /// Has a write brought into the cache, which may lie on two lines of it.
  @inline(__always)
  private static func prefetch(_ write: Int32, _ linked: UnsafeBufferPointer<Batch.Write>) {
    guard write >= 0, let base = linked.baseAddress else { return }
    let place = UnsafeRawPointer(base + Int(write))
    Knowledge.prefetch(place)
    Knowledge.prefetch(place + (MemoryLayout<Batch.Write>.size - 1))
  }

  /// Gives the writes of a step their places.
  private mutating func number(
    _ index: Int, _ linked: UnsafeBufferPointer<Batch.Write>,
    _ found: UnsafeMutableBufferPointer<Int32>, lane: Int,
    _ places: UnsafeMutableBufferPointer<Int32>, _ place: inout Int32
  ) {
    let part = batch.parts[Int(steps[index].part)]
    var effects: Effects = []
    let first = place
    var depth = 0
    var next = part.firstWrite
    while next >= 0 {
      places[Int(next)] = place
      place += 1
      effects.formUnion(Effects(linked[Int(next)].kind))
      depth += 1
      next =
        depth <= Self.laneLength
        ? found[depth * Self.laneCount + lane] : linked[Int(next)].next
    }
    // What replaces a list counts even where its own write is gone.
    if part.replacesGroups {
      effects.insert(.groupsReplaced)
      effects.subtract([.adds, .removes])
    } else {
      effects.remove(.groupsReplaced)
    }
    if part.replacesURNs { effects.insert(.urns) }
    steps[index].first = first
    steps[index].count = place - first
    steps[index].effects = effects
  }
}
