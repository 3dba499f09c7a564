internal import Glibc

/// Why a server was not reached, for people.
package struct ConnectionProblem: Sendable, Equatable {
  /// What happened, as the reason in brackets behind a sentence.
  package var finding: String
  /// What to do about it; absent where nobody here can do anything.
  package var repair: String?

  package var sentence: String { finding + (repair.map { "; \($0)" } ?? "") }

  init(_ finding: String, repair: String? = nil) {
    self.finding = finding
    self.repair = repair
  }

  static func unknownName(_ host: String) -> Self {
    Self("the name \(host) leads to no address", repair: "check how it is spelt, and the DNS here")
  }

  static func refused(_ place: String) -> Self {
    Self("nobody listens at \(place)", repair: "check the address and its port")
  }

  static func unconnected(_ place: String, _ reason: String) -> Self {
    Self("no connection to \(place): \(reason)")
  }

  static func late(_ place: String, _ limit: Duration) -> Self {
    Self(
      "no connection to \(place) within \(limit.words)",
      repair: "see whether a firewall or a proxy stands between, or give --connect-timeout more")
  }

  static func unanswered(within limit: Duration) -> Self {
    Self(
      "no whole answer within \(limit.words)", repair: "give --timeout more if that is too short")
  }

  static func certificate(
    of host: String, from start: time_t, until end: time_t, at now: time_t
  ) -> Self {
    if end < now {
      return Self(
        "the certificate of \(host) expired on \(day(end))", repair: "its owner must renew it")
    }
    if start > now {
      return Self(
        "the certificate of \(host) is valid from \(day(start)) on",
        repair: "see whether the clock here is right")
    }
    return untrusted(host)
  }

  static func untrusted(_ host: String) -> Self {
    Self(
      "the certificate of \(host) is signed by nobody whom this machine trusts",
      repair: "if you know whose it is, name the file of that authority with --ca-file")
  }

  static func otherName(_ host: String) -> Self {
    Self(
      "the certificate shown is not for the name \(host)", repair: "check the address and its port")
  }

  static func unencrypted(_ host: String) -> Self {
    Self("\(host) does not speak TLS there", repair: "check the address and its port")
  }

  static func proxyRefuses(_ proxy: String, _ host: String) -> Self {
    Self(
      "the proxy \(proxy) does not lead to \(host)",
      repair: "ask whoever runs the proxy to allow it, or give another --proxy")
  }

  static func proxyAsks(_ proxy: ProxyAddress) -> Self {
    Self(
      proxy.hasPassword
        ? "the proxy \(proxy.name) refuses this name and password"
        : "the proxy \(proxy.name) asks for a name and a password",
      repair: "set HTTPS_PROXY=http://NAME:PASSWORD@\(proxy.name), without --proxy")
  }

  /// `2026-03-02`.
  private static func day(_ time: time_t) -> String {
    var time = time
    var parts = tm()
    gmtime_r(&time, &parts)
    let numbers = [parts.tm_year + 1_900, parts.tm_mon + 1, parts.tm_mday]
    return numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
  }
}

extension Duration {
  /// `10 s`, `300 ms`.
  fileprivate var words: String {
    let (seconds, attoseconds) = components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    return milliseconds == 0 ? "\(seconds) s" : "\(seconds * 1_000 + milliseconds) ms"
  }
}
