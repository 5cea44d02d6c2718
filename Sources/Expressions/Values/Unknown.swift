/// Why a value could not be determined.
///
/// Reasons are sorted and free of duplicates, so merging is commutative and associative.
package struct Unknown: Hashable, Sendable {
  package let reasons: [String]

  package init(_ reasons: [String]) {
    self.reasons = reasons.count < 2 ? reasons : Set(reasons).sorted()
  }

  /// Everything both could not determine.
  package func merged(with other: Unknown) -> Unknown {
    reasons == other.reasons ? self : Unknown(reasons + other.reasons)
  }

  /// Adds `other` to what `unknown` already holds.
  static func merge(_ other: Unknown, into unknown: inout Unknown?) {
    unknown = unknown?.merged(with: other) ?? other
  }
}
