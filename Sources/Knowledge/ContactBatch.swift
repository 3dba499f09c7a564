internal import CEL

/// Parsed contacts on their way from a thread that parses to one that fills a snapshot.
package final class ContactBatch {
  struct Entry {
    var contact: ParsedContact
    var readAt: Int64
    var line: Int
  }

  private static let wordCount = 32 << 10

  private(set) var entries: [Entry] = []
  /// About how many contacts come in all, if anybody knows.
  package var expectedCount = 0
  // Safety: both are owned here and freed once. They grow only while no entry points into them.
  private var words: UnsafeMutableBufferPointer<UInt64>
  private var strings: UnsafeMutableRawBufferPointer
  private var usedWords = 0
  private var usedBytes = 0

  package init() {
    words = .allocate(capacity: Self.wordCount)
    strings = .allocate(byteCount: 8 * Self.wordCount, alignment: 16)
  }

  deinit {
    words.deallocate()
    strings.deallocate()
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// Forgets the contacts and keeps the room.
  package func removeAll() {
    entries.removeAll(keepingCapacity: true)
    (usedWords, usedBytes) = (0, 0)
    expectedCount = 0
  }

  /// Parses a contact that is followed by ``ContactParser/padding`` readable bytes and adds it.
  ///
  /// `readAt` says when it was read, in seconds since 1970; `line` is the caller's.
  ///
  /// - Returns: whether there was room for it, as there always is in an empty batch.
  /// - Throws: why the text is no contact.
  package func append(
    padded text: UnsafeRawBufferPointer, readAt: Int64, line: Int,
    by parser: borrowing ContactParser
  ) throws(SnapshotReader.Failure) -> Bool {
    // At most one word comes of each byte.
    guard makeRoom(words: text.count + 3, bytes: Self.stringBytes(text)) else { return false }
    let document = try parser.document(padded: text)
    let node = JSONNode(document, 1)
    let kept = keep(document, wordCount: node.end, byteCount: Self.stringBytes(text))
    let contact = try ParsedContact(JSONNode(kept, 1), byteCount: text.count)
    usedWords += node.end
    usedBytes += Self.stringBytes(text)
    entries.append(Entry(contact: contact, readAt: readAt, line: line))
    return true
  }

  /// The most bytes that texts take: with n letters n + 5, and at least n + 3 in JSON.
  private static func stringBytes(_ text: UnsafeRawBufferPointer) -> Int { 5 * text.count / 3 + 5 }

  /// Copies a document behind those that are here.
  private func keep(_ document: Document, wordCount: Int, byteCount: Int) -> Document {
    let tape = words.baseAddress.map { $0 + usedWords }
    let texts = strings.baseAddress.map { $0 + usedBytes }
    guard let tape, let texts else { preconditionFailure("a batch has room") }
    // Safety: there is room for both, and the parser's text buffer is never smaller than that.
    tape.update(from: document.tape, count: wordCount)
    texts.copyMemory(from: document.strings, byteCount: byteCount)
    return Document(
      tape: tape, strings: texts.assumingMemoryBound(to: UInt8.self))
  }

  private func makeRoom(words wordCount: Int, bytes byteCount: Int) -> Bool {
    let fits = usedWords + wordCount <= words.count && usedBytes + byteCount <= strings.count
    guard !fits else { return true }
    guard isEmpty else { return false }
    if wordCount > words.count {
      words.deallocate()
      words = .allocate(capacity: wordCount)
    }
    if byteCount > strings.count {
      strings.deallocate()
      strings = .allocate(byteCount: byteCount, alignment: 16)
    }
    return true
  }
}
