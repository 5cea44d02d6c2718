import DocumentTrees
import Scanners
import Testing
import Workloads

/// Which files form which projects.
struct ComposeProjectsTests {
  private static let web = "services: {web: {image: x}}\n"

  @Test(arguments: [
    (["compose.yaml": web], ["compose:project/web"], [String]()),
    (["shop/compose.yaml": web], ["compose:shop/web"], []),
    (["My Shop!/compose.yaml": web], ["compose:myshop/web"], []),
    (["compose.yaml": "name: Store\n" + web], ["compose:Store/web"], []),
    (
      ["compose.yaml": "name: ${N:-store}\n" + web, ".env": "N=other\n"], ["compose:other/web"],
      []
    ),
    (
      ["compose.yaml": web, ".env": "COMPOSE_PROJECT_NAME=given\n"], ["compose:given/web"], []
    ),
    (
      ["compose.yaml": web, "docker-compose.yml": "services: {old: {image: y}}\n"],
      ["compose:project/web", "compose:project/old"].map {
        $0 == "compose:project/old" ? "compose:project-docker-compose/old" : $0
      },
      ["overlay docker-compose.yml:1"]
    ),
    (
      ["compose.yaml": web, "compose.dev.yaml": "services: {web: {ports: ['1:1']}}\n"],
      ["compose:project/web"], ["overlay compose.dev.yaml:1"]
    ),
    (
      ["docker-compose.prod.yml": web, "docker-compose.dev.yml": web],
      ["compose:project-dev/web", "compose:project-prod/web"], []
    ),
    (
      ["a/api/compose.yaml": web, "b/api/compose.yaml": web],
      ["compose:a/api/web", "compose:b/api/web"], []
    ),
    (
      [
        "compose.yaml": web,
        "prod.compose.yaml": "services: {web: {image: y, volumes: ['data:/d']}}\n",
      ],
      ["compose:project/web", "compose:project-prod/web"],
      ["overlay prod.compose.yaml:1", "invalid-value prod.compose.yaml:1"]
    ),
    (
      [
        "compose.yaml": "services: {web: {image: x}}\nvolumes: {data: }\n",
        "prod.compose.yaml": "services: {web: {image: y, volumes: ['data:/d']}}\n",
      ],
      ["compose:project/web"], ["overlay prod.compose.yaml:1"]
    ),
    (
      [
        "docker-compose.yml": web,
        "docker-compose.prod.yml":
          "services: {web: {extends: {file: docker-compose.yml, service: web}, user: me}}\n",
      ],
      ["compose:project/web", "compose:project-prod/web"],
      ["overlay docker-compose.prod.yml:1"]
    ),
    (
      [
        "compose.yaml": "include: [db/compose.yaml]\n" + web,
        "db/compose.yaml": "services: {db: {image: y}}\n",
      ],
      ["compose:project/db", "compose:project/web"], []
    ),
    (
      [
        ".env": "COMPOSE_FILE=a.yaml:b.yaml\n", "a.yaml": web,
        "b.yaml": "services: {web: {user: me}}\n",
      ],
      ["compose:project/web"], []
    ),
    (
      ["old.yml": "web:\n  image: x\n  links: [db]\ndb:\n  image: y\n"],
      ["compose:project-old/web", "compose:project-old/db"], []
    ),
  ])
  func groupsFiles(_ files: [String: String], _ ids: [String], _ notices: [String]) throws {
    let result = try scan(files)
    #expect(result.workloads.map(\.id) == ids)
    #expect(result.noticeLines == notices)
  }

  @Test
  func readsTheFilesThatAreGiven() throws {
    let files = [
      "compose.yaml": Self.web, "x/prod.yaml": "services: {web: {user: me, env_file: a.env}}\n",
      "other.compose.yaml": Self.web, "a.env": "A=1\n",
    ]
    let result = try scan(
      files,
      options: ComposeOptions(files: ["compose.yaml", "x/prod.yaml"])
    )
    #expect(result.workloads.map(\.id) == ["compose:project/web"])
    let container = try #require(result.workload("web")?.container)
    #expect(container.user.shown == "me")
    #expect(container.variables.map(\.name) == ["A"])
    #expect(result.noticeLines == ["information other.compose.yaml:1"])
    let missing = try scan(files, options: ComposeOptions(files: ["no.yaml"]))
    #expect(missing.noticeLines.contains("missing-file no.yaml:1"))
  }

  @Test
  func selectsProfiles() throws {
    let text = """
      services:
        always: {image: x}
        dev: {image: x, profiles: [dev]}
        test: {image: x, profiles: [test, ci]}
      """
    func names(_ profiles: [String]) throws -> [String] {
      try scan(text, options: ComposeOptions(profiles: profiles)).workloads.map(\.name)
    }
    #expect(try names([]) == ["always", "dev", "test"])
    #expect(try names(["dev"]) == ["always", "dev"])
    #expect(try names(["ci"]) == ["always", "test"])
    #expect(try names(["*"]) == ["always", "dev", "test"])
    #expect(try scan(text).workload("test")?.profiles.map(\.shown) == ["test", "ci"])
  }

  @Test(arguments: [
    ("compose.yaml", true), ("docker-compose.yml", true), ("docker-compose.prod.yml", true),
    ("compose-dev.yaml", true), ("shop.compose.yaml", true), ("Docker-Compose.YML", true),
    ("docker-compose.override.yml", true), ("composer.json", false), ("decompose.yaml", false),
    ("values.yaml", false), ("compose.yaml.txt", false),
  ])
  func knowsNames(_ name: String, _ expected: Bool) {
    #expect(ComposeScanner.recognizes(name: name) == expected)
  }

  @Test(arguments: [
    ("services: {a: {image: x}}", true),
    ("services: {a: {ports: ['1']}}", true),
    ("services:", true),
    ("web: {image: x}\ndb: {build: .}", true),
    ("volumes: {a: }", true),
    ("include: [a.yaml]", true),
    ("x-a: 1\nnetworks: {n: {driver: bridge}}", true),
    ("services: {_defaults: {autowire: true}, App\\Foo: {arguments: [1]}}", false),
    ("job: {image: x, script: [make]}", false),
    ("apiVersion: v1\nkind: Service\nservices: {a: {image: x}}", false),
    ("x-a: 1", false),
    ("name: x", false),
    ("[1]", false),
    ("volumes: [1]", false),
    ("volumes: {a: }\nother: 1", false),
  ])
  func knowsContent(_ text: String, _ expected: Bool) throws {
    let root = try #require(try YAMLReader.documents(in: text).documents.first?.root)
    #expect(ComposeScanner.recognizes(root: root) == expected)
  }
}
