/// What a function of the standard library does; each area has its own evaluator.
enum Builtin: Hashable {
  case core(CoreFunction)
  case text(TextFunction)
  case time(TimeFunction)
  case math(MathFunction)
  case network(NetworkFunction)
}

/// Sizes, conversions, encodings and optionals.
enum CoreFunction: UInt8 {
  case size, type, dyn
  case toBool, toBytes, toDouble, toDuration, toInt, toString, toTimestamp, toUint
  case base64Encode, base64Decode
  case optionalOf, optionalNone, optionalOfNonZeroValue, hasValue, value
  /// These two look at their first argument before the second is evaluated.
  case or, orValue
  /// These two also take unknowns.
  case present, known
  /// What messages with numbers of 32 bits hold; no text calls these.
  case toSingle, toInt32, toUint32
}

/// Functions of texts.
enum TextFunction: UInt8 {
  case startsWith, endsWith, contains, matches
  case charAt, indexOf, lastIndexOf, lowerAscii, upperAscii, replace, split, substring, trim
  case join, quote, reverse, format
}

/// Parts of times and durations.
enum TimeFunction: UInt8 {
  case fullYear, month, date, dayOfMonth, dayOfWeek, dayOfYear
  case hours, minutes, seconds, milliseconds
}

/// Functions of the `math` namespace.
enum MathFunction: UInt8 {
  case greatest, least
  case ceil, floor, round, trunc, abs, sign, sqrt, isNaN, isInf, isFinite
  case bitAnd, bitOr, bitXor, bitNot, bitShiftLeft, bitShiftRight
}

/// Addresses and networks.
enum NetworkFunction: UInt8 {
  case ip, isIP, isCanonical, family
  case isUnspecified, isLoopback, isGlobalUnicast, isLinkLocalUnicast, isLinkLocalMulticast
  case cidr, isCIDR, containsIP, containsCIDR, cidrIP, masked, prefixLength
}
