import DocumentTrees
import Foundation
import Reports
import RuleEngine
import Scanners
import TestSupport
import Unmoor

/// The program with its built-in rules, loaded once for all tests.
enum Shop {
  static func unmoor() throws -> Unmoor { try loaded.get() }

  private static let loaded = Result { try Unmoor() }

  static func assess(
    _ files: [String: String],
    _ options: Unmoor.Options = .init()
  ) async throws -> Assessment {
    try await unmoor().assess(files: MemoryFiles(files), options: options)
  }

  /// All reports, as what a reader could see.
  static func outputs(of assessment: Assessment) -> [(format: String, text: String)] {
    ReportFormat.allCases.map { ($0.rawValue, $0.render(assessment)) }
  }

  /// The samples, assessed once.
  static let storefront = Task { try await unmoor().assess(root: sample("storefront")) }
  static let storefrontReady = Task { try await unmoor().assess(root: sample("storefront-ready")) }

  static let terraformOrders = Task { try await unmoor().assess(root: sample("terraform-orders")) }
  static let bicepShop = Task { try await unmoor().assess(root: sample("bicep-shop")) }

  static func sample(_ name: String) -> String {
    Corpus.packageRoot.appendingPathComponent("Samples/\(name)").path
  }
}

/// A folder that lives as long as one test.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("unmoor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  var path: String { url.path }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try data.write(to: file)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: url.appendingPathComponent(name).path,
      withDestinationPath: target
    )
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
