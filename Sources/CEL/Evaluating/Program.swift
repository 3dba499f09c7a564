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
  var table = Table()

  /// A program without entries.
  public init() {}

  /// Where unknowns arose, by ``Value/site``; row 0 is "nobody knows".
  public var sites: [Site] { table.header.pointee.parts.sites }

  /// Compiles one more checked expression and returns the number of its entry.
  ///
  /// A path such as `event.order.id` becomes one slot of `layout`; `computed` expressions of
  /// the environment are compiled at their first use.
  public mutating func add(
    _ expression: Expression, in environment: Environment, layout: inout SlotLayout
  ) -> Int {
    if !isKnownUniquelyReferenced(&table) { table = Table(copying: table) }
    // The layout is moved out and back, so that it is never copied.
    var compiler = Compiler(table.header, environment, layout)
    layout = SlotLayout(layout.granularity)
    let entry = table.header.pointee.entries.count
    let routine = compiler.compileRoutine(expression, entry: entry)
    table.header.pointee.entries.append(Int32(routine))
    layout = compiler.layout
    return entry
  }

  /// The slots that an entry reads, itself or through computed names, in ascending order.
  public func slots(of entry: Int) -> [Int] { routine(of: entry).slots }

  /// Whether an entry reads a variable, itself or through computed names.
  public func reads(_ variable: String, in entry: Int) -> Bool {
    routine(of: entry).variables.contains(variable)
  }

  private func routine(of entry: Int) -> Table.Routine {
    table.header.pointee.parts.routines[Int(table.header.pointee.entries.start[entry])]
  }

  /// Evaluates one entry.
  ///
  /// Slots tagged ``Value/Tag/missing`` are absent; those of computed names are filled in, so
  /// clear them between events. Never fails: what strict CEL calls an error is an unknown with
  /// its reason and site.
  public func evaluate(
    _ entry: Int, slots: UnsafeMutablePointer<Value>, scratch: inout Scratch
  ) -> Value {
    table.evaluate(entry, slots, &scratch)
  }
}
