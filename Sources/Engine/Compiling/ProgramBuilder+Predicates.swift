import CEL
import Rulesets

/// Kernels are recognised on checked CEL, never compiled from field tests directly: there is one
/// semantics, and what is not recognised is left to the CEL evaluator.
extension ProgramBuilder {
  /// Adds a line under `if`, or a combination of lines.
  mutating func predicate(
    _ index: Int, of list: [Predicate], in file: Int, lines: inout [PredicateLine]
  ) -> Int32 {
    let place = list[index].number.map { file << 32 | $0 }
    if let place, let known = compiledLines[place] {
      lines.append(PredicateLine(list[index], known))
      return known.number
    }
    switch list[index].sharedKind {
    case .expression(let expression):
      var compiled = CompiledLine(number: predicate(expression, in: file), reads: [])
      collectReads(of: compiled.number, into: &compiled.reads)
      if let place { compiledLines[place] = compiled }
      lines.append(PredicateLine(list[index], compiled))
      return compiled.number
    case .all(let parts): return combination(.all, parts, in: file, lines: &lines)
    case .any(let parts): return combination(.any, parts, in: file, lines: &lines)
    case .none(let parts): return combination(.none, parts, in: file, lines: &lines)
    }
  }

  private mutating func combination(
    _ kernel: Kernel, _ parts: [Predicate], in file: Int, lines: inout [PredicateLine]
  ) -> Int32 {
    var children: [Int32] = []
    for index in parts.indices {
      children.append(predicate(index, of: parts, in: file, lines: &lines))
    }
    return combination(kernel, children)
  }

  private mutating func combination(_ kernel: Kernel, _ children: [Int32]) -> Int32 {
    let sorted = inOrder(children)
    return add(
      PredicateRow(kernel: kernel, rows: shared(sorted)),
      readsContact: sorted.contains { readsContact[Int($0)] })
  }

  private mutating func add(_ row: PredicateRow, readsContact reads: Bool) -> Int32 {
    let hash = row.hash
    if let known = predicateNumbers.first(hash, where: { predicates[Int($0)] == row }) {
      return known
    }
    predicates.append(row)
    readsContact.append(reads)
    predicateNumbers.insert(Int32(predicates.count - 1), hash)
    return Int32(predicates.count - 1)
  }

  /// A list of predicates that all combinations of the same share.
  private mutating func shared(_ list: [Int32]) -> RowRange {
    let hash = list.withUnsafeBytes { stableHash($0) }
    let known = predicateListStarts.first(hash) { predicateLists[Int($0)...].starts(with: list) }
    if let known { return RowRange(first: known, count: Int32(list.count)) }
    predicateListStarts.insert(Int32(predicateLists.count), hash)
    return append(list)
  }

  /// Adds an expression: as a kernel where one is known, else as a program.
  private mutating func predicate(_ expression: CEL.Expression, in file: Int) -> Int32 {
    switch expression.kind {
    case .binary(.and, let left, let right):
      if case .call("present", _, let arguments) = left.kind, let subject = arguments.first,
        let row = kernel(right, guardedBy: subject) ?? caseKernel(right, subject, in: file)
      {
        return add(row, readsContact: false)
      }
      return combination(.all, [predicate(left, in: file), predicate(right, in: file)])
    case .binary(.or, let left, let right):
      return combination(.any, [predicate(left, in: file), predicate(right, in: file)])
    case .unary(.not, let operand):
      return combination(.none, [predicate(operand, in: file)])
    default: break
    }
    if let row = kernel(expression, guardedBy: nil) { return add(row, readsContact: false) }
    let row = PredicateRow(
      kernel: .program, rows: RowRange(first: entry(expression, in: file), count: 1))
    return add(row, readsContact: readsContact(expression, in: file))
  }

