internal import CEL

/// Learns what events look like, one after the other, on one thread.
package struct SchemaBuilder: ~Copyable {
  private let typings: [Typing]
  private let parser: JSONParser
  private var activation: Activation
  private var eventCount = 0
  private var problemCount = 0
  private var nodes: [BuiltNode] = []
  /// Places of paths that were cut.
  private var free: [Int] = []
  private var places: [UInt64: Int] = [:]
  /// The last path that there was room for; later ones are not looked at.
  private var last: SchemaNode.Order?

  private struct BuiltNode {
    var hash: UInt64
    var node: SchemaNode
    /// The number of the event that was counted last.
    var event = 0
    /// Whether there was no room for it; its place is taken by another.
    var isCut = false

    var order: SchemaNode.Order { SchemaNode.Order(depth: node.depth, hash: hash) }
  }

  /// Paths that are held before the surplus is cut.
  private static let roomLimit = SampleSchema.nodeLimit + SampleSchema.nodeLimit / 4

  package init(_ typings: [Typing] = [.usual], byteLimit: Int = 16 << 20) {
    self.typings = typings
    parser = JSONParser(byteLimit: byteLimit)
    activation = Activation(byteLimit: byteLimit)
  }

  /// What was learnt so far.
  package var schema: SampleSchema {
    var schema = SampleSchema()
    schema.eventCount = eventCount
    schema.problemCount = problemCount
    schema.nodes = Dictionary(
      uniqueKeysWithValues:
        nodes.lazy.filter { !$0.isCut }.map { ($0.hash, $0.node) })
    schema.cut(wasCut: last != nil)
    return schema
  }

  /// Counts a line that is no event.
  package mutating func addProblem() { problemCount += 1 }

  /// Looks at an event; 64 readable bytes must follow it.
  ///
  /// - Returns: why it is no event, as a sentence without a full stop; nil where it is one.
  package mutating func add(_ text: UnsafeRawBufferPointer) -> String? {
    let document: Document
    do throws(JSONParser.Failure) {
      document = try parser.parse(text)
    } catch {
      addProblem()
      return error.description
    }
    guard document.value(at: 1).tag == .map else {
      addProblem()
      return "an event must be a JSON object"
    }
    eventCount += 1
    add(document, text)
    return nil
  }

  private mutating func add(_ document: Document, _ text: UnsafeRawBufferPointer) {
    for typing in typings {
      let (label, type) = self.type(of: document, text, typing)
      guard type != nil || typing.keepsUntyped else { continue }
      let step = PathStep.type(type, typing: label)
      guard let root = place(of: step.hash(after: 0), parent: 0, depth: 0, { step }) else {
        continue
      }
      add(valueAt: 1, of: document, to: root)
    }
  }
}

extension SchemaBuilder {
  private mutating func type(
    of document: Document, _ text: UnsafeRawBufferPointer, _ typing: Typing
  ) -> (label: String, type: String?) {
    switch typing.source {
    case .usual:
      for name in Typing.usualNames {
        if let type = document.text(at: [name]) { return ("event.\(name)", type) }
      }
      return (typing.label, nil)
    case .path(let path): return (typing.label, document.text(at: path))
    case .expression(let expression):
      guard (try? activation.bind("event", toJSON: text)) != nil else { return (typing.label, nil) }
      return (typing.label, activation.evaluate(expression).typeName)
    }
  }

  private mutating func add(valueAt index: Int, of document: Document, to place: Int) {
    let value = document.value(at: index)
    if value.tag != .null, value.tag != .unknown, nodes[place].event != eventCount {
      nodes[place].event = eventCount
      nodes[place].node.facts.events += 1
    }
    // Behind what stands below a place nothing more is written to it: it may be cut meanwhile.
    switch value.tag {
    case .null: nodes[place].node.facts.nulls += 1
    case .bool: nodes[place].node.facts.addBool(value.isTrue)
    case .int:
      nodes[place].node.facts.addInt(value.int)
      count(Hash.mix(value.bits, 1), at: place) { .int(value.int) }
    case .double:
      nodes[place].node.facts.addDouble(value.double)
      count(Hash.mix((value.double + 0).bitPattern, 2), at: place) { .double(value.double + 0) }
    case .text: add(text: value.bytes, to: place)
    case .list:
      nodes[place].node.facts.addList(of: Int(value.length))
      addItems(ofListAt: index, of: document, to: place)
    case .map:
      nodes[place].node.facts.maps += 1
      addFields(ofMapAt: index, of: document, to: place)
    case .missing, .uint, .bytes, .timestamp, .duration, .type, .optional, .unknown: break
    }
  }

