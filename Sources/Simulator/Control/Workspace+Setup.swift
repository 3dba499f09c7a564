extension Workspace {
  /// Sets how many requests an hour a quota allows; nil throttles nobody.
  package mutating func setQuota(_ requestsPerHour: Int?, of scope: ThrottleScope) {
    settings.rates[scope] = requestsPerHour.map { Rate(requests: $0, period: 3_600_000_000) }
  }

  /// A token that an active administrator may use; of several the first in order.
  package var administratorToken: String? {
    tokens.filter { entry in
      let user = users[entry.value.user]
      return !entry.value.isReleased && user.isActive && user.role == .administrator
    }.keys.min()
  }

  /// Lets the first user, an administrator in a new workspace, in with another token.
  package mutating func addToken(_ key: String) { tokens[key] = Token(user: 0) }
}
