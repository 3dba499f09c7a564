/// Every URN that a workspace has seen and not renamed, and whose it is now.
struct AddressBook: Sendable {
  struct Entry: Sendable {
    var scheme: AddressScheme
    var path: [UInt8]
    var display: [UInt8]
    /// A row of the contacts; absent where the URN was dropped from its contact.
    var owner: Int32?
  }

  /// Hashed as a whole: an array of bytes would be hashed one by one.
  private struct Identity: Hashable {
    var bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  private(set) var entries: [Entry] = []
  private var byIdentity: [Identity: Int32] = [:]
  /// The latest `twitterid:` that shows a handle.
  private var byTwitterHandle: [[UInt8]: Int32] = [:]

  subscript(row: Int32) -> Entry { entries[Int(row)] }

  func row(of identity: [UInt8]) -> Int32? { byIdentity[Identity(identity)] }

  /// The contact that has this identity.
  func owner(of identity: [UInt8]) -> Int? {
    row(of: identity).flatMap { entries[Int($0)].owner }.map(Int.init)
  }

  /// Whether a contact has a `twitterid:` that shows this handle.
  func hasOwner(ofTwitterHandle handle: [UInt8]) -> Bool {
    guard let row = byTwitterHandle[handle] else { return false }
    return self[row].scheme == .twitterid && self[row].owner != nil
  }

  /// Gives a URN to a contact and says whose it was.
  mutating func give(_ address: Address, to owner: Int?) -> (row: Int32, former: Int?) {
    let identity = address.identity
    if let row = byIdentity[Identity(identity)] {
      let former = entries[Int(row)].owner
      entries[Int(row)].owner = owner.map(Int32.init)
      return (row, former.map(Int.init))
    }
    let row = Int32(entries.count)
    entries.append(
      Entry(
        scheme: address.scheme, path: address.path, display: address.display,
        owner: owner.map(Int32.init)))
    byIdentity[Identity(identity)] = row
    if address.scheme == .twitterid { byTwitterHandle[address.display] = row }
    return (row, nil)
  }

  /// Leaves a URN without a contact.
  mutating func orphan(_ row: Int32) { entries[Int(row)].owner = nil }

  /// Forgets a URN: its contact was deleted, and the address is free again.
  mutating func rename(_ row: Int32) {
    byIdentity[Identity(identity(of: row))] = nil
    entries[Int(row)] = Entry(scheme: .deleted, path: [], display: [], owner: nil)
  }

  /// URNs that belong to no contact.
  var orphanRows: [Int32] {
    entries.indices.filter { entries[$0].owner == nil && entries[$0].scheme != .deleted }
      .map(Int32.init)
  }

  /// The identity with the part that people see.
  func text(of row: Int32) -> [UInt8] {
    var text = identity(of: row)
    let display = self[row].display
    if display.isEmpty { return text }
    text.append(UInt8(ascii: "#"))
    AddressParts.appendEscaped(display, to: &text)
    return text
  }

  func identity(of row: Int32) -> [UInt8] {
    AddressParts.identity(self[row].scheme, self[row].path)
  }
}
