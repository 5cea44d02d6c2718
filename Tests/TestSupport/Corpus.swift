package import Foundation

/// The folder of real files and conformance suites, which lies beside the package.
package enum Corpus {
  /// The corpus: `UNMOOR_CORPUS` if set, else `../shared/corpus` as seen from the package's root.
  package static let root: URL? = {
    if let named = ProcessInfo.processInfo.environment["UNMOOR_CORPUS"], !named.isEmpty {
      return existingFolder(URL(fileURLWithPath: named, isDirectory: true))
    }
    return existingFolder(
      packageRoot.deletingLastPathComponent().appendingPathComponent("shared/corpus")
    )
  }()

  /// The folder that holds `Package.swift`.
  package static let packageRoot: URL = {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let manifest = folder.appendingPathComponent("Package.swift").path
      if FileManager.default.fileExists(atPath: manifest) { break }
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  /// A folder of the corpus by its relative path; says loudly on stderr when it is absent.
  package static func folder(_ name: String) -> URL? {
    if let folder = root.flatMap({ existingFolder($0.appendingPathComponent(name)) }) {
      return folder
    }
    let warning = """

      *** SKIPPED: the corpus folder \(name) is absent (looked in \
      \(root?.path ?? "UNMOOR_CORPUS and ../shared/corpus")). Nothing was checked against it. ***


      """
    FileHandle.standardError.write(Data(warning.utf8))
    return nil
  }

  /// Every regular file below a folder for which `isWanted` holds, sorted by path.
  package static func files(
    below folder: URL,
    where isWanted: (URL) -> Bool = { _ in true }
  ) -> [URL] {
    let all = FileManager.default.enumerator(
      at: folder,
      includingPropertiesForKeys: [.isRegularFileKey]
    )
    var found: [URL] = []
    for case let file as URL in all ?? .init() where isWanted(file) {
      let values = try? file.resourceValues(forKeys: [.isRegularFileKey])
      if values?.isRegularFile == true { found.append(file) }
    }
    return found.sorted { $0.path < $1.path }
  }

  private static func existingFolder(_ url: URL) -> URL? {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    return exists && isFolder.boolValue ? url : nil
  }
}
