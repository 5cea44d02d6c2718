import Foundation
import RuleEngine
import Testing
import Unmoor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Folders made to crash, hang or mislead the program; the rest of the folder is assessed.
@Suite(.timeLimit(.minutes(15))) struct HostileInputTests {
  static let bystander = "services:\n  bystander:\n    image: acme/app:1\n"

  /// Assesses a folder beside an ordinary project, which must be there afterwards.
  private func survive(
    _ options: Unmoor.Options = .init(),
    _ fill: (TemporaryFolder) throws -> Void
  ) async throws -> Assessment {
    let folder = try TemporaryFolder()
    try folder.write(Self.bystander, to: "bystander/compose.yaml")
    try fill(folder)
    let assessment = try await Shop.unmoor().assess(root: folder.path, options: options)
    #expect(assessment.workloads.contains { $0.name == "bystander" })
    for (format, text) in Shop.outputs(of: assessment) { #expect(!text.isEmpty, "\(format)") }
    return assessment
  }

  private func notices(_ assessment: Assessment, in file: String) -> [String] {
    assessment.notices.filter { $0.file.hasPrefix(file) }.map(\.kind)
  }

  @Test func aliasBomb() async throws {
    var text = "x0: &a0 [z, z, z, z, z, z, z, z, z, z]\n"
    for level in 1...12 {
      let alias = "*a\(level - 1)"
      let list = Array(repeating: alias, count: 10).joined(separator: ", ")
      text += "x\(level): &a\(level) [\(list)]\n"
    }
    text += "services:\n  web:\n    image: acme/web:1\n    command: *a12\n"
    let assessment = try await survive { try $0.write(text, to: "bomb/compose.yaml") }
    #expect(!notices(assessment, in: "bomb/").isEmpty)
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func deepNesting(opening: String) async throws {
    let text = "services:\n  web:\n    command: " + String(repeating: opening, count: 100_000)
    let assessment = try await survive { try $0.write(text, to: "deep/compose.yaml") }
    #expect(notices(assessment, in: "deep/").contains("unreadable"))
  }

  @Test func includeCycles() async throws {
    let assessment = try await survive { folder in
      try folder.write("include: [b.yaml]\nservices: {a: {image: x}}\n", to: "i/compose.yaml")
      try folder.write("include: [c.yaml]\nservices: {b: {image: x}}\n", to: "i/b.yaml")
      try folder.write("include: [compose.yaml]\nservices: {c: {image: x}}\n", to: "i/c.yaml")
      try folder.write("include: [compose.yaml]\n", to: "self/compose.yaml")
    }
    #expect(!notices(assessment, in: "i/").isEmpty)
  }

  @Test func extendsCycles() async throws {
    let assessment = try await survive { folder in
      try folder.write(
        """
        services:
          a: { extends: { service: b }, image: x }
          b: { extends: { service: c } }
          c: { extends: { service: a } }
          d: { extends: { service: d } }
          e: { extends: { file: other.yaml, service: f } }
        """,
        to: "e/compose.yaml"
      )
      try folder.write(
        "services:\n  f: { extends: { file: compose.yaml, service: e } }\n",
        to: "e/other.yaml"
      )
    }
    #expect(!notices(assessment, in: "e/").isEmpty)
  }

  // MARK: Outside of the root

  @Test func nothingOutsideIsRead() async throws {
    let outside = try TemporaryFolder()
    let mark = "outside-marker-8231"
    try outside.write("services:\n  stolen:\n    image: \(mark)\n", to: "compose.yaml")
    try outside.write("STOLEN=\(mark)\n", to: "stolen.env")
    try outside.write("FROM \(mark)\n", to: "Dockerfile")
    let assessment = try await survive { folder in
      try folder.link("compose.yaml", to: outside.path + "/compose.yaml")
      try folder.link("folder", to: outside.path)
      try folder.link("loop", to: ".")
      try folder.link("Dockerfile", to: "../\(outside.url.lastPathComponent)/Dockerfile")
      try folder.write(
        """
        include: ["\(outside.path)/compose.yaml", "../../\(outside.url.lastPathComponent)/compose.yaml"]
        services:
          a: { image: x, env_file: "../../\(outside.url.lastPathComponent)/stolen.env" }
          b: { image: x, env_file: "\(outside.path)/stolen.env" }
          c: { extends: { file: ../folder/compose.yaml, service: stolen } }
          d: { build: ../../\(outside.url.lastPathComponent) }
          e: { build: "\(outside.path)" }
          f: { build: ../folder }
        """,
        to: "reach/compose.yaml"
      )
    }
    for (format, text) in Shop.outputs(of: assessment) {
      #expect(!text.contains(mark), "\(format)")
    }
    #expect(!assessment.workloads.contains { $0.name == "stolen" })
    #expect(notices(assessment, in: "compose.yaml").contains("outside-root"))
    #expect(!notices(assessment, in: "reach/").isEmpty)
  }

  @Test func linksInsideAreFollowedOnce() async throws {
    let assessment = try await survive { folder in
      try folder.link("twin", to: "bystander")
      try folder.link("dangling.yaml", to: "nowhere")
      try folder.link("compose.yaml", to: "compose.yaml")
    }
    #expect(assessment.workloads.filter { $0.name == "bystander" }.count == 1)
    #expect(notices(assessment, in: "dangling.yaml") == ["missing-file"])
  }

  @Test func pipeDoesNotHang() async throws {
    let assessment = try await survive { folder in
      #expect(mkfifo(folder.path + "/compose.yaml", 0o644) == 0)
      #expect(mkfifo(folder.path + "/Dockerfile", 0o644) == 0)
      try folder.write(
        "services:\n  a: { image: x, env_file: ../compose.yaml }\n",
        to: "user/compose.yaml"
      )
    }
    #expect(!assessment.inputs.contains { $0.path == "compose.yaml" && $0.state == "read" })
    #expect(!notices(assessment, in: "compose.yaml").isEmpty)
  }

  // MARK: Sizes

  @Test func hugeFile() async throws {
    let assessment = try await survive { folder in
      let head = Data("services:\n  big:\n    image: x\n# ".utf8)
      try folder.write(head + Data(repeating: 0x61, count: 20 << 20), to: "huge/compose.yaml")
      try folder.write(
        Data("FROM x\n# ".utf8) + Data(repeating: 0x61, count: 20 << 20),
        to: "huge/Dockerfile"
      )
    }
    #expect(notices(assessment, in: "huge/compose.yaml").count == 1)
    #expect(notices(assessment, in: "huge/Dockerfile").count == 1)
    #expect(
      assessment.inputs.filter { $0.path.hasPrefix("huge/") }.allSatisfy { $0.state != "read" }
    )
  }

  @Test func longLines() async throws {
    _ = try await survive { folder in
      let long = String(repeating: "word ", count: 400_000)
      try folder.write(
        "services:\n  a:\n    image: x\n    privileged: true\n    command: \(long)\n",
        to: "a/compose.yaml"
      )
      try folder.write("FROM x\nRUN echo \(long)\n", to: "b/Dockerfile")
    }
  }

  static let services = 1000

  @Test func manyServices() async throws {
    var text = "services:\n"
    for number in 0..<Self.services {
      text += "  s\(number):\n    image: acme/s:1\n    depends_on: [s0]\n"
    }
    let assessment = try await survive { try $0.write(text, to: "many/compose.yaml") }
    #expect(assessment.workloads.count == Self.services + 1)
  }

  @Test func manyStages() async throws {
    var text = "FROM debian:12 AS s0\n"
    for number in 1..<3000 {
      text += "FROM s\(number - 1) AS s\(number)\nCOPY --from=s0 /a /a\nRUN true\n"
    }
    _ = try await survive { try $0.write(text, to: "many/Dockerfile") }
  }

  @Test func manyFiles() async throws {
    var options = Unmoor.Options()
    options.maximumFiles = 500
    let folder = try TemporaryFolder()
    for number in 0..<700 { try folder.write("services: {}\n", to: "f\(number)/compose.yaml") }
    let assessment = try await Shop.unmoor().assess(root: folder.path, options: options)
    #expect(assessment.notices.contains { $0.kind == "limit" })
  }

  // MARK: Bytes

  static let bytes: [(String, [UInt8])] = [
    ("invalid UTF-8", Array("services:\n  a:\n    image: x".utf8) + [0xFF, 0xFE, 0xC0, 0x80]),
    ("NUL bytes", Array("services:\n  a:\n    image: \"x\u{0}y\"\n".utf8)),
    ("only NUL bytes", [UInt8](repeating: 0, count: 1000)),
    ("surrogates", [0x73, 0x3A, 0x20, 0xED, 0xA0, 0x80, 0x0A]),
    ("cut in a character", Array("services: {a: {image: \"ä".utf8.dropLast())),
    ("odd UTF-16", [0xFF, 0xFE, 0x73, 0x00, 0x65]),
    ("controls", Array("services:\n  a:\n    image: \"\u{1B}[31mred\u{7}\"\n".utf8)),
    ("empty", []),
    ("only a mark", [0xEF, 0xBB, 0xBF]),
  ]

  @Test(arguments: bytes)
  func oddBytes(name: String, bytes: [UInt8]) async throws {
    let assessment = try await survive { folder in
      try folder.write(Data(bytes), to: "odd/compose.yaml")
      try folder.write(Data(bytes), to: "odd/Dockerfile")
      try folder.write(Data(bytes), to: "odd/.env")
      try folder.write(Data(bytes), to: "odd/.dockerignore")
      try folder.write(
        "services:\n  a: { image: x, env_file: ../odd/.env, build: ../odd }\n",
        to: "user/compose.yaml"
      )
    }
    for (format, text) in Shop.outputs(of: assessment) {
      // A terminal would obey it.
      let hasControl = text.unicodeScalars.contains {
        ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || $0.value == 0x7F || $0.value == 0x9B
      }
      #expect(!hasControl, "\(name): \(format)")
    }
  }

  /// Names are texts of strangers too.
  @Test func namesAreEscaped() async throws {
    let evil = "<script>alert(1)</script>"
    let assessment = try await survive { folder in
      try folder.write(
        """
        services:
          "\(evil)":
            image: "\(evil)"
            privileged: true
            labels: { "\(evil)": "\(evil)" }
          "\\e[2J\\a":
            image: "\\e]0;x\\a"
            privileged: true
        """,
        to: "a\(evil.filter { $0 != "/" })/compose.yaml"
      )
    }
    for (format, text) in Shop.outputs(of: assessment) {
      if format == "html" { #expect(!text.contains("<script")) }
      #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"), "\(format)")
    }
  }

  @Test func variablesThatExpandThemselves() async throws {
    var environment = ""
    for number in 0..<40 { environment += "V\(number + 1)=${V\(number)}${V\(number)}\n" }
    _ = try await survive { folder in
      try folder.write("V0=xxxxxxxx\n" + environment, to: "grow/.env")
      try folder.write(
        "services:\n  a:\n    image: x\n    environment: { A: \"${V40}\" }\n",
        to: "grow/compose.yaml"
      )
      var dockerfile = "FROM x\nENV V0=xxxxxxxx\n"
      for number in 0..<40 { dockerfile += "ENV V\(number + 1)=$V\(number)$V\(number)\n" }
      try folder.write(dockerfile, to: "grow/Dockerfile")
    }
  }

  @Test func largeVariableUsedOften() async throws {
    let assessment = try await survive { folder in
      var environment = "BIG=" + String(repeating: "x", count: 1 << 19) + "\n"
      for number in 0..<2000 { environment += "V\(number)=${BIG}\n" }
      try folder.write(environment, to: "grow/.env")
      try folder.write(
        "services:\n  a:\n    image: x\n    environment: { A: \"${V1999}\" }\n",
        to: "grow/compose.yaml"
      )
    }
    #expect(!notices(assessment, in: "grow/").isEmpty)
  }
}
