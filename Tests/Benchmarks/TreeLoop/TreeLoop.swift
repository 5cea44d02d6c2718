internal import DocumentTrees

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Builds the tree of every YAML file named on stdin, one a line, and drops it.
///
/// The counterpart of `YAMLLoop`: the difference is what trees cost.
@main
struct TreeLoop {
  static func main() {
    var files = 0
    var documents = 0
    var refused = 0
    while let path = readLine() {
      guard let bytes = contents(of: path) else { continue }
      files += 1
      do throws(DocumentError) {
        let stream = try YAMLReader.documents(in: bytes)
        documents += stream.documents.count
        if stream.failure != nil { refused += 1 }
      } catch {
        refused += 1
      }
    }
    print("\(files) files, \(documents) documents, \(refused) refused")
  }

  private static func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    let size = Int(status.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(file, buffer.baseAddress.map { $0 + count }, size - count)
        if got <= 0 { break }
        count += got
      }
    }
  }
}
