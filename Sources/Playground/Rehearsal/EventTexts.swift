import CEL
package import Engine

/// Texts of events one behind the other, as the engine reads them.
package struct EventTexts {
  /// With readable padding behind the last.
  package private(set) var bytes: [UInt8] = []
  package private(set) var records: [Record] = []

  package init(_ events: some Sequence<RehearsalEvent>) {
    for event in events {
      records.append(
        Record(
          offset: UInt32(bytes.count), length: UInt32(event.text.count), line: UInt64(event.line)))
      bytes += event.text
      bytes.append(UInt8(ascii: "\n"))
    }
    bytes.append(contentsOf: repeatElement(0, count: JSONParser.padding))
  }
}
