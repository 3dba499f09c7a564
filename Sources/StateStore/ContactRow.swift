package import CEL
private import Contacts

/// One contact as the API returned it, and what the store must know of it.
package struct ContactRow: Sendable, Equatable {
  package var uuid: String
  package var modifiedOn: PointInTime
  /// The API's object as JSON on one line.
  package var body: String

  /// Reads an object of `contacts.json`, or what a POST answered; nothing where it is no contact.
  package init?(_ contact: Value, in document: Document) {
    guard let uuid = document.member("uuid", of: contact), uuid.tag == .text,
      UUIDText.isHyphenated(uuid.bytes),
      let time = document.member("modified_on", of: contact), time.tag == .text,
      let modifiedOn = PointInTime(time.bytes)
    else { return nil }
    self.uuid = String(decoding: uuid.bytes, as: UTF8.self)
    self.modifiedOn = modifiedOn
    body = JSONText.line(contact, in: document)
  }

  /// Reads the body of an answer that shows one contact.
  package init?(answer body: [UInt8]) {
    var parser = JSONParser(byteLimit: max(body.count, 1))
    let row = body.withUnsafeBytes { bytes -> ContactRow? in
      guard let document = try? parser.parseCopy(of: bytes) else { return nil }
      return ContactRow(document.root, in: document)
    }
    guard let row else { return nil }
    self = row
  }
}

/// Parts of documents as text.
package enum JSONText {
  /// The value as JSON on one line.
  package static func line(_ value: Value, in document: Document) -> String {
    var writer = JSONWriter()
    writer.write(value, of: document)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
