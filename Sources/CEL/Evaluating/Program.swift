/// Where an unknown arose.
public struct Site: Sendable {
  /// The path that was read; empty if the value was not read from a path.
  public var path: [String]
  /// The expression that gave no value.
  public var range: Range<Int>
  /// The entry it belongs to; -1 within a computed name.
  public var entry: Int

  /// A place in an entry.
  public init(path: [String], range: Range<Int>, entry: Int) {
    self.path = path
    self.range = range
    self.entry = entry
  }
}

/// Compiled expressions over one slot layout: immutable, shared between threads.
public struct Program: Sendable {
  /// One compiled expression.
  struct Routine: Sendable {
    var start: Int
    /// How many values it needs on the stack, with all that it calls.
    var stackDepth: Int
    /// The slots it reads, itself or through computed names, in ascending order.
    var slots: [Int]
  }

  /// A named expression, compiled at its first use.
  struct Computed: Sendable {
    var slot: Int
    var routine: Int
  }

  /// Where unknowns arose, by ``Value/site``; row 0 is "nobody knows".
  public internal(set) var sites: [Site] = [Site(path: [], range: 0..<0, entry: -1)]

  var code: [Instruction] = []
  var constants: [Value] = []
  var routines: [Routine] = []
  /// The routine of each entry.
  var entries: [Int] = []
  var computed: [Computed] = []
  var patterns: [Regex] = []
  var functions: [ExternalFunction] = []
  var sets: [ConstantSet] = []
  /// What the constants point into; a copy of the program starts a memory of its own.
  var memories: [ConstantMemory] = []
  var stackDepth = 0
  var names = CompiledNames()

  /// A program without entries.
  public init() {}

  /// Compiles one more checked expression and returns the number of its entry.
  ///
  /// A path such as `event.order.id` becomes one slot of `layout`; `computed` expressions of
  /// the environment are compiled at their first use.
  public mutating func add(
    _ expression: Expression, in environment: Environment, layout: inout SlotLayout
  ) -> Int {
    // The tables are moved out and back, so that they are never copied.
    var compiler = Compiler(self, environment, layout)
    self = Program()
    layout = SlotLayout()
    let entry = compiler.program.entries.count
    let routine = compiler.compileRoutine(expression, entry: entry)
    compiler.program.entries.append(routine)
    self = compiler.program
    layout = compiler.layout
    return entry
  }

  /// The slots that an entry reads, itself or through computed names, in ascending order.
  public func slots(of entry: Int) -> [Int] { routines[entries[entry]].slots }

  /// Evaluates one entry.
  ///
  /// Slots tagged ``Value/Tag/missing`` are absent; those of computed names are filled in, so
  /// clear them between events. Never fails: what strict CEL calls an error is an unknown with
  /// its reason and site.
  public func evaluate(
    _ entry: Int, slots: UnsafeMutablePointer<Value>, scratch: inout Scratch
  ) -> Value {
    scratch.reserveStack(stackDepth)
    let base = scratch.stack
    return code.withUnsafeBufferPointer { code in
      constants.withUnsafeBufferPointer { constants in
        guard let start = code.baseAddress else { return .unknown(.unbound) }
        let tables = Machine.Tables(code: start, constants: constants.baseAddress, slots: slots)
        return run(entries[entry], tables, base, &scratch)
      }
    }
  }

  /// Evaluates a routine with a budget of its own, its stack beginning at `base`.
  func run(
    _ routine: Int, _ tables: Machine.Tables, _ base: UnsafeMutablePointer<Value>,
    _ scratch: inout Scratch
  ) -> Value {
    let outerCost = scratch.cost
    scratch.cost = scratch.costLimit
    var machine = Machine(tables, start: routines[routine].start, base: base)
    let result = machine.run(self, &scratch)
    let isOverBudget = scratch.cost < 0
    scratch.cost = outerCost
    return isOverBudget ? .unknown(.cost, site: result.site) : result
  }
}
