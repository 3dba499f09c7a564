import CZlib
import Glibc
import Testing

@testable import Streams

/// A directory that is there for one test.
final class TemporaryDirectory {
  let path: String

  init() {
    var template = Array("/tmp/regra-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? ""
  }

  deinit { remove(path) }

  /// Writes a file, with the directories above it.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) -> String {
    var directory = path
    for part in name.split(separator: "/").dropLast() {
      directory += "/\(part)"
      mkdir(directory, 0o700)
    }
    let file = fopen("\(path)/\(name)", "w")
    fwrite(bytes, 1, bytes.count, file)
    if let file { fclose(file) }
    return "\(path)/\(name)"
  }

  private func remove(_ path: String) {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove("\(path)/\(name)") }
      }
      closedir(directory)
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// A text as one gzip member.
func compressed(_ text: String) -> [UInt8] {
  var stream = z_stream()
  deflateInit2_(
    &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  var input = Array(text.utf8)
  var output = [UInt8](repeating: 0, count: input.count + 1_000)
  let room = output.count
  input.withUnsafeMutableBufferPointer { source in
    output.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(room)
      deflate(&stream, Z_FINISH)
    }
  }
  deflateEnd(&stream)
  return Array(output[..<(room - Int(stream.avail_out))])
}

@Suite("Inputs") struct InputTests {
  private let directory = TemporaryDirectory()

  private func paths(_ arguments: [String]) throws -> [String] {
    try Input.expand(arguments).map { String($0.path.dropFirst(directory.path.count + 1)) }
  }

  @Test("a directory stands for its event files, in the order of their paths' bytes")
  func directories() throws {
    for name in ["b.json", "a/z.csv.gz", "a.ndjson", "B.jsonl", "note.txt", ".hidden.json"] {
      directory.write(name, [])
    }
    #expect(
      try paths([directory.path]) == ["B.jsonl", "a.ndjson", "a/z.csv.gz", "b.json"])
  }

  @Test("a pattern stands for the files it matches")
  func patterns() throws {
    for name in ["b.ndjson", "a.ndjson", "c.csv"] { directory.write(name, []) }
    #expect(try paths(["\(directory.path)/*.ndjson"]) == ["a.ndjson", "b.ndjson"])
  }

  @Test("what is not there is refused by name")
  func missing() {
    let path = directory.path
    #expect(throws: FileFailure(path: "\(path)/x", cause: "No such file or directory")) {
      try Input.expand(["\(path)/x"])
    }
    #expect(throws: FileFailure(path: "\(path)/*.x", cause: "no file matches this pattern")) {
      try Input.expand(["\(path)/*.x"])
    }
    #expect(throws: FileFailure.self) { try Input.expand([path]) }
  }

  @Test("no argument and a hyphen mean standard input")
  func standardInput() throws {
    #expect(try Input.expand([]).map(\.place) == [.standardInput])
    #expect(try Input.expand(["-"]).map(\.path) == ["stdin"])
  }

  @Test("an empty file is no problem, and is remembered")
  func empty() {
    let file = directory.write("empty.ndjson", Array(" \n\n".utf8))
    let chunks = ChunkCount()
    var reader = InputReader(
      limits: .files, byteLimit: 1_000, clock: .fixed(0), stop: StopSignal(),
      pool: BlockPool(byteCount: 64), deliver: { _ in chunks.value += 1 })
    #expect(reader.read([Input(.file(file), path: file, byteCount: 3)]) == .complete)
    #expect(reader.emptySources == [0])
    #expect(chunks.value == 0)
  }

  private final class ChunkCount {
    var value = 0
  }
}

@Suite("Content") struct ContentTests {
  @Test("gzip data is read like its text, also in several members", arguments: [1, 7, 1 << 20])
  func gzip(pieces: Int) {
    let bytes = compressed("{\"a\":1}\n{\"a\"") + compressed(":2}\n") + [0, 0, 0]
    let result = Splitting(bytes, pieces: pieces, blocks: 64)
    #expect(result.records == ["1:{\"a\":1}", "2:{\"a\":2}"])
    #expect(result.problems == [])
  }

  @Test("compressed CSV is CSV")
  func gzipCSV() {
    #expect(Splitting(compressed("a,b\n1,2\n")).records == ["2:{\"a\":\"1\",\"b\":\"2\"}"])
  }

  @Test("damaged gzip data is reported behind its good part")
  func damagedGzip() {
    let line = "{\"a\":\"some text\"}\n"
    let whole = compressed(String(repeating: line, count: 2_000))
    let truncated = Splitting(Array(whole.dropLast(20)))
    #expect(truncated.records.count > 100)
    #expect(truncated.problems.count == 1)
    #expect(
      truncated.problems.first?.hasSuffix(
        "the gzip data ends too early; what follows is lost") == true)
    var corrupt = compressed("{}\n") + compressed(line)
    corrupt[corrupt.count - 6] ^= 0xFF
    #expect(
      Splitting(corrupt).problems == [
        "3:the gzip data is damaged here; what follows cannot be read"
      ])
    let followed = Splitting(compressed("{}\n") + Array("{}\n".utf8))
    #expect(followed.records == ["1:{}"])
    #expect(
      followed.problems == ["2:something that is no gzip data follows; it was left out"])
  }

  @Test(
    "what is neither UTF-8 text nor gzip is refused by name",
    arguments: [
      ([0xFF, 0xFE, 0x7B, 0x00], "the file is UTF-16; save it as UTF-8"),
      ([0x7B, 0x00, 0x22, 0x00], "the file is UTF-16; save it as UTF-8"),
      (
        [0x28, 0xB5, 0x2F, 0xFD, 0x00],
        "the file is compressed with zstd; pipe it through `zstdcat`"
      ),
      (
        [0x50, 0x4B, 0x03, 0x04],
        "the file is a zip archive or an Excel workbook; export it as CSV or unpack it"
      ),
    ] as [([UInt8], String)])
  func refused(bytes: [UInt8], reason: String) {
    let result = Splitting(bytes)
    #expect(result.records == [])
    #expect(result.problems == ["1:\(reason)"])
  }
}

@Suite("Window limits") struct WindowLimitsTests {
  @Test(
    "windows are written as a count, a time, or both",
    arguments: [
      ("10000", WindowLimits(eventCount: 10_000)),
      ("2s", WindowLimits(nanoseconds: 2_000_000_000)),
      ("500ms", WindowLimits(nanoseconds: 500_000_000)),
      ("10,1m", WindowLimits(eventCount: 10, nanoseconds: 60_000_000_000)),
      ("0", nil), ("-1", nil), ("2h", nil), ("2s,10", nil), ("", nil), ("1,2,3", nil),
    ] as [(String, WindowLimits?)])
  func texts(text: String, limits: WindowLimits?) {
    #expect(WindowLimits(text: text) == limits)
  }
}
