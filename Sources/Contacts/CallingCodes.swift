/// The country calling codes that are in use.
enum CallingCodes {
  /// One bit for each number below 1,000; codes of one and two digits stand for themselves.
  private static let known: InlineArray<16, UInt64> = {
    var bits = InlineArray<16, UInt64>(repeating: 0)
    var number = 0
    for index in 0...list.utf8CodeUnitCount {
      let byte = index < list.utf8CodeUnitCount ? list.utf8Start[index] : 0x20
      if byte.isDigit {
        number = number * 10 + Int(byte - 0x30)
      } else if number > 0 {
        bits[number / 64] |= 1 << UInt64(number % 64)
        number = 0
      }
    }
    return bits
  }()

  private static let list: StaticString = """
    1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63
    64 65 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227
    228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251
    252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351
    352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383 385 386 387
    389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599
    670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800 808 850
    852 853 855 856 870 878 880 881 882 883 886 888 960 961 962 963 964 965 966 967 968 970 971 972
    973 974 975 976 977 979 992 993 994 995 996 998
    """

  /// Whether a number, written in digits from its country on, begins with a code in use.
  static func begin(_ digits: [UInt8], from start: Int) -> Bool {
    var number = 0
    for index in start..<min(start + 3, digits.count) {
      number = number * 10 + Int(digits[index] - 0x30)
      if number == 0 { return false }
      if known[number / 64] >> UInt64(number % 64) & 1 == 1 { return true }
    }
    return false
  }
}
