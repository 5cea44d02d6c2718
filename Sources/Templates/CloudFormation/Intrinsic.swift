import DocumentTrees

/// The intrinsic functions of CloudFormation, `AWS::LanguageExtensions` included.
enum Intrinsic: String, CaseIterable {
  case ref = "Ref"
  case and = "Fn::And"
  case base64 = "Fn::Base64"
  case cidr = "Fn::Cidr"
  case equals = "Fn::Equals"
  case findInMap = "Fn::FindInMap"
  case getAtt = "Fn::GetAtt"
  case getAZs = "Fn::GetAZs"
  case `if` = "Fn::If"
  case importValue = "Fn::ImportValue"
  case join = "Fn::Join"
  case length = "Fn::Length"
  case not = "Fn::Not"
  case or = "Fn::Or"
  case select = "Fn::Select"
  case split = "Fn::Split"
  case sub = "Fn::Sub"
  case toJSONString = "Fn::ToJsonString"
  case transform = "Fn::Transform"
  /// Only a short tag: in long form `Condition` is a function only among conditions.
  case condition = "Condition"

  private static let byKey: [String: Intrinsic] = {
    var table = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    table["Condition"] = nil
    return table
  }()

  private static let byTag: [String: Intrinsic] = Dictionary(
    uniqueKeysWithValues: allCases.map { function in
      let name = function.rawValue
      return ("!" + (name.hasPrefix("Fn::") ? String(name.dropFirst(4)) : name), function)
    }
  )

  /// The function that the only key of a mapping names.
  init?(key: Node) {
    let mayBe = key.withTextBytes { bytes in
      bytes.count >= 3 && (bytes[0] == UInt8(ascii: "R") || Self.hasPrefix(bytes))
    }
    guard mayBe, let function = Self.byKey[key.text] else { return nil }
    self = function
  }

  init?(tag: String) {
    guard let function = Self.byTag[tag] else { return nil }
    self = function
  }

  /// Whether a key begins with `Fn::`.
  static func isFunction(key: Node) -> Bool { key.withTextBytes(hasPrefix) }

  private static func hasPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count > 4 && bytes[0] == UInt8(ascii: "F") && bytes[1] == UInt8(ascii: "n")
      && bytes[2] == UInt8(ascii: ":") && bytes[3] == UInt8(ascii: ":")
  }
}

/// Where a node is evaluated: its file, what led there, and the loops around it.
struct Frame {
  var file: String
  /// Places that led into the file: the `Location` of an include.
  var via: [SourceLocation] = []
  /// Identifiers of the `Fn::ForEach` loops around it.
  var variables: [String: String] = [:]
  var depth = 0

  var deeper: Frame {
    var copy = self
    copy.depth += 1
    return copy
  }
}

/// What a function is given; a short tag sits on its argument.
struct Argument {
  var node: Node
  var isTagged: Bool
}