  /// Whether an expression reads `contact`, itself or through `let` names.
  private func readsContact(_ expression: CEL.Expression, in file: Int) -> Bool {
    expression.contains { node in
      guard case .reference(let reference) = node.kind else { return false }
      switch reference {
      case .variable(let name): return name == "contact" || name.hasPrefix("contact.")
      case .computed(let name):
        return ruleset.files[file].lets.contains { $0.name == name && $0.readsContact }
      case .local, .unbound: return false
      }
    }
  }

  /// A kernel for a test of one path; `guardedBy` is the subject of a `present(…) &&` before it.
  private mutating func kernel(
    _ expression: CEL.Expression, guardedBy subject: CEL.Expression?
  ) -> PredicateRow? {
    guard let (operand, test) = test(in: expression), let slot = slot(of: operand) else {
      return nil
    }
    if let subject, !subject.isSamePath(as: operand) { return nil }
    var row = PredicateRow(kernel: .isTrue, isGuarded: subject != nil, slot: Int32(slot))
    switch test {
    case .isTrue: row.kernel = .isTrue
    case .present: row.kernel = .present
    case .text(let kernel, let text):
      row.kernel = kernel
      row.text = shared(text)
    case .texts(let texts):
      row.kernel = .inTexts
      row.rows = shared(texts)
    case .int(let kernel, let number):
      row.kernel = kernel
      row.isInteger = true
      row.bits = UInt64(bitPattern: number)
    case .double(let kernel, let number):
      row.kernel = kernel
      row.bits = number.bitPattern
    case .bool(let value):
      row.kernel = .equalBool
      row.bits = value ? 1 : 0
    }
    return row
  }

  /// `string(x) == 'novo'`: what a case of `match` stands for.
  private mutating func caseKernel(
    _ expression: CEL.Expression, _ subject: CEL.Expression, in file: Int
  ) -> PredicateRow? {
    guard case .binary(.equal, let left, let right) = expression.kind,
      case .literal(.string(let text)) = right.kind,
      case .call("string", nil, let arguments) = left.kind, let operand = arguments.first,
      let slot = slot(of: operand), slot == self.slot(of: subject)
    else { return nil }
    var row = PredicateRow(kernel: .equalAsText, isGuarded: true, slot: Int32(slot))
    row.text = shared(text)
    row.rows = RowRange(first: entry(expression, in: file), count: 1)
    return row
  }

  mutating func shared(_ text: String) -> TextConstant {
    var text = text
    return text.withUTF8 { shared(UnsafeRawBufferPointer($0)) }
  }

  /// A constant that all that is equal to it shares.
  mutating func shared(_ bytes: UnsafeRawBufferPointer) -> TextConstant {
    let constant = TextConstant(bytes, at: constants.count)
    let hash = stableHash(bytes)
    let known = sharedTextNumbers.first(hash) { number in
      let text = sharedTexts[Int(number)]
      guard text.length == constant.length, text.head == constant.head, text.tail == constant.tail
      else { return false }
      let end = Int(text.offset) + bytes.count
      return bytes.count <= 16 || constants[Int(text.offset)..<end].elementsEqual(bytes)
    }
    if let known { return sharedTexts[Int(known)] }
    sharedTextNumbers.insert(Int32(sharedTexts.count), hash)
    sharedTexts.append(constant)
    constants += bytes
    return constant
  }

  private mutating func shared(_ list: [String]) -> RowRange {
    let constants = list.map { shared($0) }
    var hash = WordHash()
    for text in constants { hash.add(text.offset, text.length) }
    let known = textListStarts.first(hash.value) { texts[Int($0)...].starts(with: constants) }
    if let known { return RowRange(first: known, count: Int32(list.count)) }
    let range = RowRange(first: Int32(texts.count), count: Int32(list.count))
    texts += constants
    textListStarts.insert(range.first, hash.value)
    return range
  }
}

/// What became of a line under `if`.
struct CompiledLine {
  var number: Int32
  /// The slots it reads, with the tags that a kernel can use; no tags: any.
  var reads: [(slot: Int, expected: Set<UInt8>)]
}

