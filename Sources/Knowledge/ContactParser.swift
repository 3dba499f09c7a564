internal import CEL

/// A contact's object as it was parsed, with what it is found by; valid as long as its tape.
struct ParsedContact {
  var uuid: UUIDNumber
  var parts: ContactParts
  /// Bytes of the text that it was parsed from.
  var byteCount: Int
}

/// Parses the API's objects of contacts, one at a time.
package struct ContactParser: ~Copyable {
  /// How many bytes must be readable behind a text that is parsed where it stands.
  package static let padding = JSONParser.padding

  private var parser: JSONParser

  package init(byteLimit: Int = 64 << 20) { parser = JSONParser(byteLimit: byteLimit) }

  /// Parses a contact that is followed by ``padding`` readable bytes; valid until the next one.
  func parse(
    padded text: UnsafeRawBufferPointer
  ) throws(SnapshotReader.Failure) -> ParsedContact {
    try ParsedContact(JSONNode(document(padded: text), 1), byteCount: text.count)
  }

  /// Parses any JSON text.
  func document(
    padded text: UnsafeRawBufferPointer
  ) throws(SnapshotReader.Failure) -> Document {
    do throws(JSONParser.Failure) {
      return try parser.parse(text)
    } catch {
      throw SnapshotReader.Failure(sentence: error.description)
    }
  }

  /// A copy of a text that is followed by ``padding`` bytes, valid until the next one.
  package mutating func paddedCopy(of text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    parser.paddedCopy(of: text)
  }
}

extension ParsedContact {
  init(_ contact: JSONNode, byteCount: Int) throws(SnapshotReader.Failure) {
    guard contact.isObject else {
      throw SnapshotReader.Failure(sentence: "a contact must be a JSON object")
    }
    parts = ContactParts(contact)
    guard let uuid = parts.uuid?.text.flatMap({ UUIDNumber($0) }) else {
      throw SnapshotReader.Failure(sentence: "the contact has no `uuid`")
    }
    self.uuid = uuid
    self.byteCount = byteCount
  }
}
