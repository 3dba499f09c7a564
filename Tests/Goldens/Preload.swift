import Foundation

/// Libraries that stand between a program and the system: `Tests/CrashShim`.
enum Preload {
  /// Builds one, beside the tests.
  static func library(_ name: String) throws -> String {
    let source = packageRoot.appending(path: "Tests/CrashShim/\(name).c").path
    let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "\(name)-shim.so").path
    let built = try Command(
      shell: "cc -shared -fPIC -O1 -Wall -Wextra -Werror -o \(path) \(source)")
    guard built.status == 0 else { throw CocoaError(.executableLoad, userInfo: ["": built.errors]) }
    return path
  }
}
