extension StandardLibrary {
  typealias Signatures = [(Builtin, String)]

  static let core: Signatures = [
    (
      .core(.size),
      """
      size(string) -> int; size(bytes) -> int; size(list(A)) -> int; size(map(A, B)) -> int;\
      string#size() -> int; bytes#size() -> int; list(A)#size() -> int; map(A, B)#size() -> int
      """
    ),
    (.core(.type), "type(A) -> type(A)"),
    (.core(.dyn), "dyn(A) -> dyn"),
    (.core(.base64Encode), "base64.encode(bytes) -> string"),
    (.core(.base64Decode), "base64.decode(string) -> bytes"),
    (.core(.optionalOf), "optional.of(A) -> optional_type(A)"),
    (.core(.optionalNone), "optional.none() -> optional_type(A)"),
    (.core(.optionalOfNonZeroValue), "optional.ofNonZeroValue(A) -> optional_type(A)"),
    (.core(.hasValue), "optional_type(A)#hasValue() -> bool"),
    (.core(.value), "optional_type(A)#value() -> A"),
    (.core(.or), "optional_type(A)#or(optional_type(A)) -> optional_type(A)"),
    (.core(.orValue), "optional_type(A)#orValue(A) -> A"),
    (.core(.present), "present(A) -> bool"),
    (.core(.known), "known(A) -> A"),
  ]

  static let conversions: Signatures = [
    (.core(.toBool), "bool(bool) -> bool; bool(string) -> bool"),
    (.core(.toBytes), "bytes(bytes) -> bytes; bytes(string) -> bytes"),
    (
      .core(.toDouble),
      "double(double) -> double; double(int) -> double; double(uint) -> double;"
        + "double(string) -> double"
    ),
    (.core(.toDuration), "duration(duration) -> duration; duration(string) -> duration"),
    (
      .core(.toInt),
      "int(int) -> int; int(uint) -> int; int(double) -> int; int(string) -> int;"
        + "int(timestamp) -> int; int(duration) -> int"
    ),
    (
      .core(.toString),
      "string(string) -> string; string(bool) -> string; string(int) -> string;"
        + "string(uint) -> string; string(double) -> string; string(bytes) -> string;"
        + "string(timestamp) -> string; string(duration) -> string;"
        + "string(net.IP) -> string; string(net.CIDR) -> string"
    ),
    (
      .core(.toTimestamp),
      "timestamp(timestamp) -> timestamp; timestamp(string) -> timestamp;"
        + "timestamp(int) -> timestamp"
    ),
    (
      .core(.toUint),
      "uint(uint) -> uint; uint(int) -> uint; uint(double) -> uint; uint(string) -> uint"
    ),
  ]

  static let texts: Signatures = [
    (.text(.startsWith), "string#startsWith(string) -> bool"),
    (.text(.endsWith), "string#endsWith(string) -> bool"),
    (.text(.contains), "string#contains(string) -> bool"),
    (.text(.matches), "string#matches(string) -> bool; matches(string, string) -> bool"),
    (.text(.charAt), "string#charAt(int) -> string"),
    (.text(.indexOf), "string#indexOf(string) -> int; string#indexOf(string, int) -> int"),
    (
      .text(.lastIndexOf),
      "string#lastIndexOf(string) -> int; string#lastIndexOf(string, int) -> int"
    ),
    (.text(.lowerAscii), "string#lowerAscii() -> string"),
    (.text(.upperAscii), "string#upperAscii() -> string"),
    (
      .text(.replace),
      "string#replace(string, string) -> string; string#replace(string, string, int) -> string"
    ),
    (
      .text(.split),
      "string#split(string) -> list(string); string#split(string, int) -> list(string)"
    ),
    (
      .text(.substring), "string#substring(int) -> string; string#substring(int, int) -> string"
    ),
    (.text(.trim), "string#trim() -> string"),
    (.text(.join), "list(string)#join() -> string; list(string)#join(string) -> string"),
    (.text(.quote), "strings.quote(string) -> string"),
    (.text(.reverse), "string#reverse() -> string"),
    (.text(.format), "string#format(list(dyn)) -> string"),
  ]

