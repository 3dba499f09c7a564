import ArgumentParser
import CEL
import Diagnostics
import Functions
private import Glibc
import Rulesets
import Streams

/// Which CEL an expression is written in.
enum ExpressionProfile: String, ExpressibleByArgument, CaseIterable {
  case regra, standard

  /// The same, as the checker calls it.
  var profile: Environment.Profile {
    switch self {
    case .regra: .regra
    case .standard: .standard
    }
  }
}

/// `NAME=VALUE`.
struct NamedText: ExpressibleByArgument, Hashable {
  var name: String
  var value: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, case .identifier? = Expression.parse(String(parts[0])).expression?.kind
    else { return nil }
    name = String(parts[0])
    value = String(parts[1])
  }
}

extension EvalCommand {
  /// What arguments beside the expressions name.
  var events: [String] {
    if nullInput { return [] }
    return Array(words.dropFirst(fromFile == nil ? 1 : 0))
  }

  /// The texts of the expressions, and behind them that of `--where`.
  func sources() throws(FileFailure) -> [SourceText] {
    // A blank may have been put before a negative number.
    let words = words.map { $0.starts(with: " -") ? String($0.dropFirst()) : $0 }
    var sources: [SourceText] = []
    if let fromFile { sources.append(try SourceText(readingFrom: fromFile)) }
    let written = nullInput ? words : fromFile == nil ? Array(words.prefix(1)) : []
    for (index, text) in written.enumerated() {
      let path = written.count == 1 ? "<expression>" : "<expression \(index + 1)>"
      sources.append(SourceText(path: path, contents: text))
    }
    if let condition = self.where {
      sources.append(SourceText(path: "<where>", contents: condition))
    }
    return sources
  }

  /// The names that expressions may use.
  func environment() throws -> Environment {
    var environment = Environment(profile: profile.profile)
    if profile == .regra { environment.add(RegraFunctions.all) }
    environment.declare("now", as: .timestamp)
    if !nullInput { environment.declare("event", as: .dynamic) }
    var taken: Set<String> = ["now", "event"]
    for (flag, arguments) in [("--arg", arg), ("--arg-json", argJson)] {
      for argument in arguments {
        guard taken.insert(argument.name).inserted else {
          throw ValidationError("\(flag): the name `\(argument.name)` is taken")
        }
        let literal = flag == "--arg" ? .string(argument.value) : try json(argument)
        environment.define(argument.name, as: literal)
      }
    }
    return environment
  }

  private func json(_ argument: NamedText) throws -> Literal {
    var activation = Activation()
    var environment = Environment()
    environment.declare(argument.name, as: .dynamic)
    let name = try CompiledExpression(argument.name, in: environment)
    do throws(JSONParser.Failure) {
      try activation.bind(argument.name, toJSON: argument.value)
    } catch {
      throw ValidationError("--arg-json: `\(argument.name)` is \(error)")
    }
    guard case .value(let literal) = activation.outcome(of: name) else {
      throw ValidationError("--arg-json: a number in `\(argument.name)` is out of range")
    }
    return literal
  }

  /// The compiled expressions; says what is wrong with them and ends the command where it must.
  func checkedQuery(_ sources: [SourceText]) throws -> Query {
    let environment = try environment()
    let condition = self.where == nil ? nil : sources.last
    let expressions = condition == nil ? sources[...] : sources.dropLast()
    let values = expressions.map { standalone($0, in: environment, as: .value) }
    let choice = condition.map { standalone($0, in: environment, as: .condition) }
    let renderer = DiagnosticRenderer(
      sources: sources, ink: Terminal.ink(of: STDERR_FILENO), language: Terminal.language)
    for diagnostic in (values + [choice].compactMap { $0 }).flatMap(\.diagnostics)
    where diagnostic.severity == .error || !(quiet || nullInput) {
      Terminal.say(renderer.frame(diagnostic))
    }
    let compiled = values.compactMap(\.expression).map { CompiledExpression($0, in: environment) }
    let selection = choice.flatMap(\.expression).map { CompiledExpression($0, in: environment) }
    guard compiled.count == values.count, (choice == nil) == (selection == nil) else {
      throw ExitCode(ExitStatus.problemsInRules)
    }
    return Query(compiled, where: selection)
  }

  private func standalone(
    _ source: SourceText, in environment: Environment, as role: StandaloneExpression.Role
  ) -> StandaloneExpression {
    var absentNames = [
      "contact": "`contact` is there for rules only; here are `event` and `now`",
      "lists": "lists are declared in rule files; write the list itself, or pass `--arg-json`",
    ]
    if nullInput { absentNames["event"] = "with --null-input there is no event" }
    return StandaloneExpression(
      source, in: environment, zone: profile == .regra ? zone : nil, as: role,
      absentNames: absentNames)
  }
}
