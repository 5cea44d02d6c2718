import Synchronization

/// A pattern that is compiled when it is first needed: most patterns of a run never are.
package final class LazyRegex: Sendable {
  private let pattern: String
  private let result = Mutex<Result<LinearRegex, RegexError>?>(nil)

  package init(_ pattern: String) { self.pattern = pattern }

  package func compiled() throws(RegexError) -> LinearRegex {
    try result.withLock { result in
      if let result { return result }
      let new = Result { () throws(RegexError) in try LinearRegex(pattern) }
      result = new
      return new
    }.get()
  }
}
