internal import Contacts
internal import Pulling

extension Checkup {
  /// Server, token, clock, dialect and quotas.
  func serverFindings(_ server: ServerReading) -> [Finding] {
    [
      reachability(server), token(server), tokenFile, clock, dialect(server), quotas(server),
    ].compactMap(\.self)
  }

  private func reachability(_ server: ServerReading) -> Finding {
    guard case .failure(let failure) = server.workspace, failure.isOfServer else {
      return Finding(
        .server, .fine,
        "\(subject.address) answers"
          + (subject.isProtected ? " and proves its name" : ", on this machine"))
    }
    let words = "\(subject.address) \(failure.sentence)"
    switch failure {
    case .unreachable:
      let cause = cause()
      return Finding(
        .server, .problem(.server), words + (cause.map { ": \($0.finding)" } ?? ""),
        advice: cause?.repair)
    case .serverError:
      return Finding(.server, .problem(.server), words, advice: "try again later")
    case .refused, .noPage, .endlessPages:
      return Finding(
        .server, .problem(.server), words,
        advice: "check --url: the contact API is at /api/v2 below it")
    case .redirected, .throttled, .notAllowed, .otherDialect, .store:
      return Finding(.server, .problem(.server), words)
    }
  }

  private func token(_ server: ServerReading) -> Finding {
    if case .missing(let reason) = subject.token {
      return Finding(.token, .problem(.server), reason)
    }
    switch server.workspace {
    case .failure(.notAllowed(let words)):
      return Finding(
        .token, .problem(.server), "refused: \(ServerWords.plain(words))",
        advice: "make one in the settings of the workspace, as an administrator or editor")
    case .failure(let failure): return unknown(.token, failure)
    case .success(let workspace):
      let refused = [
        ("contacts", server.contacts.isRefused), ("groups", server.groups.isRefused),
        ("fields", server.fields.isRefused),
      ].filter(\.1).map(\.0)
      guard refused.isEmpty else {
        return Finding(
          .token, .problem(.server), "accepted, but it may not read everything", names: refused,
          advice: "use one of an administrator or editor")
      }
      return Finding(
        .token, .fine,
        "accepted, for the workspace \(workspace.name) (\(workspace.uuid.prefix(8))-…)")
    }
  }

  private var tokenFile: Finding? {
    guard case .inFile(let warning) = subject.token else { return nil }
    return Finding(.tokenFile, warning == nil ? .fine : .warning, warning ?? "its owner's alone")
  }

  private var clock: Finding {
    guard let offset = watch.offset else {
      return Finding(.clock, .unknown, "the server does not tell the time")
    }
    let size = offset < .zero ? .zero - offset : offset
    guard size >= .seconds(2) else {
      return Finding(.clock, .fine, "within 2 s of the server's")
    }
    return Finding(
      .clock, size < .seconds(300) ? .warning : .problem(.content),
      "\(size.words) \(offset < .zero ? "ahead of" : "behind") the server's",
      advice: "set the clock of this machine, as with `timedatectl set-ntp true`")
  }

  private func dialect(_ server: ServerReading) -> Finding {
    switch server.dialect {
    case .failure(let failure): return unknown(.dialect, failure)
    case .success(nil):
      return Finding(.dialect, .unknown, "nothing in the workspace shows it yet")
    case .success(let found?) where found == subject.dialect:
      return Finding(.dialect, .fine, "\(found.rawValue), as expected")
    case .success(let found?):
      return Finding(
        .dialect, .problem(.content),
        "the server speaks \(found.rawValue), not \(subject.dialect.rawValue)",
        advice: "give --dialect \(found.rawValue) to every command, or set REGRA_DIALECT")
    }
  }

  private func quotas(_ server: ServerReading) -> Finding {
    var spent: [(name: String, wait: Duration)] = []
    if let wait = server.contacts.throttle { spent.append(("contacts.json", wait)) }
    let others = [server.workspace.throttle, server.groups.throttle, server.fields.throttle]
    if let wait = others.compactMap(\.self).max() { spent.append(("all else", wait)) }
    guard spent.isEmpty else {
      let words = spent.map { "that of \($0.name) for another \($0.wait.words)" }
      return Finding(
        .quotas, .warning, "spent: \(words.joined(separator: ", "))",
        advice: "wait, and see who else uses the API of this workspace")
    }
    if case .failure(let failure) = server.workspace { return unknown(.quotas, failure) }
    return Finding(
      .quotas, .fine,
      "not spent; usually \(APIProfile.usualHourlyCalls) calls of contacts.json an hour and as many "
        + "of all else, which the server does not tell")
  }

  private var isTokenMissing: Bool {
    if case .missing = subject.token { true } else { false }
  }

  /// What could not be looked at for a failure that is told elsewhere.
  func unknown(_ check: Finding.Check, _ failure: PullFailure) -> Finding {
    let reason =
      switch failure {
      case .notAllowed: isTokenMissing ? "there is no token" : "the token may not read it"
      case .throttled: "the quota is spent"
      case .unreachable, .serverError, .redirected, .refused, .noPage, .endlessPages, .otherDialect,
        .store:
        "the server does not tell"
      }
    return Finding(check, .unknown, "not known: \(reason)")
  }
}

extension Result where Failure == PullFailure {
  fileprivate var isRefused: Bool {
    if case .failure(.notAllowed) = self { true } else { false }
  }

  /// How long the server asks to wait.
  fileprivate var throttle: Duration? {
    if case .failure(.throttled(let wait)) = self { wait } else { nil }
  }
}

extension ServerReading {
  /// The dialect that contacts, groups or fields show, or why none does.
  fileprivate var dialect: Result<Dialect?, PullFailure> {
    let shown: [Result<Dialect?, PullFailure>] = [
      contacts, groups.map { $0.first?.dialect },
      fields.map { $0.lazy.compactMap(\.dialect).first },
    ]
    for case .success(let dialect?) in shown { return .success(dialect) }
    return shown.first { if case .failure = $0 { true } else { false } } ?? .success(nil)
  }
}

extension Duration {
  /// In the unit that people would use: `12 s`, `7 min`, `3 h`, `5 days`.
  var words: String {
    let seconds = components.seconds
    if seconds < 120 { return "\(seconds) s" }
    if seconds < 7_200 { return "\(seconds / 60) min" }
    return seconds < 172_800 ? "\(seconds / 3_600) h" : "\(seconds / 86_400) days"
  }
}
