package import Diagnostics

extension YAMLDocument {
  /// Reads one file through libyaml; never fails, what is wrong is in `diagnostics`.
  package static func parse(_ source: SourceText) -> YAMLDocument {
    if let problem = EncodingCheck(source: source).problem {
      return YAMLDocument(root: nil, diagnostics: [problem])
    }
    var builder = TreeBuilder(source: source)
    let failure = read(source.utf8, into: &builder)
    var diagnostics = builder.diagnostics
    if let failure { diagnostics.append(.malformed(failure, in: source)) }
    return YAMLDocument(
      root: failure == nil ? builder.root : nil,
      comments: findComments(in: source.utf8, outside: builder.opaque), diagnostics: diagnostics)
  }

  private static func read(
    _ bytes: [UInt8], into builder: inout TreeBuilder
  ) -> ParserFailure? {
    let offsets = ScalarOffsets(bytes)
    return bytes.withUnsafeBufferPointer { buffer in
      var reader = EventReader(bytes: buffer, offsets: offsets)
      do throws(ParserFailure) {
        while builder.take(try reader.next()) == .next {}
        return nil
      } catch {
        return error
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func malformed(_ failure: ParserFailure, in source: SourceText) -> Self {
    let start = min(failure.offset, source.utf8.count)
    let end = max(start, min(lineEnd(in: source.utf8, from: start), start + 1))
    return Diagnostic(
      .malformedYAML, "YAML cannot be read here",
      at: SourceLocation(path: source.path, range: SourceRange(start..<end)),
      label: failure.problem)
  }
}
