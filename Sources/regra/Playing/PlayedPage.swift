private import Glibc
import Playground
import PlaygroundServer
import Serving

/// `regra play --web`: the page, served until somebody interrupts it.
struct PlayedPage {
  let scene: PageScene
  let port: UInt16
  /// Whether a browser is opened.
  let opens: Bool

  /// - Returns: the number of the signal that ended it.
  func run() async throws -> Int32 {
    let opens = opens
    do throws(Serving.Failure) {
      return try await PlaygroundServer(scene).runUntilInterrupted(port: Int(port)) { address in
        Terminal.say(
          "regra: the page is at this address, once and on this machine only; Ctrl-C ends it\n")
        Terminal.print("\(address)\n")
        if opens { Self.open(address) }
      }
    } catch {
      throw CommandFailure("127.0.0.1:\(port): \(error.reason)", status: ExitStatus.unreachable)
    }
  }

  /// Opens an address in the browser of whoever sits at the terminal; where there is none, the address
  /// stands there.
  private static func open(_ address: String) {
    guard isatty(STDOUT_FILENO) == 1 else { return }
    #if os(macOS)
      let opener = "open"
    #else
      guard getenv("DISPLAY") != nil || getenv("WAYLAND_DISPLAY") != nil else { return }
      let opener = "xdg-open"
    #endif
    var process: pid_t = 0
    let texts: [String] = [opener, address]
    let words = texts.map { strdup($0) }
    defer { for word in words { free(word) } }
    posix_spawnp(&process, opener, nil, nil, words + [nil], environ)
  }
}
