import Workloads

extension HCLFunctions {
  static let collections: [String: HCLFunction] = [
    "length": .init(1...1, .inside) { (call) throws(HCLFailure) in
      switch call.arguments[0].hcl {
      case .list(let list):
        if let more = list.more { return call.unknown(more.reason) }
        return try call.result(BigNumber(list.elements.count))
      case .object(let object):
        if let more = object.more { return call.unknown(more.reason) }
        return try call.result(BigNumber(object.entries.count))
      case .text(let text): return try call.result(BigNumber(text.count))
      case .partial(let parts): return call.unknown(Datum.reasons(parts))
      default: throw call.failure("a collection or a text is required")
      }
    },
    "element": .init(2...2, .inside) { (call) throws(HCLFailure) in
      let list = try call.list(0)
      if let more = list.more { return call.unknown(more.reason) }
      guard let index = try call.number(1).integer, index >= 0, !list.elements.isEmpty else {
        throw call.failure("the list is empty or the index is negative or no whole number")
      }
      return list.elements[index % list.elements.count]
    },
    "index": .init(2...2) { (call) throws(HCLFailure) in
      for (index, element) in try call.list(0).elements.enumerated()
      where HCLEquality.same(element, call.arguments[1]) == true {
        return try call.result(BigNumber(index))
      }
      throw call.failure("the value is not in the list")
    },
    "lookup": .init(2...3, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      if case .unknown(let gap) = call.arguments[0].hcl { return call.unknown(gap.reason) }
      if let gap = call.arguments[1].firstGap { return call.unknown(gap.reason) }
      let object = try call.object(0)
      if let found = object[try call.text(1)] { return found }
      if let more = object.more { return call.unknown(more.reason) }
      guard call.count == 3 else { throw call.failure("the mapping has no such key") }
      return call.arguments[2]
    },
    "keys": .init(1...1, .inside) { (call) throws(HCLFailure) in
      let object = try call.object(0)
      let keys = object.sortedEntries.map { Datum(.text($0.key), $0.keyOrigin) }
      return try call.result(keys, object.isMap ? .list : .tuple, more: object.more)
    },
    "values": .init(1...1, .inside) { (call) throws(HCLFailure) in
      let object = try call.object(0)
      let values = object.sortedEntries.map(\.value)
      return try call.result(values, object.isMap ? .list : .tuple, more: object.more)
    },
    "merge": .init(0...any, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      var result = DatumObject()
      var isMap = call.count > 0
      for argument in call.arguments {
        switch argument.hcl {
        case .null: continue
        case .unknown(let gap):
          // What came before may be overwritten by what is not known.
          result = DatumObject(
            result.entries.map {
              DatumObject.Entry(
                $0.key,
                Datum(.unknown(Gap(gap.reason)), $0.value.origin),
                keyOrigin: $0.keyOrigin
              )
            },
            more: Gap(gap.reason)
          )
        case .object(let object):
          isMap = isMap && object.isMap
          try call.session.pay(object.entries.count)
          for entry in object.entries { result.set(entry) }
          result.more = result.more ?? object.more
        default: throw call.failure("mappings are required")
        }
      }
      return try call.result(result, isMap: isMap)
    },
    "concat": .init(1...any, .accepted) { (call) throws(HCLFailure) in
      var elements: [Datum] = []
      var more: Gap?
      var isList = true
      for argument in call.arguments {
        switch argument.hcl {
        case .unknown(let gap): more = more ?? Gap(gap.reason)
        case .list(let list):
          elements += list.elements
          more = more ?? list.more
          isList = isList && list.sort != .tuple
        default: throw call.failure("lists are required")
        }
      }
      return try call.result(elements, isList ? .list : .tuple, more: more)
    },
    "flatten": .init(1...1, .inside) { (call) throws(HCLFailure) in
      var more: Gap?
      var elements: [Datum] = []
      try call.flatten(try call.list(0), into: &elements, &more, depth: 0)
      return try call.result(elements, .tuple, more: more)
    },
    "compact": .init(1...1, .inside) { (call) throws(HCLFailure) in
      let list = try call.list(0)
      var more = list.more
      var kept: [Datum] = []
      for element in list.elements {
        if case .unknown(let gap) = element.hcl {
          // It may turn out to be empty, and then it is left out.
          more = more ?? gap
        } else if let text = try HCLConvert.text(element).sketch, !text.isEmpty {
          kept.append(try HCLConvert.text(element))
        }
      }
      return try call.result(kept, .list, more: more)
    },
    "distinct": .init(1...1, .inside) { (call) throws(HCLFailure) in
      let list = try call.list(0)
      if let gap = call.arguments[0].firstGap { return call.unknown(gap.reason) }
      return try call.result(try call.unique(list.elements), .list)
    },
    "reverse": .init(1...1, .inside) { (call) throws(HCLFailure) in
      let list = try call.list(0)
      return try call.result(
        list.elements.reversed(),
        list.sort == .set ? .list : list.sort,
        more: list.more
      )
    },
    "slice": .init(3...3, .inside) { (call) throws(HCLFailure) in
      let list = try call.list(0)
      let (start, end) = (try call.integer(1), try call.integer(2))
      if let more = list.more { return call.unknown(more.reason) }
      guard start >= 0, start <= end, end <= list.elements.count else {
        throw call.failure("the range is outside of the list")
      }
      return try call.result(Array(list.elements[start..<end]), list.sort)
    },
    "chunklist": .init(2...2, .inside) { (call) throws(HCLFailure) in
      let list = try call.list(0)
      let size = try call.integer(1)
      if let more = list.more { return call.unknown(more.reason) }
      guard size >= 0 else { throw call.failure("the size is negative") }
      if size == 0 { return try call.result([call.result(list.elements, .list)], .list) }
      var chunks: [Datum] = []
      for start in stride(from: 0, to: list.elements.count, by: size) {
        let end = min(list.elements.count, start + min(size, list.elements.count))
        chunks.append(try call.result(Array(list.elements[start..<end]), .list))
      }
      return try call.result(chunks, .list)
    },
    "contains": .init(2...2, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      if case .unknown(let gap) = call.arguments[0].hcl { return call.unknown(gap.reason) }
      var reason = call.arguments[0].more?.reason
      for element in try call.list(0).elements {
        switch HCLEquality.same(element, call.arguments[1]) {
        case true?: return call.result(true)
        case nil: reason = (element.firstGap ?? call.arguments[1].firstGap)?.reason
        case false?: continue
        }
      }
      return reason.map(call.unknown) ?? call.result(false)
    },
    "coalesce": .init(1...any, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      for argument in call.arguments {
        switch argument.hcl {
        case .null: continue
        case .text(let text) where text.isEmpty: continue
        default: return HCLConvert.unified(argument, with: call.firstText)
        }
      }
      throw call.failure("all arguments are null or empty")
    },
    "coalescelist": .init(1...any, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      for argument in call.arguments {
        switch argument.hcl {
        case .unknown: return argument
        case .list(let list) where !list.elements.isEmpty || list.more != nil: return argument
        default: continue
        }
      }
      throw call.failure("all lists are empty")
    },
    "zipmap": .init(2...2, .inside) { (call) throws(HCLFailure) in
      let (keys, values) = (try call.list(0), try call.list(1))
      guard keys.elements.count == values.elements.count else {
        if let more = keys.more ?? values.more { return call.unknown(more.reason) }
        throw call.failure("the lists are of different lengths")
      }
      var object = DatumObject()
      object.more = keys.more ?? values.more
      for (key, value) in zip(keys.elements, values.elements) {
        if let name = try HCLConvert.text(key).string.known {
          object.set(.init(name, value, keyOrigin: key.origin))
        } else {
          object.more = key.firstGap ?? Gap("a key is not known")
        }
      }
      return try call.result(object, isMap: values.sort != .tuple)
    },
    "transpose": .init(1...1) { (call) throws(HCLFailure) in
      var result: [String: [String]] = [:]
      for entry in try call.object(0).sortedEntries {
        guard case .list(let list) = entry.value.hcl else {
          throw call.failure("lists of texts are required")
        }
        for element in list.elements {
          guard let text = try HCLConvert.text(element).string.known else { continue }
          result[text, default: []].append(entry.key)
        }
      }
      var object = DatumObject()
      for (key, names) in result { object.set(key, try call.result(texts: names)) }
      return try call.result(object, isMap: true)
    },
    "range": .init(1...3) { (call) throws(HCLFailure) in
      var values: [BigNumber] = []
      for index in 0..<call.count { values.append(try call.number(index)) }
      let start = values.count == 1 ? BigNumber(0) : values[0]
      let end = values.count == 1 ? values[0] : values[1]
      let step = values.count == 3 ? values[2] : BigNumber(end < start ? -1 : 1)
      guard !step.isZero else { throw call.failure("the step is zero") }
      var elements: [Datum] = []
      var next = start
      while step.isNegative ? end < next : next < end {
        guard elements.count < 1024 else { throw call.failure("more than 1024 elements") }
        try call.session.pay(elements: 1)
        elements.append(.hcl(next, call.origin))
        guard let following = next.adding(step) else { break }
        next = following
      }
      return try call.result(elements, .list)
    },
    "sort": .init(1...1) { (call) throws(HCLFailure) in
      try call.result(texts: try call.texts(0).sorted(by: HCLText.precedes))
    },
    "matchkeys": .init(3...3) { (call) throws(HCLFailure) in
      let (values, keys) = (try call.list(0), try call.list(1))
      let wanted = try call.list(2)
      guard values.elements.count == keys.elements.count else {
        throw call.failure("the lists are of different lengths")
      }
      var kept: [Datum] = []
      for (value, key) in zip(values.elements, keys.elements) {
        try call.session.pay(wanted.elements.count)
        if wanted.elements.contains(where: { HCLEquality.same($0, key) == true }) {
          kept.append(value)
        }
      }
      return try call.result(kept, .list)
    },
    "one": .init(1...1, .inside) { (call) throws(HCLFailure) in
      let list = try call.list(0)
      if let more = list.more { return call.unknown(more.reason) }
      guard list.elements.count <= 1 else {
        throw call.failure("the list has more than one element")
      }
      return list.elements.first ?? Datum(.null, call.origin)
    },
    "alltrue": .init(1...1, .inside) { (call) throws(HCLFailure) in
      try call.combined(deciding: false)
    },
    "anytrue": .init(1...1, .inside) { (call) throws(HCLFailure) in
      try call.combined(deciding: true)
    },
  ]

