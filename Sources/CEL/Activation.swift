/// The values that expressions read, and the memory to evaluate them: one for each thread.
///
/// ```swift
/// var environment = Environment()
/// environment.declare("event", as: .dynamic)
/// let isLarge = try CompiledExpression("event.order.total > 100.0", in: environment)
/// var activation = Activation()
/// try activation.bind("event", toJSON: #"{"order": {"total": 129.95}}"#)
/// activation.truth(of: isLarge)   // true
/// ```
public struct Activation: ~Copyable {
  /// A variable that has a value.
  struct Binding: BitwiseCopyable {
    var name: VariableName
    var value: Value
    /// Whether the value stands on the document.
    var isDocument: Bool
  }

  private var bindings = FlatTable<Binding>()
  /// What bound literals are made of; results live in the scratch memory.
  private var memory = Arena()
  private var parser: JSONParser
  private var slots = OperandStack()
  /// How many more evaluations find paths by walking the document; negative without one to index.
  ///
  /// An index costs more than a single expression gains from it.
  private var unindexedUses = -1
  private static let usesBeforeIndex = 1
  /// What was evaluated last, kept alive for the result; the address tells without counting.
  private var evaluated: Table?
  private var evaluatedHeader: UnsafeMutablePointer<Table.Header>?
  private(set) var scratch: Scratch

  /// Without any values.
  ///
  /// - Parameters:
  ///   - costLimit: work allowed for one evaluation, in elements and bytes touched; a result
  ///     over it is unknown.
  ///   - byteLimit: the longest JSON text that is read.
  public init(costLimit: Int = 1_000_000, byteLimit: Int = 16 << 20) {
    scratch = Scratch(costLimit: costLimit)
    parser = JSONParser(byteLimit: byteLimit)
  }

  /// Forgets every value.
  public mutating func unbind() {
    bindings.removeAll()
    memory.reset()
    scratch.document = nil
    unindexedUses = -1
  }

  /// Gives a variable a value.
  public mutating func bind(_ name: String, to literal: Literal) {
    let value = literal.value { memory.allocate($0) }
    bind(VariableName(name), to: value, isDocument: false)
  }

  /// Gives a variable the value of a JSON text, which is parsed once and not copied.
  ///
  /// Integral numbers within Int64 are ints, others doubles; of equal keys the last counts. If
  /// another variable was bound to JSON before, that value is copied first: bind the largest last.
  ///
  /// - Throws: why the text is no JSON value; then nothing has changed but that copy.
  public mutating func bind(_ name: String, toJSON text: String) throws(JSONParser.Failure) {
    var text = text
    let bound = text.withUTF8 { bytes in
      Result { () throws(JSONParser.Failure) in
        try bind(name, toJSON: UnsafeRawBufferPointer(bytes))
      }
    }
    try bound.get()
  }

  /// Gives a variable the value of a JSON text in memory; see ``bind(_:toJSON:)-(_,String)``.
  public mutating func bind(
    _ name: String, toJSON text: UnsafeRawBufferPointer
  ) throws(JSONParser.Failure) {
    let name = VariableName(name)
    keepDocument(except: name)
    let document = try parser.parseCopy(of: text)
    scratch.document = document
    unindexedUses = Activation.usesBeforeIndex
    bind(name, to: document.value(at: 1), isDocument: true)
  }

  private mutating func bind(_ name: VariableName, to value: Value, isDocument: Bool) {
    let binding = Binding(name: name, value: value, isDocument: isDocument)
    for row in 0..<bindings.count where bindings.start[row].name == name {
      bindings.start[row] = binding
      return
    }
    bindings.append(binding)
  }

  /// Copies a value that stands on the document which is about to go.
  private mutating func keepDocument(except name: VariableName) {
    for row in 0..<bindings.count where bindings.start[row].isDocument {
      bindings.start[row].isDocument = false
      guard bindings.start[row].name != name else {
        bindings.start[row].value = .unknown(.unbound)
        continue
      }
      let literal = scratch.literal(of: bindings.start[row].value)
      bindings.start[row].value =
        literal.map { literal in literal.value { memory.allocate($0) } }
        ?? .unknown(.unrepresentable)
    }
  }
}

extension Activation {
  /// Evaluates an expression; never fails: what strict CEL calls an error is an unknown with its
  /// reason and site.
  ///
  /// Texts, lists and maps in the result are valid until the next call of this activation.
  public mutating func evaluate(_ expression: borrowing CompiledExpression) -> Value {
    scratch.reset()
    if unindexedUses >= 0 { countUse() }
    slots.reserve(expression.slotCount)
    let header = expression.program.table.header
    if header != evaluatedHeader { keep(expression.program.table) }
    let computed = header.pointee.computed.start
    for row in 0..<header.pointee.computed.count {
      slots.start[Int(computed[row].slot)] = .missing
    }
    let variables = header.pointee.variables.start
    for row in 0..<header.pointee.variables.count {
      slots.start[Int(variables[row].slot)] = value(of: variables[row].name)
    }
    return expression.program.table.evaluate(expression.entry, slots.start, &scratch)
  }

  @inline(never)
  private mutating func countUse() {
    if unindexedUses == 0 { scratch.document?.index = parser.index() }
    unindexedUses -= 1
  }

  /// A result may point at constants of the expression, which need not outlive this call.
  @inline(never)
  private mutating func keep(_ table: Table) {
    evaluated = table
    evaluatedHeader = table.header
  }

  @inline(__always)
  private func value(of name: VariableName) -> Value {
    for row in 0..<bindings.count where bindings.start[row].name == name {
      return bindings.start[row].value
    }
    return .unknown(.unbound)
  }

  /// Whether a condition holds; nil if it has no truth value.
  public mutating func truth(of condition: borrowing CompiledExpression) -> Bool? {
    let value = evaluate(condition)
    return value.tag == .bool ? value.bits == 1 : nil
  }

  /// What an expression comes to, in a form that owns its parts.
  public mutating func outcome(of expression: borrowing CompiledExpression) -> Outcome {
    let value = evaluate(expression)
    if let literal = scratch.literal(of: value) { return .value(literal) }
    var left = Scratch.partLimit
    let unknown =
      scratch.firstUnknown(in: value, &left) ?? .unknown(left < 0 ? .cost : .unrepresentable)
    return .unknown(
      Value.Reason(rawValue: unknown.reason) ?? .missing, expression.site(of: unknown))
  }
}

extension Scratch {
  /// The first unknown in a value: it may lie within a list or a map; absent if there is none
  /// among so many parts.
  fileprivate func firstUnknown(in value: Value, _ left: inout Int) -> Value? {
    left -= 1
    guard left >= 0 else { return nil }
    switch value.tag {
    case .unknown: return value
    case .list:
      for element in elements(of: value) {
        if let unknown = firstUnknown(in: element, &left) { return unknown }
      }
    case .map:
      for entry in entries(of: value) {
        if let unknown = firstUnknown(in: entry.value, &left) { return unknown }
      }
    default: break
    }
    return nil
  }
}

/// What an evaluation comes to.
public enum Outcome: Sendable {
  /// A value that owns its parts.
  case value(Literal)
  /// The expression has no value; why, and where that arose.
  case unknown(Value.Reason, Site)
}
