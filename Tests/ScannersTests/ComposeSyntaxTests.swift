import Testing
import Workloads

@testable import Scanners

struct ComposeSyntaxTests {
  /// Address, published, target, transport; from compose-go's `types` and Docker's `nat` tests.
  @Test(arguments: [
    ("80", "-|-|80|-"),
    ("3001-3005", "-|-|3001-3005|-"),
    ("8000:80", "-|8000|80|-"),
    ("22:22", "-|22|22|-"),
    ("9090-9091:8080-8081", "-|9090-9091|8080-8081|-"),
    ("8000-9000:80", "-|8000-9000|80|-"),
    ("127.0.0.1:8001:8001", "127.0.0.1|8001|8001|-"),
    ("127.0.0.1::80", "127.0.0.1|-|80|-"),
    ("6060:6060/udp", "-|6060|6060|udp"),
    ("80/tcp", "-|-|80|tcp"),
    ("[::1]:8001:8002", "::1|8001|8002|-"),
    ("[::1]::80/udp", "::1|-|80|udp"),
    ("::1:8001:8002", "::1|8001|8002|-"),
    ("[fe80::1]:80", "fe80::1|-|80|-"),
  ])
  func takesPortsApart(_ text: String, _ expected: String) {
    let port = PortSyntax(ComposeText(text))
    let parts = [port.address, port.published, port.target, port.transport]
    #expect(parts.map { $0?.string ?? "-" }.joined(separator: "|") == expected)
  }

  @Test(arguments: [
    ("80", "80-80"), ("8000-8005", "8000-8005"), ("0", "0-0"), ("65535", "65535-65535"),
    ("1-65535", "1-65535"), ("65536", "nil"), ("90-80", "nil"), ("http", "nil"), ("", "nil"),
    ("-1", "nil"), ("80-", "nil"), ("99999999999999999999", "nil"), ("8O", "nil"),
  ])
  func readsRanges(_ text: String, _ expected: String) {
    let range = PortSyntax.range(text)
    #expect((range.map { "\($0.first)-\($0.last)" } ?? "nil") == expected)
  }

  /// The cases of compose-go's `format/volume_test.go`.
  @Test(arguments: [
    ("/path", "volume|-|/path|"),
    ("a", "volume|-|a|"),
    ("name:/path", "volume|name|/path|"),
    ("./foo:/bar", "bind|./foo|/bar|"),
    (".:/code", "bind|.|/code|"),
    ("~/configs:/etc/configs:ro", "bind|~/configs|/etc/configs|ro"),
    ("/foo:/bar:ro,z", "bind|/foo|/bar|ro,z"),
    ("name:/path:nocopy", "volume|name|/path|nocopy"),
    ("/tmp:/tmp:rw,rshared", "bind|/tmp|/tmp|rw,rshared"),
    (#"c:\data"#, #"volume|-|c:\data|"#),
    (#"C:\Users\me:D:\data"#, #"bind|C:\Users\me|D:\data|"#),
    (#"C:\Users\me:D:\data:ro"#, #"bind|C:\Users\me|D:\data|ro"#),
    (#"c:/Users/me:/data:rw"#, #"bind|c:/Users/me|/data|rw"#),
    (#".\data:D:\data"#, #"bind|.\data|D:\data|"#),
    (
      #"\\.\pipe\docker_engine:\\.\pipe\docker_engine"#,
      #"npipe|\\.\pipe\docker_engine|\\.\pipe\docker_engine|"#
    ),
    (#"\\server\share:/mnt"#, #"bind|\\server\share|/mnt|"#),
    ("vol:/b:ro:x", "refused"),
    (":/b", "refused"),
    ("a::ro", "refused"),
  ])
  func takesVolumesApart(_ text: String, _ expected: String) {
    let volume = VolumeSyntax(ComposeText(text))
    if expected == "refused" {
      #expect(volume.target == nil)
      return
    }
    let kind =
      switch volume.kind {
      case .bind: "bind"
      case .volume: "volume"
      case .namedPipe: "npipe"
      case .unknown: "unknown"
      }
    let options = volume.options.map(\.string).joined(separator: ",")
    let shown = [kind, volume.source?.string ?? "-", volume.target?.string ?? "-", options]
    #expect(shown.joined(separator: "|") == expected)
  }

  @Test(arguments: [
    ("512", 512), ("1b", 1), ("64k", 65536), ("64K", 65536), ("64kb", 65536), ("2m", 2_097_152),
    ("1.5g", 1_610_612_736), ("1GB", 1_073_741_824), ("10 MB", 10_485_760), ("1KiB", 1024),
    ("1t", 1_099_511_627_776), ("0", 0),
  ])
  func readsSizes(_ text: String, _ expected: Int) {
    #expect(Quantities.bytes(text) == expected)
  }

  @Test(arguments: ["", "m", "1x", "1mm", "-1m", "1.2.3m", "99999999999999g"])
  func refusesSizes(_ text: String) { #expect(Quantities.bytes(text) == nil) }

  @Test(arguments: [
    ("10s", 10), ("1m30s", 90), ("1.5h", 5400), ("300ms", 0.3), ("1h5m30s20ms", 3930.02),
    ("2d", 172_800), ("0", 0), ("1w", 604_800), ("-5s", -5),
  ])
  func readsTimes(_ text: String, _ expected: Double) throws {
    let seconds = try #require(Quantities.seconds(text))
    #expect(abs(seconds - expected) < 1e-9)
  }

  @Test(arguments: ["", "10", "s", "1y", "1m 30s", "-", "ten"])
  func refusesTimes(_ text: String) { #expect(Quantities.seconds(text) == nil) }

  @Test(arguments: [
    ("1", 1), ("-3", -3), ("1_000", 1000), ("0x1F", 31), ("0o17", 15), ("0440", 288), ("3.0", 3),
    ("1e3", 1000), ("0", 0), ("+5", 5),
  ])
  func readsIntegers(_ text: String, _ expected: Int) {
    #expect(Quantities.integer(text) == expected)
  }

  @Test(arguments: ["", "x", "1.5", "12a", "0x", "--1", "1e400", "99999999999999999999"])
  func refusesIntegers(_ text: String) { #expect(Quantities.integer(text) == nil) }

  @Test(arguments: [
    ("bundle exec thin -p 3000", ["bundle", "exec", "thin", "-p", "3000"]),
    ("sh -c 'a b' \"c d\"", ["sh", "-c", "a b", "c d"]),
    ("a\\ b c", ["a b", "c"]),
    ("\"a\\\"b\" '\\x'", ["a\"b", "\\x"]),
    ("  ", []),
    ("'' a", ["", "a"]),
    ("a\n  b", ["a", "b"]),
  ])
  func splitsCommands(_ text: String, _ expected: [String]) {
    #expect(ShellWords.split(text) == expected)
  }

  @Test(arguments: ["a 'b", "\"a"])
  func refusesOpenQuotes(_ text: String) { #expect(ShellWords.split(text) == nil) }
}
