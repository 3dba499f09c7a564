import Glibc

/// How many files, and so connections, the process may have open.
enum OpenFiles {
  /// What the process opens for itself: event loops, standard streams, the files of flags.
  static let ownCount = 64

  /// Asks the system for as many as it grants without privileges, and says how many those are.
  static func raiseLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    _ = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return Int(clamping: limit.rlim_cur)
  }
}
