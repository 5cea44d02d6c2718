extension Builtin {
  /// Sizes.
  static let collections: [Builtin] = [
    Builtin(
      "size",
      [
        .global([.string], .int), .global([.bytes], .int), .global([.list(typeA)], .int),
        .global([.map(typeA, typeB)], .int), .member([.string], .int), .member([.bytes], .int),
        .member([.list(typeA)], .int), .member([.map(typeA, typeB)], .int),
      ]
    ) { arguments, meter throws(EvaluationError) in
      guard arguments.count == 1 else { throw .noSuchOverload("size", arguments) }
      switch arguments[0] {
      case .string(let text):
        try meter.charge(bytes: text.utf8.count)
        return .int(Int64(text.unicodeScalars.count))
      case .bytes(let bytes): return .int(Int64(bytes.count))
      case .list(let list): return .int(Int64(list.count))
      case .map(let map): return .int(Int64(map.count))
      default: throw .noSuchOverload("size", arguments)
      }
    }
  ]
}