  private mutating func add(text: UnsafeRawBufferPointer, to place: Int) {
    let length = text.reduce(into: 0) { count, byte in if byte & 0xC0 != 0x80 { count += 1 } }
    nodes[place].node.facts.addText(length: length, TextShape(text))
    guard text.count <= ValueCounts.textLimit else {
      return nodes[place].node.facts.values.giveUp()
    }
    count(Hash.mix(Hash.of(text), 3), at: place) { .text(String(decoding: text, as: UTF8.self)) }
  }

  private mutating func count(_ hash: UInt64, at place: Int, _ value: () -> SampleValue) {
    guard !nodes[place].node.facts.values.addKnown(hash) else { return }
    nodes[place].node.facts.values.add(value(), hash: hash)
  }

  private mutating func addItems(ofListAt index: Int, of document: Document, to place: Int) {
    let end = document.end(of: index) - 1
    var position = index + 1
    guard position < end else { return }
    let (parent, depth) = (nodes[place].hash, nodes[place].node.depth + 1)
    let hash = PathStep.item.hash(after: parent)
    while position < end,
      let item = self.place(of: hash, parent: parent, depth: depth, { .item })
    {
      add(valueAt: position, of: document, to: item)
      position = document.end(of: position)
    }
  }

  private mutating func addFields(ofMapAt index: Int, of document: Document, to place: Int) {
    let end = document.end(of: index) - 1
    var position = index + 1
    let (parent, depth) = (nodes[place].hash, nodes[place].node.depth + 1)
    while position < end {
      let key = document.value(at: position).bytes
      let isData = PathStep.isData(key)
      let hash = isData ? PathStep.anyKey.hash(after: parent) : Hash.mix(parent, Hash.of(key))
      let field = self.place(of: hash, parent: parent, depth: depth) {
        isData ? .anyKey : .key(String(decoding: key, as: UTF8.self))
      }
      if let field { add(valueAt: position + 1, of: document, to: field) }
      position = document.end(of: position + 1)
    }
  }

  /// The node of a path, a new one at its first use; nothing where there is no room for it.
  private mutating func place(
    of hash: UInt64, parent: UInt64, depth: Int, _ step: () -> PathStep
  ) -> Int? {
    if let place = places[hash] { return place }
    guard depth <= SampleSchema.depthLimit else { return nil }
    if let last, SchemaNode.Order(depth: depth, hash: hash) > last { return nil }
    if places.count >= Self.roomLimit {
      prune()
      if let last, SchemaNode.Order(depth: depth, hash: hash) > last { return nil }
    }
    let node = BuiltNode(hash: hash, node: SchemaNode(step: step(), parent: parent, depth: depth))
    let place = free.popLast() ?? nodes.count
    if place == nodes.count { nodes.append(node) } else { nodes[place] = node }
    places[hash] = place
    return place
  }

  /// Cuts the surplus; what stays keeps its place.
  private mutating func prune() {
    let kept = places.values.map { nodes[$0].order }.sorted()[SampleSchema.nodeLimit - 1]
    last = kept
    for place in nodes.indices where !nodes[place].isCut && nodes[place].order > kept {
      places[nodes[place].hash] = nil
      nodes[place].isCut = true
      nodes[place].node.facts = PathFacts()
      free.append(place)
    }
  }
}

extension PathStep {
  /// Whether a key is rather a value: an id, a number, an address.
  static func isData(_ key: UnsafeRawBufferPointer) -> Bool {
    guard key.count <= 64 else { return true }
    var digits = 0
    for byte in key {
      digits = WrittenShape.isDigit(byte) ? digits + 1 : 0
      if digits >= 4 || byte == UInt8(ascii: "@") { return true }
    }
    return WrittenShape.isUUID(key)
  }
}

extension Document {
  /// The type of an event that stands at a path of names.
  fileprivate func text(at path: [String]) -> String? {
    var index = 1
    for name in path {
      guard let next = field(name, ofMapAt: index) else { return nil }
      index = next
    }
    return value(at: index).typeName
  }

  /// Of several fields of one name the last counts.
  private func field(_ name: String, ofMapAt index: Int) -> Int? {
    guard value(at: index).tag == .map else { return nil }
    var position = index + 1
    let last = end(of: index) - 1
    var found: Int?
    while position < last {
      if value(at: position).bytes.elementsEqual(name.utf8) { found = position + 1 }
      position = end(of: position + 1)
    }
    return found
  }
}

extension Value {
  fileprivate var typeName: String? {
    guard tag == .text, length > 0, length <= Typing.lengthLimit else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
