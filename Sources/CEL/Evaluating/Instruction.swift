/// What the evaluator executes: eight bytes, no references.
struct Instruction: BitwiseCopyable, Sendable {
  /// All of it in one word, so that it is read at once: from the low end the operation and the
  /// detail in 8 bits each, the site in 16, the argument in 32.
  private var word: UInt64

  init(operation: Operation, detail: UInt8 = 0, site: UInt16 = 0, argument: Int32 = 0) {
    let low = UInt64(operation.rawValue) | UInt64(detail) << 8 | UInt64(site) << 16
    word = low | UInt64(UInt32(bitPattern: argument)) << 32
  }

  @inline(__always)
  var operation: Operation {
    // Safety: every word is made from an operation, and those are numbered without gaps.
    unsafeBitCast(UInt8(truncatingIfNeeded: word), to: Operation.self)
  }

  /// A function, a macro or flags, as the operation says.
  @inline(__always)
  var detail: UInt8 { UInt8(truncatingIfNeeded: word >> 8) }

  /// Where an unknown that arises here is said to arise.
  @inline(__always)
  var site: UInt16 { UInt16(truncatingIfNeeded: word >> 16) }

  /// A place in a table, a jump target or a count, as the operation says.
  @inline(__always)
  var argument: Int32 {
    get { Int32(truncatingIfNeeded: Int64(bitPattern: word) >> 32) }
    set { word = word & 0xFFFF_FFFF | UInt64(UInt32(bitPattern: newValue)) << 32 }
  }

  /// Each case says what it does to the stack.
  enum Operation: UInt8, BitwiseCopyable, Sendable {
    /// Push a constant.
    case constant
    /// Push a slot; an empty one is an unknown.
    case slot
    /// Push what a path of the table leads to, from a slot or from a variable of a macro.
    case path, localPath
    /// Push a variable of an enclosing macro, by its place above the entry's base.
    case local
    /// Push a computed name, evaluated at its first use.
    case computed
    /// Push whether a slot holds something; the next word names its parent's slot or -1.
    case hasSlot
    /// Push a slot as an optional; the next word names the slot that must be a map or -1.
    case optionalSlot
    /// Replace the top by its field, whose name is a key of the table.
    case select, optionalSelect, hasField
    /// Pop an index, replace the top by that element.
    case index, optionalIndex
    /// Replace the top.
    case not, negate
    /// Pop the right operand (or take a constant, see ``constantOperand``), replace the left.
    case add, subtract, multiply, divide, divideExactly, modulo
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn
    /// Go on elsewhere.
    case jump
    /// Go on elsewhere if the top is false (true), which stays; in any case it stays.
    case jumpIfFalse, jumpIfTrue
    /// Pop the right operand, replace the left by what the two are together.
    case and, or
    /// Pop a condition: false goes on elsewhere; no truth value stays as the result and goes on
    /// at the word before that.
    case branch
    /// Replace an optional by what it holds, or by a missing value for none.
    case unwrapElement
    /// Pop so many elements (entries), push the list (map) of those that are not missing.
    case makeList, makeMap
    /// Pop so many arguments, push the result.
    case callCore, callText, callTime, callMath, callNetwork, callExternal
    /// Replace the top by whether a constant pattern occurs in it.
    case matchPattern
    /// Replace the top by whether it is among the constants of a set.
    case isInSet
    /// Go on elsewhere with the top if it holds a value or is no optional; else pop it.
    case lazyOr, lazyOrValue
    /// Turn the range on top into the frame of a loop.
    case iterate
    /// Give the variables of a loop their next values, or go on elsewhere.
    case advance
    /// Pop a loop's filter: true skips a word, false goes on elsewhere.
    case filter
    /// Pop what the body of a loop gave; unless that decides, go on elsewhere.
    case collect
    /// Replace the frame of a loop by its result.
    case finish
    /// Drop what lies below the top.
    case slide
    /// Replace an optional by its value for the body of a macro, or go on elsewhere.
    case enterOptional
    /// Replace the top by an optional that holds it.
    case wrapOptional
    /// Replace the top, also if it is unknown.
    case present, known
    /// Push an unknown whose reason is in the argument.
    case unknown
    /// The top is the result.
    case end
  }

  /// In `detail` of a binary operation: the right operand is the constant in `argument`.
  static let constantOperand: UInt8 = 1
  /// In `detail` of an arithmetic operation: operands of two numeric types give a double.
  static let mixedNumbers: UInt8 = 2
}

/// What a loop makes of its elements; in `detail` of its instructions.
enum LoopKind: UInt8 {
  case all, exists, existsOne
  /// How many elements a filter lets through.
  case count
  case filter, map, transformMap, transformMapEntry
}

/// Where the parts of a loop lie above its place on the stack.
enum LoopFrame {
  static let range = 0
  /// Position and number of the next element.
  static let cursor = 1
  static let result = 2
  static let firstVariable = 3
  static let secondVariable = 4
  static let size = 5
}