  static let times: Signatures = [
    (.time(.fullYear), timestampPart("getFullYear")), (.time(.month), timestampPart("getMonth")),
    (.time(.date), timestampPart("getDate")),
    (.time(.dayOfMonth), timestampPart("getDayOfMonth")),
    (.time(.dayOfWeek), timestampPart("getDayOfWeek")),
    (.time(.dayOfYear), timestampPart("getDayOfYear")),
    (.time(.hours), timestampPart("getHours") + ";duration#getHours() -> int"),
    (.time(.minutes), timestampPart("getMinutes") + ";duration#getMinutes() -> int"),
    (.time(.seconds), timestampPart("getSeconds") + ";duration#getSeconds() -> int"),
    (
      .time(.milliseconds),
      timestampPart("getMilliseconds") + ";duration#getMilliseconds() -> int"
    ),
  ]

  private static func timestampPart(_ name: String) -> String {
    "timestamp#\(name)() -> int;timestamp#\(name)(string) -> int"
  }

  static let maths: Signatures = [
    (.math(.greatest), "math.greatest(dyn, ...) -> dyn"),
    (.math(.least), "math.least(dyn, ...) -> dyn"),
    (.math(.ceil), "math.ceil(double) -> double"),
    (.math(.floor), "math.floor(double) -> double"),
    (.math(.round), "math.round(double) -> double"),
    (.math(.trunc), "math.trunc(double) -> double"),
    (.math(.abs), unaryNumber("math.abs")), (.math(.sign), unaryNumber("math.sign")),
    (
      .math(.sqrt),
      "math.sqrt(double) -> double; math.sqrt(int) -> double; math.sqrt(uint) -> double"
    ),
    (.math(.isNaN), "math.isNaN(double) -> bool"),
    (.math(.isInf), "math.isInf(double) -> bool"),
    (.math(.isFinite), "math.isFinite(double) -> bool"),
    (.math(.bitAnd), binaryBits("math.bitAnd")), (.math(.bitOr), binaryBits("math.bitOr")),
    (.math(.bitXor), binaryBits("math.bitXor")),
    (.math(.bitNot), "math.bitNot(int) -> int; math.bitNot(uint) -> uint"),
    (
      .math(.bitShiftLeft),
      "math.bitShiftLeft(int, int) -> int; math.bitShiftLeft(uint, int) -> uint"
    ),
    (
      .math(.bitShiftRight),
      "math.bitShiftRight(int, int) -> int; math.bitShiftRight(uint, int) -> uint"
    ),
  ]

  private static func unaryNumber(_ name: String) -> String {
    "\(name)(int) -> int; \(name)(uint) -> uint; \(name)(double) -> double"
  }

  private static func binaryBits(_ name: String) -> String {
    "\(name)(int, int) -> int; \(name)(uint, uint) -> uint"
  }

  static let networks: Signatures = [
    (.network(.ip), "ip(string) -> net.IP"),
    (.network(.isIP), "isIP(string) -> bool"),
    (.network(.isCanonical), "ip.isCanonical(string) -> bool"),
    (.network(.family), "net.IP#family() -> int"),
    (.network(.isUnspecified), "net.IP#isUnspecified() -> bool"),
    (.network(.isLoopback), "net.IP#isLoopback() -> bool"),
    (.network(.isGlobalUnicast), "net.IP#isGlobalUnicast() -> bool"),
    (.network(.isLinkLocalUnicast), "net.IP#isLinkLocalUnicast() -> bool"),
    (.network(.isLinkLocalMulticast), "net.IP#isLinkLocalMulticast() -> bool"),
    (.network(.cidr), "cidr(string) -> net.CIDR"),
    (.network(.isCIDR), "isCIDR(string) -> bool"),
    (
      .network(.containsIP),
      "net.CIDR#containsIP(net.IP) -> bool; net.CIDR#containsIP(string) -> bool"
    ),
    (
      .network(.containsCIDR),
      "net.CIDR#containsCIDR(net.CIDR) -> bool; net.CIDR#containsCIDR(string) -> bool"
    ),
    (.network(.cidrIP), "net.CIDR#ip() -> net.IP"),
    (.network(.masked), "net.CIDR#masked() -> net.CIDR"),
    (.network(.prefixLength), "net.CIDR#prefixLength() -> int"),
  ]
}
