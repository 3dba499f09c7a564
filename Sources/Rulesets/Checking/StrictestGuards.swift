internal import Diagnostics

/// Brings the `guards` of all files together: for each the strictest.
struct StrictestGuards {
  private(set) var guards = Guards()
  private(set) var diagnostics: [Diagnostic] = []
  private var places: [String: (limit: Guards.Limit, location: SourceLocation)] = [:]

  init(_ files: [FileSyntax]) {
    for file in files {
      for item in file.guards { add(item, in: file) }
    }
  }

  private mutating func add(_ item: GuardSyntax, in file: FileSyntax) {
    switch item.subject {
    case .deletes: guards.maxDeletes = strictest("max_deletes", item, in: file)
    case .created: guards.maxCreated = strictest("max_created", item, in: file)
    case .changed: guards.maxChanged = strictest("max_changed", item, in: file)
    case .group(let name):
      let key = name.lowercased()
      let limit = strictest("groups: \(key)", item, in: file)
      guards.groups.removeAll { $0.name.lowercased() == key }
      guards.groups.append((name, limit))
    case .never(let name):
      if !guards.never.contains(where: { $0.lowercased() == name.lowercased() }) {
        guards.never.append(name)
      }
    }
  }

  private mutating func strictest(
    _ name: String, _ item: GuardSyntax, in file: FileSyntax
  ) -> Guards.Limit {
    let location = file.location(item.range)
    guard let first = places[name] else {
      places[name] = (item.limit, location)
      return item.limit
    }
    let limit: Guards.Limit
    switch (first.limit, item.limit) {
    case (.count(let one), .count(let other)): limit = .count(min(one, other))
    case (.percent(let one), .percent(let other)): limit = .percent(min(one, other))
    case (.count, .percent), (.percent, .count):
      diagnostics.append(.incomparableLimits(name, at: location, first: first.location))
      limit = first.limit
    }
    places[name] = (limit, first.location)
    return limit
  }
}

extension Diagnostic {
  static func incomparableLimits(
    _ name: String, at location: SourceLocation, first: SourceLocation
  ) -> Self {
    Diagnostic(
      .incomparableLimits, "`\(name)` is a count in one file and a percentage in another",
      at: location, label: "which is stricter?", notes: [Note("the other is here", at: first)],
      help: "write both as counts or both as percentages")
  }
}
