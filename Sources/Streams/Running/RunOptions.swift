package import Engine
package import Planning

/// How a run reads, merges and prints.
package struct RunOptions: Sendable {
  package enum Strictness: Sendable { case lenient, strict }

  /// What becomes of guards.
  package enum Guarding: Sendable {
    /// One that is exceeded ends the run before the calls of its window.
    case enforced
    /// They are somebody else's affair: of who sends what is written.
    case left
  }

  /// Absent: what suits the inputs.
  package var window: WindowLimits?
  package var merge: Merger.Mode
  /// What planning makes least.
  package var aim: Aim
  /// What happens to a URN that another contact is known to have.
  package var urnMoves: URNMoves
  /// Seconds for which what is known of contacts is relied on.
  package var freshSeconds: Int64
  /// Whether the first bad line ends the run.
  package var strictness: Strictness
  package var guarding: Guarding
  /// The longest event that is read.
  package var byteLimit: Int
  package var clock: RunClock
  package var workerCount: Int
  /// Merged writes that are held before a window closes early.
  package var memoryLimit: Int
  /// The size of the blocks that files are read in.
  package var blockByteCount: Int
  /// About so many bytes of calls are encoded at a time where several workers encode.
  package var pieceByteCount = 64 << 10
  /// Where an earlier run ended; absent at a beginning.
  package var resume: RunResume?
  /// Whether some events are timed, to tell which rules take time.
  package var profiles = false

  package init(
    window: WindowLimits? = nil, merge: Merger.Mode = .window, aim: Aim = .calls,
    urnMoves: URNMoves = .refused, freshSeconds: Int64 = 900,
    strictness: Strictness = .lenient, guarding: Guarding = .enforced, byteLimit: Int = 16 << 20,
    clock: RunClock = .system,
    workerCount: Int = 1, memoryLimit: Int = 256 << 20, blockByteCount: Int = 512 << 10
  ) {
    self.window = window
    self.merge = merge
    self.aim = aim
    self.urnMoves = urnMoves
    self.freshSeconds = freshSeconds
    self.strictness = strictness
    self.guarding = guarding
    self.byteLimit = byteLimit
    self.clock = clock
    self.workerCount = workerCount
    self.memoryLimit = memoryLimit
    self.blockByteCount = blockByteCount
  }

  /// The limits for these inputs: what was asked for, or what suits them.
  package func limits(for inputs: [Input]) -> WindowLimits {
    window ?? (inputs.contains(where: \.isLive) ? .live : .files)
  }
}
