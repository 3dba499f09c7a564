@testable import CEL

/// Takes any bytes through the scanner of events and holds it against the parser.
///
/// The first byte chooses the paths that have slots; behind it are events with record separators between
/// them, one after the other, so that what a scanner guesses of keys comes into play. What must hold
/// besides "no crash, no byte read or written where none is": slots hold what a walk over the whole
/// event finds, what is no JSON is never taken, and what may not be left to the parser is taken.
@_cdecl("LLVMFuzzerTestOneInput")
public func scan(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard count > 1, let start else { return 0 }
  let events = UnsafeBufferPointer(start: start + 1, count: count - 1)
  var comparison = ScannerComparison(paths: pathSets[Int(start[0]) % pathSets.count])
  for event in events.split(separator: 0x1E, omittingEmptySubsequences: false) {
    let bytes = Array(event)
    let outcome = compare(bytes, seed: start[0], &comparison)
    let mustScan = outcome.isJSON && !ScannerComparison.mayLeave(bytes)
    precondition(outcome.isEqual, "other slots: \(comparison.account(of: bytes))")
    precondition(outcome.isScanned || !mustScan, "left: \(comparison.account(of: bytes))")
  }
  return 0
}

/// Compares in a room that ends where reading may; behind the text stands whatever would do harm.
private func compare(
  _ event: [UInt8], seed: UInt8, _ comparison: inout ScannerComparison
) -> ScannerComparison.Outcome {
  let room = UnsafeMutableRawBufferPointer.allocate(
    byteCount: event.count + JSONParser.padding, alignment: 1)
  defer { room.deallocate() }
  room.copyBytes(from: event)
  for place in event.count..<room.count {
    room[place] = harm[(place * 7 + event.count + Int(seed)) % harm.count]
  }
  return comparison.compare(UnsafeRawBufferPointer(rebasing: room[..<event.count]))
}

private let harm = Array("}}]],:\"\\0123456789 \ntrue{[".utf8)

/// One, several, nested, prefixes of each other, keys with escapes, and none.
private let pathSets: [[[String]]] = [
  [["event", "a"]],
  [["event", "b"], ["event", "a"], ["event", "b", "c"]],
  [["event", "a", "b", "c", "a"], ["event", "a", "b"], ["event", "c"]],
  [["event", "eight888"], ["event", "nine99999", "sixteen161616161"], ["event", ""]],
  [["event", "é"], ["event", "a\"b"], ["event", "😀", "tab\t"], ["event", "a\\b"]],
  [["event", "twenty-three-3333333333"], ["event", "twenty-four-444444444444", "a"]],
  [
    ["event", "type"], ["event", "id"], ["event", "order", "total"], ["event", "order", "tags"],
    ["event", "client", "phone"], ["event", "body"],
  ],
  [],
]
