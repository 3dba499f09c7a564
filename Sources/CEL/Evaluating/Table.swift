/// All that a program consists of, behind one reference.
// Safety: the header is written only by the program that holds the only reference, before any
// thread evaluates it; afterwards it is only read. Constants point into its memory, which lives
// as long as this object. Access through the pointer costs no exclusivity checks.
final class Table: @unchecked Sendable {
  struct Header: ~Copyable {
    var parts = Parts()
    var code = FlatTable<Instruction>()
    var constants = FlatTable<Value>()
    /// Where each routine begins in the code.
    var starts = FlatTable<Int32>()
    /// The routine of each entry.
    var entries = FlatTable<Int32>()
    var computed = FlatTable<Computed>()
    /// The variables that an activation puts into slots.
    var variables = FlatTable<Variable>()
    var patterns = FlatTable<Regex.Handle>()
    var sets = SetTable()
    /// The paths that are looked up, and the keys of them all.
    var paths = FlatTable<PathRow>()
    var keys = KeyTable()
    /// How many values the deepest routine needs on the stack.
    var stackDepth = 0
    /// What the constants point into.
    var memory = Arena()
  }

  let header: UnsafeMutablePointer<Header>

  init() {
    header = .allocate(capacity: 1)
    header.initialize(to: Header())
  }

  /// A copy with a memory of its own; the constants made so far stay in the original.
  init(copying original: Table) {
    header = .allocate(capacity: 1)
    header.initialize(to: Header())
    let source = original.header
    header.pointee.parts = source.pointee.parts
    header.pointee.parts.ancestors.append(original)
    header.pointee.code.append(contentsOf: source.pointee.code)
    header.pointee.constants.append(contentsOf: source.pointee.constants)
    header.pointee.starts.append(contentsOf: source.pointee.starts)
    header.pointee.entries.append(contentsOf: source.pointee.entries)
    header.pointee.computed.append(contentsOf: source.pointee.computed)
    header.pointee.patterns.append(contentsOf: source.pointee.patterns)
    header.pointee.paths.append(contentsOf: source.pointee.paths)
    header.pointee.keys.append(contentsOf: source.pointee.keys)
    header.pointee.sets.append(contentsOf: source.pointee.sets)
    header.pointee.stackDepth = source.pointee.stackDepth
  }

  deinit {
    header.deinitialize(count: 1)
    header.deallocate()
  }
}

extension Table {
  @inline(__always)
  func evaluate(
    _ entry: Int, _ slots: UnsafeMutablePointer<Value>, _ scratch: inout Scratch
  ) -> Value {
    precondition(entry >= 0 && entry < header.pointee.entries.count, "an entry of this program")
    scratch.stack.reserve(header.pointee.stackDepth)
    let routine = Int(header.pointee.entries.start[entry])
    return Machine.evaluate(routine, header, slots, scratch.stack.start, &scratch)
  }

  /// One compiled expression.
  struct Routine {
    /// How many values it needs on the stack, with all that it calls.
    var stackDepth: Int
    /// The slots it reads, itself or through computed names, in ascending order.
    var slots: [Int]
    /// The variables it reads, likewise.
    var variables: Set<String>
  }

  /// A named expression, compiled at its first use.
  struct Computed: BitwiseCopyable {
    var slot: Int32
    var routine: Int32
  }

  /// A variable and its slot.
  struct Variable: BitwiseCopyable {
    var name: VariableName
    var slot: Int32
  }

  /// What is rarely read while evaluating.
  struct Parts {
    var routines: [Routine] = []
    /// Keeps the patterns alive.
    var regexes: [Regex] = []
    var functions: [ExternalFunction] = []
    var sites: [Site] = [Site(path: [], range: 0..<0, entry: -1)]
    var names = CompiledNames()
    var ancestors: [Table] = []
  }
}
