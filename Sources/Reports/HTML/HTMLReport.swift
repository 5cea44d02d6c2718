package import RuleEngine

/// The report for a review: one file with everything inside.
package enum HTMLReport {
  package static func render(_ assessment: Assessment) -> String {
    String(decoding: bytes(assessment), as: UTF8.self)
  }

  package static func bytes(_ assessment: Assessment) -> [UInt8] { [] }
}
