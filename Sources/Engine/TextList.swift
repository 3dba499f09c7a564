/// Many short texts side by side.
///
/// As strings of their own they would lie among what is let go of once rules are compiled, and each would
/// keep a page of that from going back to the system.
package struct TextList: Sendable {
  private var bytes: [UInt8] = []
  /// Where each begins, and where the last ends.
  private var starts = [0]

  package init() {}

  /// Texts in UTF-8.
  package init(_ texts: [some Sequence<UInt8>]) {
    for text in texts { append(text) }
  }

  /// How many there are.
  package var count: Int { starts.count - 1 }

  /// Adds a text in UTF-8.
  package mutating func append(_ text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
    starts.append(bytes.count)
  }

  /// A text's bytes.
  package func utf8(_ index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<starts[index + 1]] }

  package subscript(index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }
}
