import Contacts
import Engine
import Knowledge

/// The writes of each part side by side: lists are walked once, later passes are linear.
extension PlanBuilder {
  /// So many lists are walked at a time: the writes of a contact lie far apart, and memory answers
  /// many requests as fast as one.
  private static var laneCount: Int { 48 }
  /// So many writes of a list are found before any is copied.
  private static var laneLength: Int { 16 }

  mutating func gatherWrites() {
    writes.removeAll(keepingCapacity: true)
    writes.reserveLarge(batch.writes.count)
    batch.writes.withUnsafeBufferPointer { linked in
      withUnsafeTemporaryAllocation(
        of: Int32.self, capacity: Self.laneCount * (Self.laneLength + 1)
      ) { found in
        for start in stride(from: 0, to: steps.count, by: Self.laneCount) {
          let end = min(start + Self.laneCount, steps.count)
          find(start..<end, linked, found)
          for index in start..<end { gather(index, linked, found, lane: index - start) }
        }
      }
    }
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
      prefetch(first, linked)
    }
    for depth in 0..<Self.laneLength {
      var isDone = true
      for lane in 0..<range.count {
        let write = found[depth * width + lane]
        let next = write >= 0 ? linked[Int(write)].next : -1
        found[(depth + 1) * width + lane] = next
        if next >= 0 {
          isDone = false
          prefetch(next, linked)
        }
      }
      if isDone { break }
    }
  }

  /// Has a write brought into the cache, which may lie on two lines of it.
  @inline(__always)
  private func prefetch(_ write: Int32, _ linked: UnsafeBufferPointer<Batch.Write>) {
    guard write >= 0, let base = linked.baseAddress else { return }
    let place = UnsafeRawPointer(base + Int(write))
    Knowledge.prefetch(place)
    Knowledge.prefetch(place + (MemoryLayout<Batch.Write>.size - 1))
  }

  private mutating func gather(
    _ index: Int, _ linked: UnsafeBufferPointer<Batch.Write>,
    _ found: UnsafeMutableBufferPointer<Int32>, lane: Int
  ) {
    let part = batch.parts[Int(steps[index].part)]
    var effects: Effects = []
    let first = writes.count
    var depth = 0
    var next = part.firstWrite
    while next >= 0 {
      let write = linked[Int(next)]
      effects.formUnion(Effects(write.kind))
      writes.append(write)
      depth += 1
      next = depth <= Self.laneLength ? found[depth * Self.laneCount + lane] : write.next
    }
    // What replaces a list counts even where its own write is gone.
    if part.replacesGroups {
      effects.insert(.groupsReplaced)
      effects.subtract([.adds, .removes])
    } else {
      effects.remove(.groupsReplaced)
    }
    if part.replacesURNs { effects.insert(.urns) }
    steps[index].first = Int32(first)
    steps[index].count = Int32(writes.count - first)
    steps[index].effects = effects
  }
}
