internal import Contacts
import Diagnostics
internal import Pulling
internal import StateStore

extension Checkup {
  /// The state directory, and what it knows.
  func stateFindings(_ server: ServerReading) -> [Finding] {
    let look = StateLook(subject.state)
    guard look.isThere else {
      return [
        Finding(
          .state, .warning, "\(look.path) is not there: nothing is known of contacts",
          advice: "`regra pull` makes and fills it")
      ] + [Self.space(look.freeBytes)]
    }
    return [
      state(look, server), rights(look), Self.space(look.freeBytes), writer(look), snapshot(look),
    ]
  }

  private func state(_ look: StateLook, _ server: ServerReading) -> Finding {
    if let obstacle = look.obstacle {
      return Finding(
        .state, .problem(.file), "\(look.path): \(obstacle)",
        advice: "make it writable for this user, or give another --state")
    }
    do throws(StoreFailure) {
      guard let known = try ContactStore(look.path, for: .reading).workspace else {
        return Finding(.state, .fine, "\(look.path) can be written")
      }
      if let other = objection(to: known, server) {
        return Finding(
          .state, .problem(.server), "\(look.path) belongs to another workspace: \(other)",
          advice: "give another --state, or the right --url, --dialect and token")
      }
      return Finding(
        .state, .fine, "\(look.path) can be written, of workspace \(known.uuid.prefix(8))-…")
    } catch {
      if case .missing = error {
        return Finding(.state, .fine, "\(look.path) can be written")
      }
      return Finding(.state, .problem(.file), error.sentence)
    }
  }

  /// What tells a workspace from the one that the token is of; nothing where nothing does.
  private func objection(to known: WorkspaceIdentity, _ server: ServerReading) -> String? {
    if known.host != subject.host { return "one of \(known.host)" }
    if known.dialect != subject.dialect { return "one of dialect \(known.dialect.rawValue)" }
    guard case .success(let workspace) = server.workspace, workspace.uuid != known.uuid else {
      return nil
    }
    return "\(known.uuid.prefix(8))-…"
  }

  private func rights(_ look: StateLook) -> Finding {
    guard look.openFiles.isEmpty else {
      return Finding(
        .rights, .problem(.content), "others may read what is known of contacts",
        names: look.openFiles, advice: "`chmod -R go= \(look.path)`")
    }
    guard look.isOwn else {
      return Finding(
        .rights, .warning, "\(look.path) belongs to another user",
        advice: "run regra as its owner, so that files of two users do not mix")
    }
    guard !look.isOpen else {
      return Finding(
        .rights, .warning, "others may look into \(look.path), though not read its files",
        advice: "`chmod 700 \(look.path)`")
    }
    return Finding(.rights, .fine, "its owner's alone")
  }

  /// Whether a run has room for what it writes.
  static func space(_ free: UInt64?) -> Finding {
    guard let free else { return Finding(.space, .unknown, "the system does not tell") }
    let verdict: Finding.Verdict =
      free < 64 << 20 ? .problem(.file) : free < 1 << 30 ? .warning : .fine
    let words = free < 10 << 30 ? "\(free >> 20) MiB free" : "\(free >> 30) GiB free"
    return Finding(
      .space, verdict, words, advice: verdict == .fine ? nil : "make room before a long run")
  }

  private func writer(_ look: StateLook) -> Finding {
    guard let process = ContactStore.writer(in: look.path) else {
      return Finding(.writer, .fine, "nobody is writing to it")
    }
    return Finding(
      .writer, .warning, "process \(process) is writing to it",
      advice: "wait until it ends before another one starts")
  }

  private func snapshot(_ look: StateLook) -> Finding {
    let (state, count): (PullState, Int)
    do throws(StoreFailure) {
      let store = try ContactStore(look.path, for: .reading)
      (state, count) = (try store.pullState, try store.contactCount)
    } catch {
      if case .missing = error {
        return Finding(
          .snapshot, .warning, "nothing is known of contacts", advice: "`regra pull` reads them")
      }
      return Finding(.snapshot, .unknown, "not known: the state cannot be read")
    }
    let contacts = counted(count, "contact")
    guard let time = state.completedAt else {
      return Finding(
        .snapshot, .warning, "\(contacts), and the first pull has not ended",
        advice: "`regra pull` goes on with it")
    }
    let age = now().elapsed(since: time)
    guard age > .seconds(900) else {
      return Finding(.snapshot, .fine, "\(contacts), \(max(age, .zero).words) old")
    }
    return Finding(
      .snapshot, .warning, "\(contacts), \(age.words) old: plans rely on 15 min (--fresh)",
      advice: "`regra pull` reads what has changed")
  }
}
