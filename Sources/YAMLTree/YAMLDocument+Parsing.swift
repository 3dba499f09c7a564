package import Diagnostics

extension YAMLDocument {
  /// Reads one file through libyaml; never fails, what is wrong is in `diagnostics`.
  ///
  /// libyaml stops at its first problem. Where the mistake is confined to one value, that value is
  /// read as plain text and the file once more, so that one slip does not hide the others.
  package static func parse(_ source: SourceText) -> YAMLDocument {
    if let problem = EncodingCheck(source: source).problem {
      return YAMLDocument(root: nil, diagnostics: [problem])
    }
    var bytes = source.utf8
    var slipped: [Range<Int>] = []
    var diagnostics: [Diagnostic] = []
    while true {
      var builder = TreeBuilder(source: source, bytes: bytes, slipped: slipped)
      let failure = read(bytes, into: &builder)
      guard let failure else {
        return document(builder.root, builder, diagnostics)
      }
      let slip = SlipFinder(
        source: source, bytes: bytes, failure: failure, lastScalar: builder.lastScalar,
        collection: builder.collection
      ).slip
      diagnostics.append(slip.diagnostic)
      guard let value = slip.value, !value.isEmpty, !slipped.contains(where: value.overlaps),
        slipped.count < slipLimit
      else { return document(nil, builder, diagnostics) }
      for offset in value where !isBreak(bytes[offset]) { bytes[offset] = UInt8(ascii: "x") }
      slipped.append(value)
    }
  }

  private static let slipLimit = 20

  private static func document(
    _ root: YAMLNode?, _ builder: TreeBuilder, _ slips: [Diagnostic]
  ) -> YAMLDocument {
    let opaque = builder.opaque.sorted { $0.lowerBound < $1.lowerBound }
    return YAMLDocument(
      root: root, comments: findComments(in: builder.source.utf8, outside: opaque),
      diagnostics: (slips + builder.diagnostics).sorted {
        ($0.location.range.start, $0.location.range.end)
          < ($1.location.range.start, $1.location.range.end)
      })
  }

  private static func read(
    _ bytes: [UInt8], into builder: inout TreeBuilder
  ) -> ParserFailure? {
    var offsets = ScalarOffsets(bytes)
    return bytes.withUnsafeBufferPointer { buffer in
      var reader = EventReader(bytes: buffer)
      do throws(ParserFailure) {
        while builder.take(try reader.next(&offsets)) == .next {}
        return nil
      } catch {
        return error
      }
    }
  }
}
