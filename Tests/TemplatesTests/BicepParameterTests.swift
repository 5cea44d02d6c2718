import DocumentTrees
import Testing
import Workloads

@testable import Templates

/// Parameter files, and which files are deployments of their own.
@Suite struct BicepParameterTests {
  private let template = """
    param image string = 'default'
    param replicas int = 1
    param secret string = ''
    output image string = image
    output replicas int = replicas
    output secret string = secret
    """

  private func outputs(_ files: [String: String], _ parameters: String) -> [String] {
    var files = files
    files["main.bicep"] = template
    let made = BicepCase(files, parameters: parameters)
    return ["image", "replicas", "secret"].map { made.output($0) }
  }

  @Test func parameterFilesGiveValues() {
    let files = [
      "main.bicepparam": """
      using './main.bicep'
      extends 'base.bicepparam'
      import { registry } from 'shared.bicep'
      var tag = readEnvironmentVariable('TAG', 'v1')
      param image = '${registry}/web:${tag}'
      param secret = az.getSecret('a', 'b', 'c', 'd')
      """,
      "base.bicepparam": """
      using none
      param replicas = 3
      param image = 'base'
      """,
      "shared.bicep": "@export()\nvar registry = 'shop.azurecr.io'\n",
    ]
    #expect(outputs(files, "main.bicepparam") == ["'shop.azurecr.io/web:v1'", "3", "?"])
  }

  @Test func jsonParameterFilesGiveValues() {
    let files = [
      "main.parameters.json": """
      {
        "parameters": {
          "image": { "value": "${REGISTRY}/web:${TAG=v1}" },
          "replicas": { "value": 2 },
          "secret": { "reference": { "keyVault": { "id": "x" }, "secretName": "y" } }
        }
      }
      """
    ]
    #expect(outputs(files, "main.parameters.json") == ["'…/web:v1'", "2", "?"])
  }

  @Test func valuesOfParameterFilesRememberThem() throws {
    let files = [
      "main.bicep": template, "main.bicepparam": "using 'main.bicep'\nparam image = 'x'\n",
    ]
    let made = BicepCase(files, parameters: "main.bicepparam")
    let origin = try #require(made.origin(of: "image"))
    #expect(origin.location?.file == "main.bicep")
    #expect(origin.via.map { "\($0.file):\($0.range.start.line)" } == ["main.bicepparam:2"])
  }

  private func projects(_ files: [String: String]) -> [String] {
    let sources = BicepSources(files: MemoryFiles(files))
    return sources.projects(among: files.keys.sorted()).map { project in
      let note = project.notices.isEmpty ? "" : " (\(project.notices[0].kind.rawValue))"
      return "\(project.template) \(project.parameters ?? "-")\(note)"
    }
  }

  @Test func modulesAndImportsAreNoDeploymentsOfTheirOwn() {
    let files = [
      "infra/main.bicep": "module a 'core/a.bicep' = {}\nimport * as t from '../types.bicep'\n",
      "infra/core/a.bicep": "module b './b.bicep' = {}\nmodule r 'br/public:x:1' = {}\n",
      "infra/core/b.bicep": "",
      "types.bicep": "",
      "other.bicep": "",
      "loop/one.bicep": "module two 'two.bicep' = {}\n",
      "loop/two.bicep": "module one 'one.bicep' = {}\n",
    ]
    #expect(projects(files) == ["infra/main.bicep -", "loop/one.bicep -", "other.bicep -"])
  }

  @Test func aParameterFileIsChosenOnlyWhereThereIsNoDoubt() {
    let using = "using 'main.bicep'\n"
    #expect(
      projects(["main.bicep": "", "dev.bicepparam": using]) == ["main.bicep dev.bicepparam"]
    )
    #expect(
      projects(["main.bicep": "", "dev.bicepparam": using, "prod.bicepparam": using])
        == ["main.bicep - (information)"]
    )
    #expect(
      projects(["main.bicep": "", "dev.bicepparam": using, "main.bicepparam": using])
        == ["main.bicep main.bicepparam (information)"]
    )
    #expect(
      projects(["main.bicep": "", "main.parameters.json": "{}"])
        == ["main.bicep main.parameters.json"]
    )
    #expect(projects(["main.bicep": "", "other.parameters.json": "{}"]) == ["main.bicep -"])
  }
}
