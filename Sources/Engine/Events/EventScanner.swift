import CEL
import CJSON

/// Fills the slots of an event from its bytes, without a tape of what no rule reads.
struct EventScanner: ~Copyable {
  /// How a scan ended.
  enum Outcome {
    /// The slots are filled from the text and from lists and maps of the document.
    case scanned(Document, hasRepeatedKey: Bool)
    /// For the parser to judge; the slots hold anything.
    case unusual
  }

  // Safety: owned here and freed once.
  private let scanner: OpaquePointer?

  /// A scanner for a trie, whose tables must live as long as it does; none where rules read the whole event.
  init(_ trie: borrowing PathTrie, byteLimit: Int) {
    let tables = cjson_trie(
      nodes: trie.nodes.base, edges: trie.buckets.base, slots_below: trie.subtreeSlots.base,
      keys: trie.keys.base, node_count: trie.nodes.count)
    scanner = trie.readsWholeEvent ? nil : cjson_scanner_create(tables, byteLimit)
  }

  deinit { cjson_scanner_destroy(scanner) }

  /// Reads every path of the trie; `slots` must be cleared, and 64 bytes be readable behind the text.
  ///
  /// Texts stay where they are: the slots are valid as long as the text and until the next scan.
  func fill(
    _ slots: UnsafeMutablePointer<Value>, from text: UnsafeRawBufferPointer
  ) -> Outcome {
    guard let scanner, let start = text.baseAddress else { return .unusual }
    // Safety: a value is laid out as the C face says, which a test holds.
    let values = UnsafeMutableRawPointer(slots).assumingMemoryBound(to: cjson_value.self)
    var document = cjson_document()
    let result = cjson_scan(
      scanner, start.assumingMemoryBound(to: UInt8.self), text.count, values, &document)
    guard result != CJSON_SCAN_UNUSUAL, let tape = document.tape, let strings = document.strings
    else { return .unusual }
    return .scanned(
      Document(tape: tape, strings: strings),
      hasRepeatedKey: result == CJSON_SCANNED_REPEATED_KEY)
  }
}
