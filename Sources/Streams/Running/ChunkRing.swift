/// Chunks on their way from the reader to the workers, in order, at most so many at a time.
final class ChunkRing: Sendable {
  private struct State {
    var chunks: [(ticket: Int, chunk: Chunk)] = []
    var next = 0
    var isClosed = false
  }

  private let state = Monitor(State())
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  /// Adds a chunk, as soon as there is room.
  func put(_ chunk: Chunk) {
    state.update(when: { $0.chunks.count < capacity }) { state in
      state.chunks.append((state.next, chunk))
      state.next += 1
    }
  }

  /// The next chunk and its place in the order; nothing after the last one.
  func take() -> (ticket: Int, chunk: Chunk)? {
    state.update(when: { !$0.chunks.isEmpty || $0.isClosed }) { state in
      state.chunks.isEmpty ? nil : state.chunks.removeFirst()
    }
  }

  /// Says that no chunk follows.
  func close() { state.update { $0.isClosed = true } }
}
