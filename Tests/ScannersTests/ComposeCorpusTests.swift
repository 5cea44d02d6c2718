import DocumentTrees
import Foundation
import Scanners
import TestSupport
import Testing
import Workloads

/// Every Compose project of the corpus, read as a whole.
struct ComposeCorpusTests {
  @Test
  func readsEveryProjectOfTheCorpus() throws {
    guard let folder = Corpus.folder("compose") else { return }
    var total = ScanResult()
    for repository in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let root = folder.appendingPathComponent(repository)
      var files: [String: [UInt8]] = [:]
      for file in Corpus.files(below: root) {
        let path = String(file.path.dropFirst(root.path.count + 1))
        files[path] = Array(try Data(contentsOf: file))
      }
      let result = scan(bytes: files)
      let show = ProcessInfo.processInfo.environment["SHOW_COMPOSE"] ?? ""
      if !show.isEmpty {
        print(
          "== \(repository): \(result.workloads.count) workloads, \(result.notices.count) notices"
        )
        for notice in result.notices {
          print(
            "\(notice.kind.rawValue) \(notice.location.file):\(notice.location.range.start.line):\(notice.location.range.start.column) \(notice.message)"
          )
        }
        if show == "all" {
          for workload in result.workloads {
            var lines: [String] = []
            dump(workload, into: &lines)
            print("-- \(workload.id)\n" + lines.joined(separator: "\n"))
          }
        }
      }
      let ids = result.workloads.map(\.id)
      #expect(Set(ids).count == ids.count, "ids are unique in \(repository)")
      total.merge(result)
    }
    print("Compose corpus: \(total.workloads.count) workloads, \(total.notices.count) notices")
    #expect(total.workloads.count > 200)
  }
}

/// Scans a folder's files as the command would: Compose by name or by content.
func scan(bytes files: [String: [UInt8]], options: ComposeOptions = ComposeOptions()) -> ScanResult
{
  var candidates: [ComposeScanner.Candidate] = []
  for (path, bytes) in files.sorted(by: { $0.key < $1.key })
  where path.hasSuffix(".yml") || path.hasSuffix(".yaml") {
    guard let stream = try? YAMLReader.documents(in: bytes) else { continue }
    let roots = stream.documents.compactMap(\.root)
    guard
      roots.contains(where: { ComposeScanner.recognizes(root: $0) })
        || ComposeScanner.recognizes(name: RelativePath.name(of: path))
    else { continue }
    candidates.append(ComposeScanner.Candidate(path: path, stream: stream))
  }
  let scanner = ComposeScanner(
    files: MemoryFiles(bytes: files),
    builds: StubBuilds(),
    options: options
  )
  return scanner.scan(candidates)
}
