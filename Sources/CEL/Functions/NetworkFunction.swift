extension NetworkFunction {
  func evaluate(_ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch) -> Value {
    let first = arguments[0]
    switch self {
    case .ip, .isIP, .isCanonical, .cidr, .isCIDR: return read(first, &scratch)
    case .family, .isUnspecified, .isLoopback, .isGlobalUnicast, .isLinkLocalUnicast,
      .isLinkLocalMulticast:
      guard first.isAddress else { return .noOverload(first) }
      let address = Address(first)
      return address.prefixLength == nil ? describe(address) : .noOverload(first)
    case .containsIP, .containsCIDR, .cidrIP, .masked, .prefixLength:
      guard first.isAddress else { return .noOverload(first) }
      let network = Address(first)
      guard let length = network.prefixLength else { return .noOverload(first) }
      return evaluate(network, length, arguments.count > 1 ? arguments[1] : .missing, &scratch)
    }
  }

  private func read(_ text: Value, _ scratch: inout Scratch) -> Value {
    if self == .ip, text.isAddress {
      return Address(text).prefixLength == nil ? text : .noOverload(text)
    }
    guard text.tag == .text else { return .noOverload(text) }
    let isNetwork = self == .cidr || self == .isCIDR
    let address = isNetwork ? Address(network: text.bytes) : Address(text.bytes)
    if self == .isIP || self == .isCIDR { return .bool(address != nil) }
    guard let address else { return .unknown(.malformed) }
    if self == .isCanonical {
      return .bool(areEqual(scratch.makeText(address.description).bytes, text.bytes))
    }
    return scratch.makeAddress(address)
  }

  private func describe(_ address: Address) -> Value {
    let first = address.octets[0]
    let isFour = address.family == 4
    let linkLocal =
      isFour
      ? first == 169 && address.octets[1] == 254
      : first == 0xFE && address.octets[1] & 0xC0 == 0x80
    let isMulticast = isFour ? first & 0xF0 == 0xE0 : first == 0xFF
    let isUnspecified = (0..<16).allSatisfy { address.octets[$0] == 0 }
    let isLoopback =
      isFour
      ? first == 127 : (0..<15).allSatisfy { address.octets[$0] == 0 } && address.octets[15] == 1
    switch self {
    case .family: return .int(Int64(address.family))
    case .isUnspecified: return .bool(isUnspecified)
    case .isLoopback: return .bool(isLoopback)
    case .isLinkLocalUnicast: return .bool(linkLocal)
    case .isLinkLocalMulticast:
      return .bool(
        isFour
          ? first == 224 && address.octets[1] == 0 && address.octets[2] == 0
          : first == 0xFF && address.octets[1] & 0x0F == 2)
    default:
      let isBroadcast = isFour && (0..<4).allSatisfy { address.octets[$0] == 255 }
      return .bool(
        !isBroadcast && !isUnspecified && !isLoopback && !isMulticast && !linkLocal)
    }
  }

  private func evaluate(
    _ network: Address, _ length: UInt8, _ argument: Value, _ scratch: inout Scratch
  ) -> Value {
    switch self {
    case .prefixLength: return .int(Int64(length))
    case .cidrIP:
      return scratch.makeAddress(Address(octets: network.octets, family: network.family))
    case .masked: return scratch.makeAddress(network.masked(to: length))
    default: return contains(network, length, argument)
    }
  }

  private func contains(_ network: Address, _ length: UInt8, _ argument: Value) -> Value {
    let other: Address?
    if argument.tag == .text {
      other = self == .containsIP ? Address(argument.bytes) : Address(network: argument.bytes)
      if other == nil { return .unknown(.malformed) }
    } else {
      other = argument.isAddress ? Address(argument) : nil
    }
    guard let other, (other.prefixLength == nil) == (self == .containsIP) else {
      return .noOverload(argument)
    }
    guard other.family == network.family, other.prefixLength ?? 128 >= length else {
      return .bool(false)
    }
    return .bool(other.masked(to: length) == network.masked(to: length))
  }
}

extension Address {
  /// The network of so many leading bits.
  fileprivate func masked(to length: UInt8) -> Address {
    var octets = octets
    for index in 0..<16 {
      let kept = max(0, min(8, Int(length) - index * 8))
      octets[index] &= kept == 0 ? 0 : 0xFF << UInt8(8 - kept)
    }
    return Address(octets: octets, family: family, prefixLength: length)
  }
}

extension Scratch {
  fileprivate mutating func makeAddress(_ address: Address) -> Value {
    address.write(to: arena.allocate(Address.byteCount))
  }
}
