import Foundation
import TestSupport

@testable import RuleEngine

/// The reference data of `Rules/` as it lies on disk.
enum RuleData {
  static let rules = Corpus.packageRoot.appendingPathComponent("Rules")

  static func text(_ path: String) -> String? {
    try? String(contentsOf: rules.appendingPathComponent(path), encoding: .utf8)
  }

  static func catalogue() throws -> Catalogue {
    try Catalogue(files: text)
  }
}
