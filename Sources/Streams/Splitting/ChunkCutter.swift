internal import Engine

/// Collects records into chunks and cuts them at the ends of windows.
struct ChunkCutter: ~Copyable {
  /// The block that the collected records lie in.
  var block: Block
  private(set) var position = SourcePosition(source: 0)
  /// Records of the source that an earlier run has taken.
  private var skipCount = 0
  var bytesRead = 0
  /// When what is collected must be handed over, in monotonic nanoseconds; absent while the open
  /// window is empty.
  private(set) var deadline: Int64?
  private var records: [Record] = []
  private var problems: [InputProblem] = []
  private var windowCount = 0
  private var isWindowOpen = false
  private var now: Int64 = 0
  /// The rules of the open window, or of the last one.
  private var edition: LiveProgram.Edition?
  private let rules: LiveProgram?
  private let limits: WindowLimits
  private let clock: RunClock
  private let deliver: (Chunk) -> Void

  init(
    limits: WindowLimits, clock: RunClock, rules: LiveProgram? = nil, block: Block,
    deliver: @escaping (Chunk) -> Void
  ) {
    self.rules = rules
    edition = rules?.edition
    self.limits = limits
    self.clock = clock
    self.block = block
    self.deliver = deliver
  }

  /// Begins a source, where it was left; records behind that place that were taken are passed over.
  mutating func begin(at position: SourcePosition) {
    self.position = position
    skipCount = position.recordCount
    self.position.recordCount = 0
  }

  /// Adds one event behind which nothing stands open: reading may go on there.
  mutating func add(_ record: Record, end: Int, line: UInt64, isByLine: Bool) {
    position.isByLine = isByLine
    position.byteOffset = end
    position.line = line
    position.recordCount = -1
    add(record)
  }

  /// Adds one event; the window ends behind it where it is full.
  mutating func add(_ record: Record) {
    position.recordCount += 1
    if skipCount > 0 {
      skipCount -= 1
      return
    }
    if windowCount == 0 { openWindow() }
    records.append(record)
    windowCount += 1
    if windowCount == limits.eventCount { closeWindow() }
  }

  mutating func report(line: UInt64, _ cause: String) {
    guard skipCount == 0 else { return }
    problems.append(InputProblem(source: position.source, line: line, cause: cause))
    if limits.nanoseconds == 0, deadline == nil { deadline = RunClock.monotonic() }
    // Endless garbage must not be collected without bound.
    if problems.count == 1_000 { flush() }
  }

  /// Hands over what was collected, for instance because the block is full.
  mutating func flush() {
    if !records.isEmpty || !problems.isEmpty { send(endsWindow: false) }
  }

  /// Ends the window, if one is open.
  mutating func closeWindow(endsInput: Bool = false) {
    deadline = nil
    guard isWindowOpen else { return flush() }
    send(endsWindow: true, endsInput: endsInput)
    isWindowOpen = false
    windowCount = 0
  }

  private mutating func openWindow() {
    isWindowOpen = true
    now = clock.now()
    edition = rules?.edition
    if let duration = limits.nanoseconds { deadline = RunClock.monotonic() + duration }
  }

  private mutating func send(endsWindow: Bool, endsInput: Bool = false) {
    let chunk = Chunk(
      block: block, records: records, position: position, edition: edition, now: now,
      endsWindow: endsWindow,
      endsInput: endsInput, problems: problems, bytesRead: bytesRead)
    records = []
    records.reserveCapacity(chunk.records.count)
    problems = []
    deliver(chunk)
  }
}
