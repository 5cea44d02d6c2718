package import DocumentTrees

/// Where a value came from: the place it stands at, and the places it passed through on the way.
///
/// `TAG=1.4` in `.env:3`, used in `compose.yaml:14`, has `location` compose.yaml:14 and `via`
/// [.env:3]. A value that no file states (a default of the format) has no location.
package struct Origin: Hashable, Sendable {
  package var location: SourceLocation?
  package var via: [SourceLocation]

  package init(_ location: SourceLocation? = nil, via: [SourceLocation] = []) {
    self.location = location
    self.via = via
  }

  package static let none = Origin()
}

/// A value of the model: known, unknown with a reason, or not stated at all.
///
/// Its members are inlinable, so that other modules need not call generic code for each value.
///
/// Unknown is neither pass nor fail, and it is never an empty value: an unset variable must not
/// look like an empty one.
package struct Value<Wrapped: Sendable>: Sendable {
  package enum State: Sendable {
    case known(Wrapped)
    /// The reason, as the end of "not assessed: …", for example "variable TAG is not set".
    case unknown(String)
    case absent
  }

  package var state: State
  package var origin: Origin

  @inlinable
  package init(_ state: State, _ origin: Origin = .none) {
    self.state = state
    self.origin = origin
  }

  @inlinable
  package static func known(_ value: Wrapped, _ origin: Origin = .none) -> Value {
    Value(.known(value), origin)
  }

  @inlinable
  package static func unknown(_ reason: String, _ origin: Origin = .none) -> Value {
    Value(.unknown(reason), origin)
  }

  @inlinable
  package static var absent: Value { Value(.absent) }

  @inlinable
  package var known: Wrapped? {
    if case .known(let value) = state { value } else { nil }
  }

  @inlinable
  package var unknownReason: String? {
    if case .unknown(let reason) = state { reason } else { nil }
  }

  @inlinable
  package var isAbsent: Bool {
    if case .absent = state { true } else { false }
  }

  @inlinable
  package var location: SourceLocation? { origin.location }

  /// The value another function makes of this one; unknown and absent stay what they are.
  @inlinable
  package func map<Other: Sendable>(_ transform: (Wrapped) -> Other) -> Value<Other> {
    switch state {
    case .known(let value): .known(transform(value), origin)
    case .unknown(let reason): .unknown(reason, origin)
    case .absent: Value<Other>(.absent, origin)
    }
  }

  /// As `map`, for a function that may refuse: `nil` becomes unknown with the given reason.
  @inlinable
  package func map<Other: Sendable>(
    orUnknown reason: String,
    _ transform: (Wrapped) -> Other?
  ) -> Value<Other> {
    switch state {
    case .known(let value):
      transform(value).map { .known($0, origin) } ?? .unknown(reason, origin)
    case .unknown(let reason): .unknown(reason, origin)
    case .absent: Value<Other>(.absent, origin)
    }
  }
}

extension Value: Equatable where Wrapped: Equatable {}
extension Value: Hashable where Wrapped: Hashable {}
extension Value.State: Equatable where Wrapped: Equatable {}
extension Value.State: Hashable where Wrapped: Hashable {}