extension PredicateLine {
  fileprivate init(_ predicate: Predicate, _ compiled: CompiledLine) {
    self.init(
      line: predicate.line, text: predicate.text, predicate: compiled.number,
      reads: compiled.reads)
  }
}

/// What a kernel tests.
private enum Test {
  case isTrue, present
  case text(Kernel, String)
  case texts([String])
  case int(Kernel, Int64)
  case double(Kernel, Double)
  case bool(Bool)
}

/// Reads an expression as a test of one operand.
private func test(in expression: CEL.Expression) -> (CEL.Expression, Test)? {
  switch expression.kind {
  case .select, .index: return (expression, .isTrue)
  case .call("present", nil, let arguments) where arguments.count == 1:
    return (arguments[0], .present)
  case .call(let name, let target?, let arguments) where arguments.count == 1:
    guard case .literal(.string(let text)) = arguments[0].kind, !text.isEmpty else { return nil }
    switch name {
    case "startsWith": return (target, .text(.startsWith, text))
    case "endsWith": return (target, .text(.endsWith, text))
    case "contains": return (target, .text(.containsText, text))
    default: return nil
    }
  case .conditional(let condition, let first, let second):
    return containsTest(condition, first, second)
  case .binary(let symbol, let left, let right): return comparison(symbol, left, right)
  default: return nil
  }
}

/// `type(x) == list ? 'a' in x : x.contains('a')`: what the field test `contains` stands for.
private func containsTest(
  _ condition: CEL.Expression, _ first: CEL.Expression, _ second: CEL.Expression
) -> (CEL.Expression, Test)? {
  guard case .binary(.equal, let typed, let name) = condition.kind,
    case .call("type", nil, let subjects) = typed.kind, let subject = subjects.first,
    name.isListType,
    case .binary(.isIn, let item, let list) = first.kind,
    case .literal(.string(let text)) = item.kind,
    case .call("contains", let target?, let needles) = second.kind, needles.count == 1,
    case .literal(.string(let needle)) = needles[0].kind,
    Array(text.utf8) == Array(needle.utf8), !text.isEmpty,
    subject.isSamePath(as: list), subject.isSamePath(as: target)
  else { return nil }
  return (subject, .text(.containsItem, text))
}

private func comparison(
  _ symbol: CEL.Expression.BinaryOperator, _ left: CEL.Expression, _ right: CEL.Expression
) -> (CEL.Expression, Test)? {
  if symbol == .isIn, let texts = right.constantTexts { return (left, .texts(texts)) }
  guard case .literal(let literal) = right.kind else { return nil }
  let kernel: Kernel
  switch symbol {
  case .equal: kernel = .equalNumber
  case .less: kernel = .less
  case .lessOrEqual: kernel = .lessOrEqual
  case .greater: kernel = .greater
  case .greaterOrEqual: kernel = .greaterOrEqual
  case .or, .and, .notEqual, .isIn, .add, .subtract, .multiply, .divide, .modulo: return nil
  }
  switch literal {
  case .string(let text): return symbol == .equal ? (left, .text(.equalText, text)) : nil
  case .bool(let value): return symbol == .equal ? (left, .bool(value)) : nil
  case .int(let number): return (left, .int(kernel, number))
  case .double(let number): return (left, .double(kernel, number))
  case .null, .uint, .bytes, .list, .map, .timestamp, .duration, .type, .optional: return nil
  }
}

extension CEL.Expression {
  fileprivate var isListType: Bool {
    switch kind {
    case .literal(.type("list")): true
    case .reference(.variable("list")), .identifier("list"): true
    default: false
    }
  }

  /// The elements of a list of constant texts.
  fileprivate var constantTexts: [String]? {
    switch kind {
    case .literal(.list(let items)):
      let texts = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
      return texts.count == items.count ? texts : nil
    case .list(let elements):
      let texts = elements.compactMap { element -> String? in
        guard !element.isOptional, case .literal(.string(let text)) = element.value.kind else {
          return nil
        }
        return text
      }
      return texts.count == elements.count ? texts : nil
    default: return nil
    }
  }
}
