import Foundation

/// A directory as the disk has it: what was synced, and what was changed since.
///
/// It reads the log of changes that the preloaded library keeps. A file's bytes are on the disk when the
/// file was synced, a name when its directory was. Of the rest a power cut leaves any part, each sector by
/// itself; of the names of a directory those that were changed first.
struct SyncedDisk {
  private static let sectorByteCount = 512

  private enum Change {
    case written(offset: Int, bytes: [UInt8])
    case cut(Int)
  }

  /// A file, whatever it is called.
  private final class Node {
    var synced: [UInt8]
    var changes: [Change] = []

    init(_ synced: [UInt8] = []) { self.synced = synced }
  }

  private enum Renaming {
    case made(String, Node)
    case madeDirectory(String)
    case removed(String)
    case renamed(String, to: String)
  }

  private struct Names {
    var files: [String: Node] = [:]
    var directories: Set<String> = []

    mutating func apply(_ change: Renaming) {
      switch change {
      case .made(let path, let node): files[path] = node
      case .madeDirectory(let path): directories.insert(path)
      case .removed(let path): files[path] = nil
      case .renamed(let path, let target): files[target] = files.removeValue(forKey: path)
      }
    }
  }

  private let root: String
  private var synced = Names()
  private var current = Names()
  /// Changes of names that are not synced, by directory.
  private var renamings: [String: [Renaming]] = [:]
  private var descriptors: [Int: Node] = [:]
  private var directories: [Int: String] = [:]

