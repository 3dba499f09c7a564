internal import Engine

/// Evaluated chunks that wait for their turn to be merged.
///
/// A worker that comes too early leaves its log here and evaluates on; whoever merges takes what is next in
/// order, so that the end of a window, which is long, keeps nobody waiting.
struct MergeQueue {
  /// A chunk without its text, and what its events ask for.
  struct Entry {
    var chunk: Chunk
    var log: LogBox
    fileprivate var byteCount: Int
  }

  /// A log that goes from thread to thread; it is used again.
  final class LogBox {
    var log = Log()
  }

  /// Bytes of logs that may wait.
  static let byteLimit = 16 << 20

  private var entries: [Int: Entry] = [:]
  private var spare: [LogBox] = []
  private var byteCount = 0
  private var next = 0
  private var isMerging = false
  /// Chunks that somebody evaluates or has evaluated.
  private var begunCount = 0
  /// Calls of the window that is being closed.
  var encoding = EncodingQueue()

  /// Whether all chunks that were begun are merged.
  var isDone: Bool { next == begunCount }

  /// Whether a chunk may be left: always the one that all others wait for.
  func hasRoom(for ticket: Int) -> Bool { ticket == next || byteCount < Self.byteLimit }

  /// A log for the next chunk: one that was merged, or a new one with room for what another has that waits.
  mutating func begin() -> LogBox {
    begunCount += 1
    if let box = spare.popLast() { return box }
    let box = LogBox()
    if let other = entries.values.first { box.log.makeRoom(like: other.log.log) }
    return box
  }

  mutating func put(_ chunk: Chunk, _ box: LogBox, ticket: Int) {
    let entry = Entry(chunk: chunk, log: box, byteCount: box.log.byteCount)
    byteCount += entry.byteCount
    entries[ticket] = entry
  }

  /// The next chunk in order, unless it is not evaluated yet or somebody merges; who gets one must give it back.
  mutating func take() -> Entry? {
    guard !isMerging, let entry = entries.removeValue(forKey: next) else { return nil }
    isMerging = true
    return entry
  }

  /// Takes back what was merged.
  mutating func giveBack(_ entry: Entry) {
    byteCount -= entry.byteCount
    spare.append(entry.log)
    next += 1
    isMerging = false
  }
}
