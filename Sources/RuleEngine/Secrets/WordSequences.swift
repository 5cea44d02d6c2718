/// Rows of words, each with some marks, looked up at any word of a name.
struct WordSequences: Sendable {
  struct Marks: OptionSet, Sendable {
    let rawValue: UInt16
    static let password = Marks(rawValue: 1 << 0)
    static let secret = Marks(rawValue: 1 << 1)
    static let lastOnly = Marks(rawValue: 1 << 2)
    static let long = Marks(rawValue: 1 << 3)
    static let faint = Marks(rawValue: 1 << 4)
    static let byValue = Marks(rawValue: 1 << 5)
    static let neutral = Marks(rawValue: 1 << 6)
    static let aboutLast = Marks(rawValue: 1 << 7)
    static let aboutAnywhere = Marks(rawValue: 1 << 8)
  }

  /// A tree over bytes: `children[node * 38 + letter]`, where 0 means none.
  private var children: [UInt16] = Array(repeating: 0, count: width)
  private var marks: [[Marks]] = [[]]
  private static let width = 38

  mutating func insert(_ words: String, _ marks: Marks) {
    var node = 0
    for byte in Array(words.utf8) + [0x20] {
      let slot = node * Self.width + Self.letter(byte)
      if children[slot] == 0 {
        guard self.marks.count < Int(UInt16.max) else { return }
        children[slot] = UInt16(self.marks.count)
        children.append(contentsOf: repeatElement(0, count: Self.width))
        self.marks.append([])
      }
      node = Int(children[slot])
    }
    self.marks[node].append(marks)
  }

  /// Every row that begins at the word.
  func matches(_ name: NameWords, at word: Int, _ body: (Range<Int>, Marks) -> Void) {
    var node = 0
    var end = word
    var position = name.starts[word]
    while position < name.bytes.count {
      let byte = name.bytes[position]
      node = Int(children[node * Self.width + Self.letter(byte)])
      if node == 0 { return }
      position += 1
      if byte == 0x20 {
        end += 1
        for marks in marks[node] { body(word..<end, marks) }
      }
    }
  }

  private static func letter(_ byte: UInt8) -> Int {
    switch byte {
    case ascii("a")...ascii("z"): Int(byte) - 0x61
    case ascii("0")...ascii("9"): Int(byte) - 0x30 + 26
    case 0x20: 36
    default: 37
    }
  }
}
