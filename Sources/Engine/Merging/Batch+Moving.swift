private import CJSON

extension Batch {
  /// So many writes are on their way at a time.
  private static var laneCount: Int { 16 }

  /// Puts each write into its place, and lets it lead to where the one that it replaced is then.
  ///
  /// They stay in the memory in which they are: a copy of all was a tenth of what a window takes. A write that
  /// comes to its place gives way to the one that stands there, which is the next to be moved; several are on
  /// their way at once, as each waits for memory.
  ///
  /// - Parameters:
  ///   - writes: of one batch.
  ///   - places: of each write its place, all of them different; means nothing afterwards.
  package static func move(_ writes: inout [Write], to places: inout [Int32]) {
    precondition(writes.count == places.count, "not a place for each write")
    writes.withUnsafeMutableBufferPointer { writes in
      places.withUnsafeMutableBufferPointer { places in
        withUnsafeTemporaryAllocation(of: Lane.self, capacity: laneCount) { lanes in
          var start = 0
          var count = 0
          while count < laneCount, let lane = nextLane(&start, writes, places) {
            lanes.initializeElement(at: count, to: lane)
            count += 1
          }
          while count > 0 {
            var index = 0
            while index < count {
              if step(&lanes[index], writes, places) {
                index += 1
              } else if let lane = nextLane(&start, writes, places) {
                lanes[index] = lane
                index += 1
              } else {
                count -= 1
                lanes[index] = lanes[count]
              }
            }
          }
        }
      }
    }
  }

  /// A write that was taken out of where it stood, and where it belongs.
  private struct Lane: BitwiseCopyable {
    var write: Write
    var place: Int
  }

  /// Takes out the next write that has not moved.
  private static func nextLane(
    _ start: inout Int, _ writes: UnsafeMutableBufferPointer<Write>,
    _ places: UnsafeMutableBufferPointer<Int32>
  ) -> Lane? {
    while start < places.count {
      let index = start
      start += 1
      if places[index] < 0 { continue }
      return takeOut(index, writes, places)
    }
    return nil
  }

  /// The complement of a write's place says from now on that it is taken out.
  @inline(__always)
  private static func takeOut(
    _ index: Int, _ writes: UnsafeMutableBufferPointer<Write>,
    _ places: UnsafeMutableBufferPointer<Int32>
  ) -> Lane {
    var write = writes[index]
    if write.previous >= 0 {
      let place = places[Int(write.previous)]
      write.previous = place < 0 ? ~place : place
    }
    let place = Int(places[index])
    places[index] = ~places[index]
    cjson_prefetch(places.baseAddress.map { $0 + place })
    cjson_prefetch(writes.baseAddress.map { $0 + place })
    cjson_prefetch(
      writes.baseAddress.map { UnsafeRawPointer($0 + place) + (MemoryLayout<Write>.size - 1) })
    return Lane(write: write, place: place)
  }

  /// Puts a write into its place and takes out the one that stands there; false where none does.
  @inline(__always)
  private static func step(
    _ lane: inout Lane, _ writes: UnsafeMutableBufferPointer<Write>,
    _ places: UnsafeMutableBufferPointer<Int32>
  ) -> Bool {
    let place = lane.place
    // Who was taken out of there stands at its place already, or is on its way.
    guard places[place] >= 0 else {
      writes[place] = lane.write
      return false
    }
    let next = takeOut(place, writes, places)
    writes[place] = lane.write
    lane = next
    return true
  }
}
