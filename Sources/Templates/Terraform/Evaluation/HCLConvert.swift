import Workloads

/// The conversions between types that happen by themselves.
enum HCLConvert {
  /// The value of a number or of a text of one, which must be known; nil for null.
  static func number(_ value: Datum) throws(HCLFailure) -> BigNumber? {
    switch value.hcl {
    case .number(let number): return number
    case .text(let text):
      guard let number = BigNumber(text), !text.hasPrefix("+"), !text.hasPrefix(".") else {
        throw HCLFailure(.value, "a number is required")
      }
      return number
    case .null: return nil
    default: throw HCLFailure(.value, "a number is required")
    }
  }

  /// True or false, or the text of it; absent for null.
  static func flag(_ value: Datum) throws(HCLFailure) -> Value<Bool> {
    switch value.hcl {
    case .flag(let flag): return .known(flag, value.origin)
    case .text("true"): return .known(true, value.origin)
    case .text("false"): return .known(false, value.origin)
    case .unknown(let gap): return .unknown(gap.reason, value.origin)
    case .partial(let parts): return .unknown(Datum.reasons(parts), value.origin)
    case .null: return .absent
    default: throw HCLFailure(.value, "true or false is required")
    }
  }

  /// The text of a scalar, as far as it is known; null stays null.
  static func text(_ value: Datum) throws(HCLFailure) -> Datum {
    switch value.hcl {
    case .text, .partial, .unknown, .null: return value
    case .number(let number):
      return Datum(.text(number.description), value.origin).marked(value.isSensitive)
    case .flag(let flag):
      return Datum(.text(flag ? "true" : "false"), value.origin).marked(value.isSensitive)
    case .list, .object: throw HCLFailure(.value, "a text is required, not a collection")
    }
  }

  /// What a branch of a condition becomes beside the other one, as both are of one type.
  static func unified(_ value: Datum, with other: Datum?) -> Datum {
    guard let other else { return value }
    switch (value.hcl, other.hcl) {
    case (.number, .text), (.number, .partial), (.flag, .text), (.flag, .partial):
      return (try? text(value)) ?? value
    case (.list(var list), .list(let second)) where list.sort == .tuple && second.sort != .tuple:
      list.sort = .list
      return Datum(.list(list), value.origin).marked(value.isSensitive)
    case (.object(var object), .object(let second)) where !object.isMap && second.isMap:
      object.isMap = true
      return Datum(.object(object), value.origin).marked(value.isSensitive)
    case (.list(var list), .list(let second))
    where list.sort == .tuple && list.elements.count != second.elements.count:
      // Tuples of different lengths have only a list in common, if that.
      guard let alike = try? TerraformType.alike(list.elements + second.elements) else {
        return value
      }
      list.elements = Array(alike.prefix(list.elements.count))
      list.sort = .list
      return Datum(.list(list), value.origin).marked(value.isSensitive)
    case (.object(let object), .object(let second))
    where !object.isMap && Set(object.entries.map(\.key)) != Set(second.entries.map(\.key)):
      let all = object.entries.map(\.value) + second.entries.map(\.value)
      guard let alike = try? TerraformType.alike(all) else { return value }
      var result = DatumObject(more: object.more)
      for (entry, value) in zip(object.entries, alike) {
        result.set(.init(entry.key, value, keyOrigin: entry.keyOrigin))
      }
      result.isMap = true
      return Datum(.object(result), value.origin).marked(value.isSensitive)
    default: return value
    }
  }
}
