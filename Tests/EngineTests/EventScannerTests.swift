import CEL
import CJSON
import Foundation
import Testing

@testable import Engine

/// Events to try.
private let caseCount =
  ProcessInfo.processInfo.environment["REGRA_SCAN_CASES"].flatMap { Int($0) } ?? 20_000

@Suite("Scanned events")
struct EventScannerTests {
  @Test("fill the slots as a walk over the whole tape does", arguments: 0..<8)
  func wellFormed(part: Int) {
    var scannedCount = 0
    for number in 0..<caseCount / 16 {
      let seed = UInt64(part * caseCount + number)
      var random = SeededGenerator(seed: seed)
      let event = SampleEvent(random, isWrong: false)
      var scene = ScannerComparison(paths: randomPaths(&random))
      let outcome = scene.compare(event.bytes, behind: &random)
      #expect(outcome.isEqual, "seed \(seed): \(scene.account(of: event.bytes))")
      #expect(
        outcome.isJSON && outcome.isScanned || !event.isPlain,
        "seed \(seed): \(scene.account(of: event.bytes))")
      scannedCount += outcome.isScanned ? 1 : 0
    }
    #expect(scannedCount > caseCount / 16 / 2)
  }

  @Test("are taken by both or by none, whatever happened to their bytes", arguments: 0..<8)
  func changed(part: Int) {
    var counts = (taken: 0, refused: 0)
    for number in 0..<caseCount / 16 {
      let seed = UInt64((part + 8) * caseCount + number)
      var random = SeededGenerator(seed: seed)
      var bytes = SampleEvent(random, isWrong: Bool.random(using: &random)).bytes
      change(&bytes, &random)
      var scene = ScannerComparison(paths: randomPaths(&random))
      let outcome = scene.compare(bytes, behind: &random)
      #expect(outcome.isEqual, "seed \(seed): \(scene.account(of: bytes))")
      let mustScan = outcome.isJSON && !ScannerComparison.mayLeave(bytes)
      #expect(outcome.isScanned || !mustScan, "seed \(seed): \(scene.account(of: bytes))")
      if outcome.isScanned { counts.taken += 1 } else { counts.refused += 1 }
    }
    #expect(counts.taken > caseCount / 100 && counts.refused > caseCount / 100)
  }

  @Test("are the same one after the other: what was guessed of the keys is not believed")
  func inARow() {
    var random = SeededGenerator(seed: 1)
    for seed in 0..<UInt64(caseCount / 200) {
      var scene = ScannerComparison(paths: randomPaths(&random))
      for number in 0..<10 {
        let event = SampleEvent(
          SeededGenerator(seed: seed * 10 + UInt64(number)), isWrong: false)
        let outcome = scene.compare(event.bytes, behind: &random)
        #expect(outcome.isEqual, "seed \(seed): \(scene.account(of: event.bytes))")
      }
    }
  }

  @Test("with keys of each length that differ in a byte, a blank or an escape", arguments: 1...40)
  func likeKeys(length: Int) {
    let key = String("abcdefghijklmnopqrstuvwxyzabcdefghijklmnop".prefix(length))
    var random = SeededGenerator(seed: UInt64(length))
    var scene = ScannerComparison(paths: [[key], [key + "x"]])
    var texts = [key + "\":", key + "\" :", key + "x\":", key + "\\\":\":", key.dropLast() + "\":"]
    for place in key.indices {
      texts.append(key.replacingCharacters(in: place...place, with: "-") + "\":")
    }
    for text in texts.flatMap({ [key + "\":", $0, $0] }) {
      let event = Array("{\"\(text)\"value\",\"last\":1}".utf8)
      let outcome = scene.compare(event, behind: &random)
      #expect(outcome.isEqual && outcome.isScanned, "\(scene.account(of: event))")
    }
  }

  @Test("with more keys than are guessed, in one order and in another")
  func manyKeys() {
    var random = SeededGenerator(seed: 7)
    var scene = ScannerComparison(paths: (0..<80).map { ["key\($0)"] })
    for order in [Array(0..<80), Array(0..<80), (0..<80).reversed(), Array(20..<60), Array(0..<80)]
    {
      let event = Array("{\(order.map { "\"key\($0)\":\"\($0)\"" }.joined(separator: ","))}".utf8)
      let outcome = scene.compare(event, behind: &random)
      #expect(outcome.isEqual && outcome.isScanned, "\(scene.account(of: event))")
    }
  }

  @Test(
    "have no key where none stands, whatever does",
    arguments: [0x00, 0x01, 0x20, 0x2D, 0x3A, 0x61] as [UInt8])
  func noKey(byte: UInt8) {
    var random = SeededGenerator(seed: 3)
    let start = Array(#"{"id":"5","#.utf8)
    let end = Array(#""who":"bia","other":1}"#.utf8)
    for count in [0, 1, 7, 8, 9, 24, 100] {
      // A scanner of its own: where it has learnt a key, it asks whether that is there.
      var scene = ScannerComparison(paths: [["id"], ["who"]])
      let event = start + [UInt8](repeating: byte, count: count) + end
      let outcome = scene.compare(event, behind: &random)
      #expect(outcome.isEqual, "\(scene.account(of: event))")
      #expect(outcome.isScanned == (count == 0 || byte == 0x20), "\(scene.account(of: event))")
    }
  }

  @Test("leave to the parser what is rare", arguments: rare)
  func unusual(text: String) {
    var random = SeededGenerator(seed: 1)
    var scene = ScannerComparison(paths: [["event", "a"], ["event", "b", "c"]])
    let outcome = scene.compare(Array(text.utf8), behind: &random)
    #expect(!outcome.isScanned && outcome.isEqual)
  }

  private static let rare = [
    "", " ", "1", "[]", "\"a\"", "{", "}", "{}}", "{}{}", "{\"a\":{}", "\u{FEFF}{}",
    "{\"a\":1e400}",
    "{\"b\":18446744073709551616}", "{\"z\":1e99999}", "{,}", "{\"a\":1,}", "{\"a\"}", "{\"a\":}",
    "{\"z\":[1,]}", "{\"z\":[}", "{\"z\":{]}", "{\"z\":nul}", "{\"z\":truex}", "{\"z\":01}",
    "{\"z\":\"\\x\"}", "{\"\\ud800\":1}", "{\"a\":{\"a\":{}}",
  ]

  @Test("hold a number out of range that no rule reads")
  func unreadNumber() {
    var random = SeededGenerator(seed: 1)
    var scene = ScannerComparison(paths: [["event", "a"]])
    let outcome = scene.compare(Array(#"{"z":[1e400],"a":7}"#.utf8), behind: &random)
    #expect(outcome.isScanned && outcome.isEqual)
  }

  @Test("write values as the evaluator reads them")
  func layout() {
    #expect(MemoryLayout<Value>.size == MemoryLayout<cjson_value>.size)
    #expect(MemoryLayout<Value>.stride == MemoryLayout<cjson_value>.stride)
    #expect(MemoryLayout<Value>.offset(of: \.bits) == MemoryLayout<cjson_value>.offset(of: \.bits))
    #expect(MemoryLayout<Value>.offset(of: \.word) == MemoryLayout<cjson_value>.offset(of: \.word))
    let tags: [(Value.Tag, Int)] = [
      (.missing, CJSON_VALUE_MISSING), (.null, CJSON_VALUE_NULL), (.bool, CJSON_VALUE_BOOL),
      (.int, CJSON_VALUE_INT), (.double, CJSON_VALUE_DOUBLE), (.text, CJSON_VALUE_TEXT),
      (.list, CJSON_VALUE_LIST), (.map, CJSON_VALUE_MAP), (.unknown, CJSON_VALUE_UNKNOWN),
    ]
    for (tag, number) in tags { #expect(Int(tag.rawValue) == number) }
    #expect(Int(Value.Reason.wrongType.rawValue) == CJSON_REASON_WRONG_TYPE)
    #expect(Value(bits: 0, tag: .list, reason: UInt8(CJSON_REASON_ON_TAPE)).isOnTape)
  }

  private func randomPaths(_ random: inout SeededGenerator) -> [[String]] {
    var paths: [[String]] = []
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      var path = ["event"]
      if let longer = paths.randomElement(using: &random), Bool.random(using: &random) {
        path = longer
      }
      path += (0..<Int.random(in: 1...2, using: &random)).map { _ in random.pick(SampleEvent.keys) }
      if !paths.contains(path) { paths.append(path) }
    }
    return paths
  }

  /// One to three bytes more, less or other.
  private func change(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let letters =
      Array("{}[],:\"\\ \t\n0123456789-+.eEtrufalsn/bx\u{1}\u{0}é".utf8) + [0x80, 0xFF, 0x0C, 0x1A]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.insert(random.pick(letters), at: place)
      case 1 where !bytes.isEmpty: bytes.remove(at: place)
      case 2 where !bytes.isEmpty: bytes[place] = random.pick(letters)
      case 3: bytes.removeLast(Int.random(in: 0...min(3, bytes.count), using: &random))
      default:
        guard bytes.count > 2 else { continue }
        bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
      }
    }
  }
}

extension ScannerComparison {
  /// Behind the text stands whatever would do most harm.
  fileprivate mutating func compare(
    _ bytes: [UInt8], behind random: inout SeededGenerator
  ) -> Outcome {
    let harm = Array("}}]],:\"\\0123456789 \ntrue{[".utf8)
    let padded = bytes + (0..<JSONParser.padding).map { _ in random.pick(harm) }
    return padded.withUnsafeBytes { room in
      compare(UnsafeRawBufferPointer(rebasing: room[..<bytes.count]))
    }
  }
}
