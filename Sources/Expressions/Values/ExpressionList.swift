/// A list that computes its elements when asked, so that a host can offer its own collections uncopied.
package protocol LazyList: AnyObject, Sendable {
  var count: Int { get }
  func element(at index: Int) -> ExpressionValue
}

/// The elements of a list value.
package enum ExpressionList: Sendable {
  case array([ExpressionValue])
  case lazy(any LazyList)

  package init(_ elements: [ExpressionValue]) { self = .array(elements) }

  package var count: Int {
    switch self {
    case .array(let elements): elements.count
    case .lazy(let list): list.count
    }
  }

  package var isEmpty: Bool { count == 0 }

  /// The element at a valid 0-based position.
  package subscript(index: Int) -> ExpressionValue {
    switch self {
    case .array(let elements): elements[index]
    case .lazy(let list): list.element(at: index)
    }
  }

  /// All elements; free for lists made of ready values.
  package var elements: [ExpressionValue] {
    switch self {
    case .array(let elements): elements
    case .lazy(let list): (0..<list.count).map(list.element)
    }
  }
}
