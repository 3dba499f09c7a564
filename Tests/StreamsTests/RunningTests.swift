import Diagnostics
import Glibc
import Testing

@testable import Streams

@Suite("Monitor") struct MonitorTests {
  @Test("threads take their turns in order")
  func turns() {
    let order = Monitor([Int]())
    for index in [3, 1, 0, 2] {
      _ = WorkerThread.start {
        order.update(when: { $0.count == index }) { $0.append(index) }
      }
    }
    #expect(order.update(when: { $0.count == 4 }) { $0 } == [0, 1, 2, 3])
  }
}

/// Input that somebody types: pieces, and pauses in which deadlines pass.
private final class TypedSource: ByteSource {
  private var script: [Step]
  private(set) var bytesRead = 0
  private(set) var deadlines: [Int64?] = []

  enum Step {
    case text(String)
    case pause
  }

  init(_ script: [Step]) { self.script = script }

  func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Int64?) -> ReadOutcome {
    deadlines.append(deadline)
    guard !script.isEmpty else { return .end }
    switch script.removeFirst() {
    case .pause: return .paused
    case .text(let text):
      buffer.copyBytes(from: Array(text.utf8))
      bytesRead += text.utf8.count
      return .bytes(text.utf8.count)
    }
  }
}

@Suite("Time windows") struct TimeWindowTests {
  @Test("a window ends when its time is over, and an empty one has no end")
  func deadlines() {
    var windows: [[Int]] = [[]]
    var reader = InputReader(
      limits: WindowLimits(nanoseconds: 1_000_000), byteLimit: 1_000, clock: .fixed(0),
      stop: StopSignal(), pool: BlockPool(byteCount: 64),
      deliver: { chunk in
        windows[windows.count - 1].append(chunk.records.count)
        if chunk.endsWindow { windows.append([]) }
      })
    let source = TypedSource([
      .text("{}\n{}\n{\"a\""), .pause, .text(":1}\n"), .pause, .pause, .text("{}\n"),
    ])
    #expect(reader.split(source, at: SourcePosition(source: 0)) == .complete)
    _ = reader.read([])
    #expect(windows == [[2], [1], [1], []])
    #expect(source.deadlines.first == .some(nil))
    #expect(source.deadlines[3] != nil)
  }
}

@Suite("Stopping") struct StoppingTests {
  @Test("a stop ends a read that waits, and a deadline only pauses it")
  func wakesUp() {
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    defer {
      close(ends[0])
      close(ends[1])
    }
    let stop = StopSignal()
    let source = DescriptorSource(descriptor: ends[0], stop: stop)
    var byte: UInt8 = 7
    withUnsafeMutableBytes(of: &byte) { buffer in
      #expect(source.read(into: buffer, until: RunClock.monotonic() + 1_000) == .paused)
      #expect(write(ends[1], "x", 1) == 1)
      #expect(source.read(into: buffer, until: nil) == .bytes(1))
      _ = WorkerThread.start { stop.raise(SIGINT) }
      #expect(source.read(into: buffer, until: nil) == .stopped)
    }
    #expect(byte == UInt8(ascii: "x"))
    #expect(stop.signal == SIGINT)
  }
}

@Suite("Progress") struct ProgressTests {
  @Test(
    "the line shows share, rate and the time left of files, and counts of streams",
    arguments: [
      (
        25, 100, 1_500, 2_000_000_000,
        "█████░░░░░░░░░░░░░░░ 25 % · 1,500 events · 750/s · 0:06 left"
      ),
      (5, nil, 1_234_567, 1_000_000_000, "1,234,567 events · 1,234,567/s"),
      (1, 7_200, 1, 1_000_000_000, "░░░░░░░░░░░░░░░░░░░░ 0 % · 1 events · 1/s · 1:59:59 left"),
    ] as [(Int, Int?, Int, Int64, String)])
  func lines(read: Int, total: Int?, events: Int, nanoseconds: Int64, line: String) {
    #expect(
      ProgressBar.line(read: read, of: total, events: events, nanoseconds: nanoseconds) == line)
  }

  @Test(
    "thousands are grouped",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")])
  func groups(number: Int, text: String) {
    #expect(grouped(number) == text)
  }
}

@Suite("Sinks") struct SinkTests {
  private let directory = TemporaryDirectory()

  @Test("a directory gets a file for each batch")
  func directorySink() throws {
    let path = directory.path + "/calls"
    let sink = try DirectorySink(directory: path)
    try sink.write(Array("a\n".utf8), batch: 1)
    try sink.write(Array("b\n".utf8), batch: 12)
    #expect(
      try FileTree.files(below: path) { _ in true }
        == ["batch-000001.ndjson", "batch-000012.ndjson"])
    #expect(try FileTree.contents(of: path + "/batch-000012.ndjson") == Array("b\n".utf8))
  }

  @Test("the batches of two runs do not mix")
  func secondRun() throws {
    let sink = try DirectorySink(directory: directory.path)
    try sink.write(Array("a\n".utf8), batch: 1)
    #expect(throws: FileFailure.self) { try DirectorySink(directory: directory.path) }
  }
}

@Suite("Rule files") struct RuleFilesTests {
  private let directory = TemporaryDirectory()

  @Test("a directory stands for its rule files in the order of their paths' bytes")
  func order() throws {
    for name in ["b.yml", "a/z.yaml", "a.yaml", "a.test.yaml", "readme.md", "B.yaml"] {
      directory.write(name, Array(name.utf8))
    }
    let paths = try RuleFiles.read([directory.path]).map {
      String($0.path.dropFirst(directory.path.count + 1))
    }
    #expect(paths == ["B.yaml", "a.yaml", "a/z.yaml", "b.yml"])
  }

  @Test("a directory without rules and a missing file are refused by name")
  func refusals() {
    let path = directory.path
    #expect(
      throws: FileFailure(path: path, cause: "no rule files (*.yaml, *.yml) in this directory")
    ) { try RuleFiles.read([path]) }
    #expect(throws: FileFailure(path: "\(path)/x.yaml", cause: "No such file or directory")) {
      try RuleFiles.read(["\(path)/x.yaml"])
    }
  }
}
