import Foundation
import TestSupport

@testable import RuleEngine

/// The reference data of `Rules/` as it lies on disk.
enum RuleData {
  static let rules = Corpus.packageRoot.appendingPathComponent("Rules")

  static func text(_ path: String) -> String? {
    try? String(contentsOf: rules.appendingPathComponent(path), encoding: .utf8)
  }

  /// Read once for all tests.
  static func catalogue() throws -> Catalogue { try loaded.get() }

  static var files: CatalogueFiles { CatalogueFiles(texts: text) }

  private static let loaded = Result { try Catalogue(files: files) }
}
