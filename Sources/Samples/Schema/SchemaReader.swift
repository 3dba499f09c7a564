internal import CEL

/// Reads a saved schema back.
package struct SchemaReader: ~Copyable {
  private var document: Document
  private var schema = SampleSchema()

  /// Why a text is no schema, as a sentence.
  package struct Failure: Error {
    package var sentence: String
  }

  /// Whether a text begins as saved schemas do.
  package static func isSchema(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.starts(with: "{\"\(SampleSchema.mark)\":".utf8)
  }

  /// Reads a whole file.
  package static func read(_ bytes: [UInt8]) throws(Failure) -> SampleSchema {
    var parser = JSONParser(byteLimit: max(bytes.count, 1) + 64)
    let result = bytes.withUnsafeBytes { raw -> Result<SampleSchema, Failure> in
      do throws(JSONParser.Failure) {
        var reader = SchemaReader(try parser.parseCopy(of: raw))
        return reader.read()
      } catch {
        return .failure(Failure(sentence: error.description))
      }
    }
    return try result.get()
  }

  private init(_ document: Document) { self.document = document }

  private mutating func read() -> Result<SampleSchema, Failure> {
    let root = document.root
    guard count(of: document.member("regra_schema", of: root)) == SampleSchema.version else {
      return .failure(
        Failure(sentence: "a schema of another version; infer it again from the events"))
    }
    schema.eventCount = count(of: document.member("events", of: root))
    schema.problemCount = count(of: document.member("problems", of: root))
    for type in document.elements(of: document.member("types", of: root) ?? .null) {
      guard let typing = document.member("typing", of: type)?.ownedText else {
        return .failure(Failure(sentence: "a type in the schema does not say where it was found"))
      }
      read(type, typing)
    }
    schema.cut(wasCut: document.member("cut_depth", of: root) != nil)
    return .success(schema)
  }

  private mutating func read(_ type: Value, _ typing: String) {
    let step = PathStep.type(document.member("type", of: type)?.ownedText, typing: typing)
    var root = SchemaNode(step: step, parent: 0, depth: 0)
    root.facts.maps = count(of: document.member("events", of: type))
    root.facts.events = root.facts.maps
    let hash = step.hash(after: 0)
    schema.nodes[hash] = root
    for field in document.elements(of: document.member("fields", of: type) ?? .null) {
      let steps = document.elements(of: document.member("steps", of: field) ?? .null)
        .map { self.step($0) }
      guard let last = steps.last, steps.count <= SampleSchema.depthLimit else { continue }
      let parent = steps.dropLast().reduce(hash) { $1.hash(after: $0) }
      var node = SchemaNode(step: last, parent: parent, depth: steps.count)
      node.facts = facts(field)
      schema.nodes[last.hash(after: parent)] = node
    }
  }

  private func step(_ value: Value) -> PathStep {
    if let key = value.ownedText { return .key(key) }
    return document.elements(of: value).first?.ownedText == "item" ? .item : .anyKey
  }

  private func facts(_ field: Value) -> PathFacts {
    var facts = PathFacts()
    facts.events = count(of: document.member("events", of: field))
    facts.nulls = count(of: document.member("null", of: field))
    facts.falses = count(of: document.member("false", of: field))
    facts.trues = count(of: document.member("true", of: field))
    facts.maps = count(of: document.member("object", of: field))
    let ints = document.elements(of: document.member("int", of: field) ?? .null)
    facts.ints = count(of: ints.first)
    if ints.count == 3 { (facts.lowestInt, facts.highestInt) = (ints[1].int, ints[2].int) }
    let doubles = document.elements(of: document.member("double", of: field) ?? .null)
    facts.doubles = count(of: doubles.first)
    if doubles.count == 3 {
      (facts.lowestDouble, facts.highestDouble) = (number(doubles[1]), number(doubles[2]))
    }
    let texts = document.elements(of: document.member("text", of: field) ?? .null)
    facts.texts = count(of: texts.first)
    if texts.count == 3 {
      (facts.shortestText, facts.longestText) = (count(of: texts[1]), count(of: texts[2]))
    }
    let lists = document.elements(of: document.member("list", of: field) ?? .null)
    facts.lists = count(of: lists.first)
    if lists.count == 3 {
      (facts.fewestItems, facts.mostItems) = (count(of: lists[1]), count(of: lists[2]))
    }
    readLooks(document.member("looks", of: field), into: &facts)
    readValues(document.member("values", of: field), into: &facts)
    return facts
  }

  private func readLooks(_ looks: Value?, into facts: inout PathFacts) {
    guard let looks else { return }
    for shape in TextShape.allCases {
      facts.add(count(of: member(shape.name, of: looks)), of: shape)
    }
  }

  private func readValues(_ values: Value?, into facts: inout PathFacts) {
    guard let values, values.tag == .list else {
      if facts.texts + facts.numbers > 0 { facts.values.giveUp() }
      return
    }
    for pair in document.elements(of: values) {
      let parts = document.elements(of: pair)
      guard parts.count == 2, let value = SampleValue(parts[0]) else { continue }
      facts.values.add(value, count: count(of: parts[1]))
    }
  }

  private func member(_ name: String, of map: Value) -> Value? {
    var position = Int(map.bits) + 1
    guard map.tag == .map else { return nil }
    let last = document.end(of: Int(map.bits)) - 1
    while position < last {
      if document.value(at: position).ownedText == name { return document.value(at: position + 1) }
      position = document.end(of: position + 1)
    }
    return nil
  }

  /// A count; what is none counts nothing.
  private func count(of value: Value?) -> Int {
    guard let value, value.tag == .int, value.int >= 0 else { return 0 }
    // Counts of several schemas are added up.
    return Int(min(value.int, 1 << 53))
  }

  private func number(_ value: Value) -> Double {
    value.tag == .int ? Double(value.int) : value.double
  }
}

extension SampleValue {
  /// A value of a document; nothing where it is no text, number or bool.
  init?(_ value: Value) {
    switch value.tag {
    case .text: self = .text(String(decoding: value.bytes, as: UTF8.self))
    case .int: self = .int(value.int)
    case .double: self = .double(value.double + 0)
    case .bool: self = .bool(value.isTrue)
    case .missing, .null, .uint, .bytes, .list, .map, .timestamp, .duration, .type, .optional,
      .unknown:
      return nil
    }
  }

  /// What counts of it are kept by.
  var hash: UInt64 {
    switch self {
    case .bool(let value): Hash.mix(value ? 1 : 0, 4)
    case .int(let number): Hash.mix(UInt64(bitPattern: number), 1)
    case .double(let number): Hash.mix(number.bitPattern, 2)
    case .text(let text): Hash.mix(Hash.of(text), 3)
    }
  }
}
