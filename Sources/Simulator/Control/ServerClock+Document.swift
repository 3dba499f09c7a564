extension ServerClock {
  /// What the control endpoint says: `{"now": "2026-03-02T12:00:00Z", "runs": false}`.
  var document: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("now")
    writer.string(now.apiText)
    writer.key("runs")
    switch self {
    case .system: writer.bool(true)
    case .virtual: writer.bool(false)
    }
    writer.endObject()
    return writer.bytes
  }

  /// Reads the `clock` of a state file: with `now` it stands there, or moves by `step` with each
  /// request; otherwise it is the machine's, moved by `offset`.
  init(_ node: StateNode) throws(StateFailure) {
    try node.checkKeys(["now", "step", "offset"])
    guard let now = node["now"] else {
      if let step = node["step"] { throw step.failure("goes with `now`") }
      self = .system(offset: try node["offset"]?.duration() ?? .zero)
      return
    }
    if let offset = node["offset"] { throw offset.failure("does not go with `now`") }
    let step = try node["step"]?.duration() ?? .zero
    if step < .zero { throw node.failure("`step` cannot be negative") }
    self = .virtual(now: try now.time(), step: step)
  }

  /// Reads `{"advance": "90m"}`; `-1h` goes back.
  static func advance(_ node: StateNode) throws(StateFailure) -> Duration {
    try node.checkKeys(["advance"])
    guard let duration = node["advance"] else { throw node.failure("lacks `advance`") }
    return try duration.duration()
  }
}

extension StateFailure {
  /// `contacts[3].urns[0]: another contact has this URN`.
  package var sentence: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
