extension Machine {
  /// Takes the arguments from the stack; the result stands where the first was.
  @inline(__always)
  private mutating func popArguments(_ count: Int) -> UnsafeBufferPointer<Value> {
    top -= count - 1
    return UnsafeBufferPointer(start: UnsafePointer(top), count: count)
  }

  /// Puts the first unknown argument in the place of the result; whether there was one.
  @inline(__always)
  private func propagate(_ arguments: UnsafeBufferPointer<Value>) -> Bool {
    for argument in arguments where argument.tag == .unknown {
      top.pointee = argument
      return true
    }
    return false
  }

  mutating func call(_ word: Instruction, _ scratch: inout Scratch) {
    let arguments = popArguments(Int(word.argument))
    if propagate(arguments) { return }
    let result: Value
    switch word.operation {
    case .callText:
      result = TextFunction(rawValue: word.detail)?.evaluate(arguments, &scratch) ?? .missing
    case .callTime:
      result = TimeFunction(rawValue: word.detail)?.evaluate(arguments, &scratch) ?? .missing
    case .callMath:
      result = MathFunction(rawValue: word.detail)?.evaluate(arguments, &scratch) ?? .missing
    case .callNetwork:
      result = NetworkFunction(rawValue: word.detail)?.evaluate(arguments, &scratch) ?? .missing
    default:
      result = CoreFunction(rawValue: word.detail)?.evaluate(arguments, &scratch) ?? .missing
    }
    setResult(result, word)
  }

  /// The result of a function, which knows no sites.
  @inline(__always)
  private func setResult(_ result: Value, _ word: Instruction) {
    top.pointee = result
    if result.tag == .unknown, result.site == 0 { top.pointee.site = word.site }
  }

  mutating func callExternal(_ word: Instruction, _ scratch: inout Scratch) {
    let arguments = popArguments(Int(word.detail))
    if propagate(arguments) { return }
    let number = Int(word.argument)
    for argument in arguments { scratch.charge(partsOf: argument) }
    guard scratch.cost >= 0 else {
      fail(.cost, word)
      return
    }
    guard header.pointee.parts.functions[number].accepts(arguments) else {
      fail(.wrongType, word, found: arguments.first?.tag ?? .missing)
      return
    }
    let result = header.pointee.parts.functions[number].body(arguments, &scratch)
    scratch.charge(partsOf: result)
    setResult(result, word)
  }

  func matchPattern(_ word: Instruction, _ scratch: inout Scratch) {
    let text = top.pointee
    switch text.tag {
    case .text:
      let result = scratch.search(
        text, for: header.pointee.patterns.start[Int(word.argument)])
      setResult(result, word)
    case .unknown: break
    default: fail(.wrongType, word, found: text.tag)
    }
  }
}

extension Scratch {
  /// Pays for what a function from outside may touch of a value.
  @inline(__always)
  fileprivate mutating func charge(partsOf value: Value) {
    switch value.tag {
    case .text, .bytes, .list, .map: cost -= Int(value.length) + 1
    default: cost -= 1
    }
  }

  /// Whether a pattern occurs in a text.
  mutating func search(_ text: Value, for pattern: Regex.Handle) -> Value {
    cost -= Int(text.length) * pattern.weight
    guard cost >= 0 else { return .unknown(.cost) }
    return .bool(pattern.occurs(in: text.bytes))
  }
}
