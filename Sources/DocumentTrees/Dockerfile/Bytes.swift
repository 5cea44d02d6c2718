/// What Go's regular expressions call `\s`, plus the vertical tab.
func isASCIISpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
}

func isASCIILetter(_ byte: UInt8) -> Bool {
  (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
}

func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

/// The length of the white space character at `index`, 0 if there is none.
///
/// White space as Unicode defines it, which is what BuildKit trims and splits words at.
func spaceLength(_ bytes: [UInt8], _ index: Int) -> Int {
  let byte = bytes[index]
  if byte < 0x80 { return isASCIISpace(byte) ? 1 : 0 }
  guard index + 1 < bytes.count else { return 0 }
  let second = bytes[index + 1]
  if byte == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
  guard index + 2 < bytes.count else { return 0 }
  let third = bytes[index + 2]
  switch (byte, second) {
  case (0xE1, 0x9A): return third == 0x80 ? 3 : 0
  case (0xE2, 0x80):
    return third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0
  case (0xE2, 0x81): return third == 0x9F ? 3 : 0
  case (0xE3, 0x80): return third == 0x80 ? 3 : 0
  default: return 0
  }
}

/// The first index from `start` that is not white space, or `end`.
func skipSpace(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
  var index = start
  while index < end {
    let length = spaceLength(bytes, index)
    if length == 0 { break }
    index += length
  }
  return index
}

/// The index behind the last character of `start..<end` that is not white space.
func trimEnd(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
  var last = end
  while last > start {
    var index = last - 1
    while index > start, last - index < 4, bytes[index] & 0xC0 == 0x80 { index -= 1 }
    guard spaceLength(bytes, index) == last - index else { break }
    last = index
  }
  return last
}
