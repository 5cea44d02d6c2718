import DocumentTrees
import Foundation
import Scanners
import TestSupport
import Testing
import Workloads

struct ComposeExtendsTests {
  @Test
  func extendsWithinAFile() throws {
    let result = try scan(
      """
      services:
        base:
          image: x
          environment: { A: 1, B: 2 }
        web:
          extends: base
          environment: { B: 3 }
        deep:
          extends: { service: web }
          user: me
      """
    )
    let deep = try #require(result.workload("deep")?.container)
    #expect(deep.image.place == "compose.yaml:3:12 <compose.yaml:6 <compose.yaml:9")
    #expect(deep.variables.map { "\($0.name)=\($0.value.shown)" }.sorted() == ["A=1", "B=3"])
    #expect(result.workload("deep")?.location.range.start.line == 8)
    #expect(result.notices.isEmpty)
  }

  @Test
  func rebasesPathsToTheExtendedFile() throws {
    let result = try scan([
      "compose.yaml": """
      services:
        web:
          extends: { file: lib/base.yaml, service: web }
          volumes: [./own:/own]
      """,
      "lib/base.yaml": """
      services:
        web:
          extends: { file: more/deep.yaml, service: root }
          build: ./app
          env_file: web.env
          volumes: [./data:/data]
      """,
      "lib/more/deep.yaml": "services:\n  root:\n    volumes: [./here:/here]\n",
      "lib/web.env": "A=1\n",
      "lib/data/file": "",
    ])
    #expect(result.workloads.map(\.id) == ["compose:project/web"])
    let web = try #require(result.workload("web")?.container)
    #expect(web.build?.context.shown == "lib/app")
    #expect(
      web.mounts.map { "\($0.projectPath ?? "-")" } == ["lib/more/here", "lib/data", "own"]
    )
    #expect(web.mounts.map(\.sourceIsDirectory) == [nil, true, nil])
    #expect(
      web.variables.map { "\($0.name) \($0.origin.shown)" } == [
        "A lib/web.env:1:1 <lib/base.yaml:5 <compose.yaml:3"
      ]
    )
    #expect(
      result.inputs.keys.sorted() == [
        "compose.yaml", "lib/base.yaml", "lib/more/deep.yaml", "lib/web.env",
      ]
    )
  }

  @Test(arguments: [
    ("services: {a: {extends: a, image: x}}", "invalid-value compose.yaml:1"),
    (
      "services:\n  a: {extends: b, image: x}\n  b: {extends: c}\n  c: {extends: b}",
      "invalid-value compose.yaml:3"
    ),
    ("services:\n  a: {extends: nobody}", "invalid-value compose.yaml:2"),
    ("services:\n  a: {extends: {file: ../x.yaml, service: a}}", "outside-root compose.yaml:2"),
    ("services:\n  a: {extends: {file: no.yaml, service: a}}", "missing-file compose.yaml:2"),
    (
      "services:\n  a: {extends: {file: 'https://x/y.yaml', service: a}}",
      "outside-root compose.yaml:2"
    ),
    ("services:\n  a: {extends: {file: '${F}', service: a}}", "unset-variable compose.yaml:2"),
  ])
  func saysWhyAServiceCannotBeCompleted(_ text: String, _ notice: String) throws {
    let result = try scan(text)
    #expect(result.noticeLines == [notice])
    let container = try #require(result.workload("a")?.container)
    #expect(container.user.unknownReason != nil)
    #expect(container.command.unknownReason != nil)
    #expect(container.healthCheck?.type.unknownReason != nil)
  }

  @Test
  func extendsThroughAnOverride() throws {
    // compose-go's loader/testdata/extends/reset.yaml, shortened.
    let result = try scan([
      "compose.yaml": """
      services:
        a:
          extends: { file: base.yaml, service: base }
          command: !reset null
          ports: !override ['2:2']
      """,
      "base.yaml": "services:\n  base:\n    image: x\n    command: run\n    ports: ['1:1']\n",
    ])
    let container = try #require(result.workload("a")?.container)
    #expect(container.command.shown == "-")
    #expect(container.ports.map(\.container.shown) == ["2"])
  }

  @Test
  func includesProjects() throws {
    let result = try scan([
      "compose.yaml": """
      include:
        - db/compose.yaml
        - path: [cache/base.yaml, cache/over.yaml]
          project_directory: shared
          env_file: cache/other.env
      services:
        web:
          image: web:${TAG}
          depends_on: [db, cache]
      """,
      ".env": "TAG=1\nDB=outer\n",
      "db/compose.yaml": """
      services:
        db:
          image: postgres:${VERSION}-${DB}
          volumes: [./data:/data, store:/store]
      volumes: { store: }
      """,
      "db/.env": "VERSION=16\nDB=inner\nTAG=2\n",
      "cache/base.yaml": "services: {cache: {image: 'redis:${REDIS}', volumes: ['./c:/c']}}\n",
      "cache/over.yaml": "services: {cache: {user: '${USER_ID}'}}\n",
      "cache/other.env": "REDIS=7\n",
    ])
    #expect(
      result.workloads.map(\.id).sorted() == [
        "compose:project/cache", "compose:project/db", "compose:project/web",
      ]
    )
    let db = try #require(result.workload("db")?.container)
    #expect(db.image.known?.text == "postgres:16-outer")
    #expect(db.image.place == "db/compose.yaml:3:12 <db/.env:1 <.env:2")
    #expect(db.mounts.first?.projectPath == "db/data")
    #expect(result.workload("db")?.volumes.map(\.origin.shown) == ["db/compose.yaml:5:12"])
    let cache = try #require(result.workload("cache")?.container)
    #expect(cache.image.known?.text == "redis:7")
    #expect(cache.mounts.first?.projectPath == "shared/c")
    #expect(cache.user.unknownReason == "variable USER_ID is not set")
    #expect(result.noticeLines == ["unset-variable cache/over.yaml:1"])
  }

  @Test
  func refusesFilesThatIncludeThemselves() throws {
    let result = try scan([
      "compose.yaml": "include: [a.yaml]\nservices: {x: {image: y}}\n",
      "a.yaml": "include: [compose.yaml]\nservices: {z: {image: y}}\n",
    ])
    #expect(result.noticeLines == ["invalid-value a.yaml:1"])
    #expect(result.workloads.map(\.name).sorted() == ["x", "z"])
  }

  @Test
  func reportsServicesThatTwoFilesDefine() throws {
    let result = try scan([
      "compose.yaml": "include: [a.yaml]\nservices:\n  x: {image: own}\n",
      "a.yaml": "services: {x: {image: other}}\n",
    ])
    #expect(result.noticeLines == ["invalid-value compose.yaml:3"])
    #expect(result.workload("x")?.container?.image.known?.text == "own")
  }

  /// What compose-go's own tests expect of its files (`loader/extends_test.go`, `include_test.go`).
  @Test(arguments: [
    ("combined/compose.yaml", "service", "build", "combined/dir"),
    ("extends/withdir/compose.yaml", "test", "image", "hello-world"),
    ("extends/reset.yaml", "base", "image", "alpine:latest"),
    ("extends/reset.yaml", "base", "command", "-"),
    ("extends/reset.yaml", "init", "command", #"["sleep", "infinity"]"#),
    ("extends/base.yaml", "another", "image", "base"),
    ("extends/base.yaml", "with-build", "build", "extends"),
    ("extends/nested.yaml", "with-build", "build", "extends"),
    ("extends/interpolated.yaml", "foo", "mounts", "/dev/null>/tmp/foo"),
    ("compose-test-extends.yaml", "importer", "image", "nginx"),
    ("compose-test-extends.yaml", "importer", "name", "imported"),
    ("compose-test-extends.yaml", "importer", "variables", "SOURCE=extends"),
    ("compose-test-extends.yaml", "importer", "mounts", "/opt/data>/var/lib/mysql"),
    ("compose-include.yaml", "imported", "image", "nginx"),
    ("compose-include.yaml", "bar", "variables", "FOO=BAR"),
    ("include/compose.yaml", "included", "build", "include"),
    ("include/compose.yaml", "included", "mounts", "./>/mnt (include)"),
    ("include/project-directory.yaml", "service", "build", "subdir"),
    ("include/project-directory.yaml", "service", "variables", "SOURCE=extends"),
    (
      "include/project-directory.yaml", "service", "mounts",
      "compose-test-extends-imported.yaml>/mnt/bind/compose.yaml "
        + "(subdir/compose-test-extends-imported.yaml)"
    ),
  ])
  func agreesWithComposeGo(
    _ path: String,
    _ name: String,
    _ field: String,
    _ expected: String
  ) throws {
    let folder = Corpus.folder("compose/compose-spec__compose-go/loader/testdata")
    guard let folder else { return }
    var files: [String: [UInt8]] = [:]
    for file in Corpus.files(below: folder) {
      files[String(file.path.dropFirst(folder.path.count + 1))] =
        Array(try Data(contentsOf: file))
    }
    let result = scan(bytes: files, options: ComposeOptions(files: [path]))
    let workload = try #require(result.workload(name))
    let container = try #require(workload.container)
    let shown =
      switch field {
      case "image": container.image.known?.text ?? "-"
      case "build": container.build?.context.shown ?? "-"
      case "command": container.command.shown
      case "name": workload.containerName.shown
      case "variables":
        container.variables.map { "\($0.name)=\($0.value.shown)" }.joined(separator: " ")
      default:
        container.mounts.map { mount in
          let path = mount.projectPath.map { " (\($0))" } ?? ""
          return "\(mount.source.shown)>\(mount.target.shown)\(path)"
        }.joined(separator: " ")
      }
    #expect(shown == expected)
  }
}