  static let sets: [String: HCLFunction] = [
    "setunion": .init(1...any) { (call) throws(HCLFailure) in
      var all: [Datum] = []
      for index in 0..<call.count { all += try call.list(index).elements }
      return try call.set(all)
    },
    "setintersection": .init(1...any) { (call) throws(HCLFailure) in
      var kept = try call.list(0).elements
      for index in 1..<max(1, call.count) {
        let other = try call.list(index).elements
        try call.session.pay(kept.count * other.count)
        kept = kept.filter { one in other.contains { HCLEquality.same(one, $0) == true } }
      }
      return try call.set(kept)
    },
    "setsubtract": .init(2...2) { (call) throws(HCLFailure) in
      let (all, less) = (try call.list(0).elements, try call.list(1).elements)
      try call.session.pay(all.count * less.count)
      return try call.set(
        all.filter { one in !less.contains { HCLEquality.same(one, $0) == true } }
      )
    },
    "setproduct": .init(1...any) { (call) throws(HCLFailure) in
      guard call.count > 1 else { throw call.failure("two lists are required") }
      var rows: [[Datum]] = [[]]
      var areSets = true
      for index in 0..<call.count {
        let list = try call.list(index)
        areSets = areSets && list.sort == .set
        try call.session.pay(elements: rows.count * list.elements.count * (index + 1))
        rows = rows.flatMap { row in list.elements.map { row + [$0] } }
      }
      var tuples: [Datum] = []
      for row in rows { tuples.append(try call.result(row, .tuple)) }
      return try call.result(tuples, areSets ? .set : .list)
    },
  ]
}

