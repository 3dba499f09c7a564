/// One expression, parsed, checked and compiled: evaluate it as often as you like.
///
/// It is immutable and shared between threads; an ``Activation`` holds the values it reads.
public struct CompiledExpression: Sendable {
  /// Source text that cannot be evaluated.
  public struct Refusal: Error {
    /// What is wrong, at least one mistake; places are UTF-8 offsets in the text.
    public var issues: [Issue]
  }

  /// What the checker deduced of its value.
  public let type: Type
  let program: Program
  let entry: Int
  /// How many slots it reads.
  let slotCount: Int

  /// Parses, checks and compiles source text.
  ///
  /// Warnings refuse nothing; ``Expression/check(in:)`` tells them.
  ///
  /// - Parameters:
  ///   - text: the expression.
  ///   - environment: the variables and functions that it may use.
  /// - Throws: what is wrong with the text.
  public init(_ text: String, in environment: Environment) throws(Refusal) {
    let parsed = Expression.parse(text)
    guard let expression = parsed.expression else { throw Refusal(issues: parsed.issues) }
    let checked = expression.check(in: environment)
    let issues = parsed.issues + checked.issues
    guard issues.allSatisfy(\.kind.isWarning) else { throw Refusal(issues: issues) }
    self.init(checked.expression, in: environment)
  }

  /// Compiles a checked expression; parts with mistakes are unknown when evaluated.
  public init(_ expression: Expression, in environment: Environment) {
    var program = Program()
    var layout = SlotLayout(.variables)
    entry = program.add(expression, in: environment, layout: &layout)
    for (slot, path) in layout.paths.enumerated() where environment.variables[path[0]] != nil {
      program.table.header.pointee.variables.append(
        Table.Variable(name: VariableName(path[0]), slot: Int32(slot)))
    }
    self.program = program
    type = expression.type
    slotCount = layout.paths.count
  }

  /// Where an unknown arose that this expression came to.
  public func site(of unknown: Value) -> Site { program.sites[Int(unknown.site)] }
}

/// A variable's name as a number.
struct VariableName: BitwiseCopyable, Equatable {
  private let hash: UInt64

  init(_ name: String) {
    var name = name
    hash = name.withUTF8 { CEL.hash(of: UnsafeRawBufferPointer($0)) }
  }
}
