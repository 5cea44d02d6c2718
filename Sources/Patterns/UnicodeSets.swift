import Synchronization

/// Sets of code points that come from the Unicode tables of the standard library.
enum UnicodeSets {
  private static let categories: [String: Set<Unicode.GeneralCategory>] = {
    let simple: [(String, Unicode.GeneralCategory)] = [
      ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter),
      ("Lm", .modifierLetter), ("Lo", .otherLetter), ("Mn", .nonspacingMark),
      ("Mc", .spacingMark), ("Me", .enclosingMark), ("Nd", .decimalNumber),
      ("Nl", .letterNumber), ("No", .otherNumber), ("Pc", .connectorPunctuation),
      ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation),
      ("Pi", .initialPunctuation), ("Pf", .finalPunctuation), ("Po", .otherPunctuation),
      ("Sm", .mathSymbol), ("Sc", .currencySymbol), ("Sk", .modifierSymbol),
      ("So", .otherSymbol), ("Zs", .spaceSeparator), ("Zl", .lineSeparator),
      ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format), ("Co", .privateUse),
    ]
    var table: [String: Set<Unicode.GeneralCategory>] = [:]
    for (name, category) in simple {
      table[name] = [category]
      table[String(name.prefix(1)), default: []].insert(category)
    }
    return table
  }()

  private static let known = Mutex<[String: CharacterSet]>([:])

  /// The set `\p{name}` stands for; nil if it is no general category.
  static func category(_ name: String) -> CharacterSet? {
    if name == "Any" { return .any }
    if let set = known.withLock({ $0[name] }) { return set }
    guard let members = categories[name] else { return nil }
    var ranges: [ClosedRange<UInt32>] = []
    for value in 0...CharacterSet.maximum {
      guard let scalar = Unicode.Scalar(value),
        members.contains(scalar.properties.generalCategory)
      else { continue }
      if let last = ranges.last, last.upperBound + 1 == value {
        ranges[ranges.count - 1] = last.lowerBound...value
      } else {
        ranges.append(value...value)
      }
    }
    let set = CharacterSet(ranges)
    known.withLock { $0[name] = set }
    return set
  }

  /// Groups of code points that differ in case only, by each of their members.
  private static let caseGroups: [UInt32: [UInt32]] = {
    var groups: [UInt32: Set<UInt32>] = [:]
    // No cased letters lie beyond the Adlam block.
    for value in UInt32(0)...0x1E943 {
      guard let scalar = Unicode.Scalar(value), scalar.properties.isCased else { continue }
      let lower = single(scalar.properties.lowercaseMapping) ?? value
      let upper = Unicode.Scalar(lower).flatMap { single($0.properties.uppercaseMapping) }
      groups[upper ?? lower, default: []].formUnion([value, lower, upper ?? lower])
      // Kelvin, Angstrom and the long s meet their letters through the upper case.
      if let other = single(scalar.properties.uppercaseMapping), other != upper {
        groups[other, default: []].formUnion([value, other])
      }
    }
    var table: [UInt32: Set<UInt32>] = [:]
    for group in groups.values where group.count > 1 {
      for member in group { table[member, default: []].formUnion(group) }
    }
    return table.mapValues { $0.sorted() }
  }()

  private static func single(_ text: String) -> UInt32? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return nil }
    return first.value
  }

  /// The set with every case variant of its members.
  static func ignoringCase(_ set: CharacterSet) -> CharacterSet {
    guard set != .any else { return set }
    if let last = set.ranges.last, last.upperBound < 0x80 { return ignoringASCIICase(set) }
    if let single = set.single {
      return CharacterSet((caseGroups[single] ?? [single]).map { $0...$0 })
    }
    var added: [ClosedRange<UInt32>] = []
    for (member, group) in caseGroups where set.contains(member) {
      added += group.map { $0...$0 }
    }
    return CharacterSet(set.ranges + added)
  }

  private static func ignoringASCIICase(_ set: CharacterSet) -> CharacterSet {
    var added: [ClosedRange<UInt32>] = []
    for letter in UInt32(0x61)...0x7A {
      let upper = letter - 0x20
      guard set.contains(letter) || set.contains(upper) else { continue }
      added += [letter...letter, upper...upper]
      if letter == 0x73 { added.append(0x17F...0x17F) }
      if letter == 0x6B { added.append(0x212A...0x212A) }
    }
    return CharacterSet(set.ranges + added)
  }
}