extension HCLCall {
  /// Elements of which no two are the same, in their order.
  func unique(_ elements: [Datum]) throws(HCLFailure) -> [Datum] {
    var scalars: Set<String> = []
    var others: [Datum] = []
    var kept: [Datum] = []
    for element in elements {
      let key: String?
      switch element.hcl {
      case .text(let text): key = "t" + text
      case .number(let number): key = "n" + number.description
      case .flag(let flag): key = flag ? "b1" : "b0"
      case .null: key = "0"
      default: key = nil
      }
      if let key {
        if scalars.insert(key).inserted { kept.append(element) }
        continue
      }
      try session.pay(others.count)
      if !others.contains(where: { HCLEquality.same($0, element) == true }) {
        others.append(element)
        kept.append(element)
      }
    }
    return kept
  }

  /// A set: texts by their bytes, numbers by size, false before true, all else in its order.
  func set(_ elements: [Datum], more: Gap? = nil) throws(HCLFailure) -> Datum {
    let kept = try unique(try TerraformType.alike(elements))
    let sorted = kept.enumerated().sorted { left, right in
      switch (left.element.hcl, right.element.hcl) {
      case (.text(let one), .text(let other)): return HCLText.precedes(one, other)
      case (.number(let one), .number(let other)): return one < other
      case (.flag(let one), .flag(let other)): return !one && other
      default: return left.offset < right.offset
      }
    }
    return try result(sorted.map(\.element), .set, more: more)
  }

  /// A text among the arguments, if there is one: then all of them become texts.
  fileprivate var firstText: Datum? {
    arguments.first { argument in
      switch argument.hcl {
      case .text, .partial: true
      default: false
      }
    }
  }

  fileprivate func flatten(
    _ list: DatumList,
    into elements: inout [Datum],
    _ more: inout Gap?,
    depth: Int
  ) throws(HCLFailure) {
    guard depth < 100 else { throw HCLFailure(.limit, "flatten: nested too deeply", range) }
    more = more ?? list.more
    try session.pay(elements: list.elements.count)
    for element in list.elements {
      switch element.hcl {
      case .list(let inner): try flatten(inner, into: &elements, &more, depth: depth + 1)
      // It may be a list of any length, or a value by itself.
      case .unknown(let gap) where gap.reference == nil: more = more ?? gap
      default: elements.append(element)
      }
    }
  }

  fileprivate func combined(deciding: Bool) throws(HCLFailure) -> Datum {
    let list = try list(0)
    var reason = list.more?.reason
    for element in list.elements {
      let flag = try HCLConvert.flag(element)
      if flag.known == deciding { return result(deciding) }
      // Null counts as false here.
      if flag.isAbsent, !deciding { return result(false) }
      reason = reason ?? flag.unknownReason
    }
    return reason.map(unknown) ?? result(!deciding)
  }
}
