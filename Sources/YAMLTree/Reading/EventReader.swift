private import CYAML

/// What libyaml says next, with marks turned into byte offsets.
struct ParserEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(name: String)
    case scalar(text: String, style: YAMLScalar.Style)
    case sequenceStart(Layout), sequenceEnd
    case mappingStart(Layout), mappingEnd
  }

  enum Layout { case block, flow }

  var kind: Kind
  /// From the anchor or tag, if there is one, to the end of the token.
  var range: Range<Int>
  var anchor: String?
  var isTagged = false
}

/// Where and why libyaml gave up, in its own terse words.
struct ParserFailure: Error {
  var problem: String
  var context: String
  /// The place of the problem.
  var offset: Int
  /// Where the construct began in which the problem was met.
  var contextOffset: Int
}

/// One libyaml parser over one text; it is freed exactly once.
///
/// It holds nothing but the pointer: optimised code of Swift 6.3.1 released an array that stood beside it
/// in this noncopyable struct once too often.
struct EventReader: ~Copyable {
  // Safety: the parser keeps pointers to itself and to the bytes, so it lives on the heap and
  // inside the borrow of the bytes that `init` demands; `deinit` frees both exactly once.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// The bytes must stay where they are as long as the reader lives.
  init(bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    precondition(yaml_parser_initialize(parser) == 1, "libyaml could not allocate its buffers")
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func next(_ offsets: inout ScalarOffsets) throws(ParserFailure) -> ParserEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure(&offsets) }
    defer { yaml_event_delete(&event) }
    let start = offsets.offset(of: event.start_mark.index)
    let end = offsets.offset(of: event.end_mark.index)
    return described(event, range: start..<max(start, end))
  }

  private func failure(_ offsets: inout ScalarOffsets) -> ParserFailure {
    let state = parser.pointee
    return ParserFailure(
      problem: state.problem.map { String(cString: $0) } ?? "",
      context: state.context.map { String(cString: $0) } ?? "",
      offset: offsets.offset(of: state.problem_mark.index),
      contextOffset: offsets.offset(of: state.context_mark.index))
  }

  private func described(_ event: yaml_event_t, range: Range<Int>) -> ParserEvent {
    switch event.type {
    case YAML_STREAM_START_EVENT: ParserEvent(kind: .streamStart, range: range)
    case YAML_DOCUMENT_START_EVENT: ParserEvent(kind: .documentStart, range: range)
    case YAML_DOCUMENT_END_EVENT: ParserEvent(kind: .documentEnd, range: range)
    case YAML_SEQUENCE_END_EVENT: ParserEvent(kind: .sequenceEnd, range: range)
    case YAML_MAPPING_END_EVENT: ParserEvent(kind: .mappingEnd, range: range)
    case YAML_ALIAS_EVENT:
      ParserEvent(kind: .alias(name: text(event.data.alias.anchor) ?? ""), range: range)
    case YAML_SCALAR_EVENT: scalar(event.data.scalar, range: range)
    case YAML_SEQUENCE_START_EVENT:
      ParserEvent(
        kind: .sequenceStart(
          event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block),
        range: range, anchor: text(event.data.sequence_start.anchor),
        isTagged: event.data.sequence_start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      ParserEvent(
        kind: .mappingStart(
          event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block),
        range: range, anchor: text(event.data.mapping_start.anchor),
        isTagged: event.data.mapping_start.tag != nil)
    default: ParserEvent(kind: .streamEnd, range: range)
    }
  }

  private func scalar(
    _ scalar: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, range: Range<Int>
  ) -> ParserEvent {
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let style: YAMLScalar.Style =
      switch scalar.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    return ParserEvent(
      kind: .scalar(text: String(decoding: bytes, as: UTF8.self), style: style), range: range,
      anchor: text(scalar.anchor), isTagged: scalar.tag != nil)
  }

  private func text(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    characters.map { String(cString: $0) }
  }
}