  /// What is below a directory now, all of it on the disk.
  init(_ root: String) throws {
    self.root = root
    synced.directories = [root]
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      let path = "\(root)/\(name)"
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        continue
      }
      if isDirectory.boolValue {
        synced.directories.insert(path)
      } else if !path.hasSuffix("-shm") {
        synced.files[path] = Node([UInt8](try Data(contentsOf: URL(filePath: path))))
      }
    }
    current = synced
  }

  /// Applies what a log says.
  mutating func apply(log path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var place = 0
    func number(_ offset: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[place + offset + $1]) << (8 * $1) }
    }
    // What a killed process had not finished to write down did not happen.
    while place + 32 <= bytes.count {
      let (kind, descriptor, pathCount) = (number(0, 4), number(4, 4), number(8, 4))
      let (offset, count) = (number(16, 8), number(24, 8))
      let start = place + 32
      guard start + pathCount + count <= bytes.count else { return }
      let name = String(decoding: bytes[start..<start + pathCount], as: UTF8.self)
      let path = name.hasSuffix("/..") ? Self.parent(of: Self.parent(of: name)) : name
      let content = Array(bytes[(start + pathCount)...].prefix(count))
      place = start + pathCount + count
      apply(kind, descriptor, offset, path, content)
    }
  }

  private mutating func apply(
    _ kind: Int, _ descriptor: Int, _ offset: Int, _ path: String, _ bytes: [UInt8]
  ) {
    switch kind {
    case 1:
      descriptors = [:]
      directories = [:]
    case 2: open(descriptor, path, isNew: offset & 1 != 0, isCut: offset & 2 != 0)
    case 3: descriptors[descriptor]?.changes.append(.written(offset: offset, bytes: bytes))
    case 4: descriptors[descriptor]?.changes.append(.cut(offset))
    case 5: sync(descriptor)
    case 6: rename(.removed(path), in: path)
    case 7: rename(.renamed(path, to: String(decoding: bytes, as: UTF8.self)), in: path)
    case 8: rename(.madeDirectory(path), in: path)
    default: preconditionFailure("no log has \(kind)")
    }
  }

  private mutating func open(_ descriptor: Int, _ path: String, isNew: Bool, isCut: Bool) {
    descriptors[descriptor] = nil
    directories[descriptor] = nil
    if current.directories.contains(path) {
      directories[descriptor] = path
      return
    }
    if isNew { rename(.made(path, Node()), in: path) }
    descriptors[descriptor] = current.files[path]
    if isCut, !isNew { descriptors[descriptor]?.changes.append(.cut(0)) }
  }

  private mutating func rename(_ change: Renaming, in path: String) {
    current.apply(change)
    renamings[Self.parent(of: path), default: []].append(change)
  }

  private mutating func sync(_ descriptor: Int) {
    if let node = descriptors[descriptor] {
      for change in node.changes { Self.apply(change, to: &node.synced) }
      node.changes = []
    }
    guard let path = directories[descriptor] else { return }
    for change in renamings.removeValue(forKey: path) ?? [] { synced.apply(change) }
  }

  private static func parent(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  private static func apply(_ change: Change, to bytes: inout [UInt8]) {
    switch change {
    case .cut(let count):
      bytes.removeLast(max(0, bytes.count - count))
      bytes += [UInt8](repeating: 0, count: count - bytes.count)
    case .written(let offset, let new):
      let end = offset + new.count
      if bytes.count < end { bytes += [UInt8](repeating: 0, count: end - bytes.count) }
      bytes.replaceSubrange(offset..<end, with: new)
    }
  }

  /// How much of what was not synced a power cut leaves.
  enum Survival: CaseIterable { case nothing, everything, anything }

  /// Puts the directory into the state that a power cut leaves.
  func cut(_ survival: Survival, using random: inout some RandomNumberGenerator) throws {
    var names = synced
    for directory in renamings.keys.sorted() {
      let changes = renamings[directory] ?? []
      let count =
        switch survival {
        case .nothing: 0
        case .everything: changes.count
        case .anything: Int.random(in: 0...changes.count, using: &random)
        }
      for change in changes[..<count] { names.apply(change) }
    }
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: root) {
      try files.removeItem(atPath: "\(root)/\(name)")
    }
    for path in names.directories.sorted() where isReachable(path, names) && path != root {
      try files.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }
    for (path, node) in names.files.sorted(by: { $0.key < $1.key }) where isReachable(path, names) {
      let bytes =
        path.hasSuffix(".raw")
        ? Self.grown(node, survival, using: &random)
        : Self.bytes(of: node, survival, using: &random)
      let isMade = files.createFile(
        atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
      guard isMade else { throw CocoaError(.fileWriteUnknown) }
    }
  }

  private func isReachable(_ path: String, _ names: Names) -> Bool {
    if path == root { return true }
    let parent = Self.parent(of: path)
    return names.directories.contains(parent) && isReachable(parent, names)
  }

  private static func bytes(
    of node: Node, _ survival: Survival, using random: inout some RandomNumberGenerator
  ) -> [UInt8] {
    var bytes = node.synced
    for change in node.changes {
      for part in parts(of: change) {
        let survives =
          switch survival {
          case .nothing: false
          case .everything: true
          case .anything: Bool.random(using: &random)
          }
        if survives { apply(part, to: &bytes) }
      }
    }
    return bytes
  }

  /// A file that only grows: its length comes to the disk behind its bytes, or before them, and then
  /// zeros stand for those that are missing.
  private static func grown(
    _ node: Node, _ survival: Survival, using random: inout some RandomNumberGenerator
  ) -> [UInt8] {
    var bytes = node.synced
    for change in node.changes { apply(change, to: &bytes) }
    let missing = bytes.count - min(bytes.count, node.synced.count)
    switch survival {
    case .nothing: return node.synced
    case .everything: return bytes
    case .anything:
      let lost = Int.random(in: 0...missing, using: &random)
      let zeros = Int.random(in: 0...lost, using: &random)
      return bytes.dropLast(lost) + [UInt8](repeating: 0, count: zeros)
    }
  }

  /// A write, sector by sector.
  private static func parts(of change: Change) -> [Change] {
    guard case .written(let offset, let bytes) = change else { return [change] }
    var parts: [Change] = []
    var place = 0
    while place < bytes.count {
      let end = min(bytes.count, place + sectorByteCount - (offset + place) % sectorByteCount)
      parts.append(.written(offset: offset + place, bytes: Array(bytes[place..<end])))
      place = end
    }
    return parts
  }
}
