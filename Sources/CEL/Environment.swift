/// The names an expression may use, and how its operators behave.
public struct Environment: Sendable {
  /// Which errors of strict CEL have a meaning.
  public enum Profile: Sendable {
    /// Strict CEL: what the conformance suite tests.
    case standard
    /// Regra's: mixed arithmetic gives double; `/` with an operand read from a variable divides
    /// exactly; `present` and `known` exist. Otherwise as strict CEL.
    case regra
  }

  /// How its operators behave.
  public var profile: Profile
  /// The namespace for name resolution, such as `com.example`.
  public var container: String
  var variables: [String: Type] = [:]
  var constants: [String: Literal] = [:]
  var computed: [String: Expression] = [:]
  var functions: [String: [Function]] = [:]
  /// The first words of names and functions with dots: `a.b` of any other root is a field of `a`.
  private(set) var namespaces: Set<String> = []

  /// An environment with the standard library and all extensions, and no variables.
  public init(profile: Profile = .standard, container: String = "") {
    self.profile = profile
    self.container = container
  }

  /// Declares a variable that is read from slots; dots make a qualified name.
  public mutating func declare(_ name: String, as type: Type) {
    variables[name] = type
    noteNamespace(of: name)
  }

  /// Declares a name for a constant.
  public mutating func define(_ name: String, as constant: Literal) {
    constants[name] = constant
    noteNamespace(of: name)
  }

  /// Declares a name for a checked expression, which is evaluated at most once per slots.
  public mutating func define(_ name: String, as expression: Expression) {
    computed[name] = expression
    noteNamespace(of: name)
  }

  /// Adds functions from outside, beside those of the standard library.
  public mutating func add(_ added: [Function]) {
    for function in added {
      functions[function.name, default: []].append(function)
      noteNamespace(of: function.name)
    }
  }

  private mutating func noteNamespace(of name: String) {
    if let root = name.namespace { namespaces.insert(root) }
  }
}

/// A function from outside: its overloads and what it does.
public struct Function: Sendable {
  /// Evaluates a call.
  ///
  /// The arguments have the types of some overload and are not unknown; the result may be an unknown without a site, which the evaluator fills in.
  public typealias Body =
    @Sendable (_ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch) -> Value

  /// One signature.
  public struct Overload: Sendable {
    /// Tells overloads apart.
    public var id: String
    /// What it takes, the receiver first.
    public var parameters: [Type]
    /// What it gives.
    public var result: Type
    /// Whether the first parameter is the receiver, as in `x.f(y)`.
    public var isMember: Bool

    /// A signature.
    public init(id: String, _ parameters: [Type], _ result: Type, isMember: Bool = false) {
      self.id = id
      self.parameters = parameters
      self.result = result
      self.isMember = isMember
    }
  }

  /// How it is called; dots make a namespace, as in `math.abs`.
  public var name: String
  /// What it takes and gives.
  public var overloads: [Overload]
  /// What it does.
  public var body: Body

  /// A function with all its overloads, which its body tells apart.
  public init(_ name: String, _ overloads: [Overload], body: @escaping Body) {
    self.name = name
    self.overloads = overloads
    self.body = body
  }
}

extension String {
  /// What stands before the first dot; absent without one.
  var namespace: String? {
    utf8.firstIndex(of: UInt8(ascii: ".")).map { String(self[..<$0]) }
  }
}
