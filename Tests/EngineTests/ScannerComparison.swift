import CJSON
import Glibc

@testable import CEL
@testable import Engine

/// A scanner and its judge: the parser and a walk over its tape.
///
/// `Fuzzing/ScannerFuzz.swift` is built with it, too.
struct ScannerComparison: ~Copyable {
  struct Outcome {
    var isScanned: Bool
    var isJSON: Bool
    /// Whether both filled the slots with the same; of what only the parser takes, always.
    var isEqual: Bool
  }

  private let paths: [[String]]
  private let trie: PathTrie
  private let scanner: EventScanner
  private let parser = JSONParser()
  private var walker: DocumentWalker

  init(paths: [[String]]) {
    self.paths = paths
    trie = PathTrie(paths: paths, root: "event")
    scanner = EventScanner(trie, byteLimit: 1 << 20)
    walker = DocumentWalker(trie)
  }

  func account(of bytes: [UInt8]) -> String {
    "\(paths) of \(String(decoding: bytes, as: UTF8.self))"
  }

  /// Fills the slots both ways; behind the text ``JSONParser/padding`` bytes must be readable.
  mutating func compare(_ text: UnsafeRawBufferPointer) -> Outcome {
    let expected = Room<Value>(paths.count + 1, filledWith: .missing)
    let slots = Room<Value>(paths.count + 1, filledWith: .missing)
    let document = try? parser.parse(text)
    let isJSON = document.map { $0.root.tag == .map } ?? false
    switch scanner.fill(slots.base, from: text) {
    case .unusual: return Outcome(isScanned: false, isJSON: isJSON, isEqual: true)
    case .scanned(let scanned, let hasRepeatedKey):
      guard let document, isJSON else {
        return Outcome(isScanned: true, isJSON: false, isEqual: false)
      }
      walker.fill(expected.base, from: document)
      let isEqual = (0...paths.count).allSatisfy {
        areEqual(slots.base[$0], scanned, expected.base[$0], document)
      }
      return Outcome(
        isScanned: true, isJSON: true,
        isEqual: isEqual && hasRepeatedKey == walker.foundRepeatedKey)
    }
  }

  /// Whether a scanner may leave an event to the parser: long numbers, powers and deep nests.
  static func mayLeave(_ bytes: some Collection<UInt8>) -> Bool {
    var digits = 0
    var depth = 0
    var deepest = 0
    for byte in bytes {
      digits = isDigit(byte) ? digits + 1 : 0
      if digits > 18 { return true }
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
      deepest = max(deepest, depth)
    }
    // A digit before an `e` may be a power, whatever it belongs to.
    return deepest > 50
      || zip(bytes, bytes.dropFirst()).contains { isDigit($0) && $1 | 0x20 == UInt8(ascii: "e") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

/// Whether two values are the same to the bit, on tapes to the word.
private func areEqual(
  _ left: Value, _ leftDocument: Document, _ right: Value, _ rightDocument: Document
) -> Bool {
  guard left.word == right.word else { return false }
  switch left.tag {
  case .text: return left.bytes.elementsEqual(right.bytes)
  case .list, .map:
    let (first, second) = (Int(left.bits), Int(right.bits))
    let count = leftDocument.end(of: first) - first
    guard count == rightDocument.end(of: second) - second else { return false }
    return areEqual(leftDocument, first, rightDocument, second, wordCount: count)
  default: return left.bits == right.bits
  }
}

/// Compares words of two tapes; places are counted from the start of each part.
private func areEqual(
  _ left: Document, _ first: Int, _ right: Document, _ second: Int, wordCount: Int
) -> Bool {
  var index = 0
  while index < wordCount {
    let (one, other) = (left.tape[first + index], right.tape[second + index])
    switch UInt8(one >> 56) {
    case UInt8(ascii: "\""):
      let text = left.strings + Int(one & 0xFF_FFFF_FFFF_FFFF)
      let otherText = right.strings + Int(other & 0xFF_FFFF_FFFF_FFFF)
      let length = Int(UnsafeRawPointer(text).loadUnaligned(as: UInt32.self))
      // The length before a text and the NUL behind it count, too.
      guard one >> 56 == other >> 56, memcmp(text, otherText, length + 5) == 0 else {
        return false
      }
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"):
      guard one == other, left.tape[first + index + 1] == right.tape[second + index + 1] else {
        return false
      }
      index += 1
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      guard one == other else { return false }
    default:
      guard one &- UInt64(first) == other &- UInt64(second) else { return false }
    }
    index += 1
  }
  return true
}
