import CEL
import Contacts
import Diagnostics
import Engine
import Glibc
import Rulesets

/// A file of events, one a line, mapped into memory with readable bytes behind.
struct EventFile {
  private let bytes: UnsafeRawBufferPointer

  /// Evaluates a file by a file of rules: from bytes to logged writes and no further.
  static func evaluate(rules: String, events: String) throws {
    let text = try EventFile(rules).bytes
    let (ruleset, diagnostics) = Ruleset.check(
      [SourceText(path: rules, contents: String(decoding: text, as: UTF8.self))], profile: .weni)
    guard let ruleset else { throw WrongRules(messages: diagnostics.map(\.message)) }
    var evaluator = Evaluator(Program(ruleset, profile: .weni), byteLimit: 16 << 20)
    var log = Log()
    var count = 0
    try EventFile(events).forEachChunk { chunk, records in
      evaluator.evaluate(chunk, records, source: 0, now: 0, into: &log)
      log.reset()
      count += records.count
    }
    print(count)
  }

  private init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else { throw Unreadable(path: path) }
    defer { close(descriptor) }
    let count = Int(status.st_size)
    guard count > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    // Room that is longer than the file, and the file over it: what follows its last byte can be read.
    let room = count + JSONParser.padding + Int(getpagesize())
    let base = mmap(nil, room, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let base, base != MAP_FAILED,
      mmap(base, count, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_POPULATE, descriptor, 0) == base
    else { throw Unreadable(path: path) }
    bytes = UnsafeRawBufferPointer(start: base, count: count)
  }

  /// Cuts the file at line ends, into chunks of the size that a run has.
  private func forEachChunk(_ body: (UnsafeRawBufferPointer, [Record]) -> Void) {
    guard let base = bytes.baseAddress else { return }
    var records: [Record] = []
    var line: UInt64 = 0
    var chunk = 0
    var start = 0
    while start < bytes.count {
      let found = memchr(base + start, 0x0A, bytes.count - start)
      let end = found.map { base.distance(to: UnsafeRawPointer($0)) } ?? bytes.count
      line += 1
      if end > start {
        records.append(
          Record(offset: UInt32(start - chunk), length: UInt32(end - start), line: line))
      }
      start = end + 1
      if start - chunk >= 256 << 10 || start >= bytes.count {
        body(UnsafeRawBufferPointer(rebasing: bytes[chunk..<min(start, bytes.count)]), records)
        records.removeAll(keepingCapacity: true)
        chunk = start
      }
    }
  }
}

/// A file cannot be read.
struct Unreadable: Error {
  let path: String
}
