import Testing
import Workloads

/// What is left of an image's name when a variable in it is not known.
struct PartlyKnownImageTests {
  @Test(arguments: [
    ("postgres:", "postgres"), ("registry.example:5000/shop/api:", "shop/api"),
    ("redis:7-", "redis"), ("redis@sha256:", "redis"), ("docker.io/library/mysql:8.", "mysql"),
  ])
  func keepsTheRepository(beginning: String, repository: String) throws {
    let image = try #require(ImageReference(beginning: beginning, unknownRest: "TAG is not set"))
    #expect(image.repository == repository)
    #expect(image.tag.isEmpty)
    #expect(image.digest.isEmpty)
    #expect(image.unknownTag == "TAG is not set")
    #expect(image.text == beginning + "(unknown)")
  }

  @Test(arguments: ["", "postgres", "shop/", "registry.example:5000/", "registry:5000/shop", ":"])
  func isNothingIfTheRepositoryMayGoOn(beginning: String) {
    #expect(ImageReference(beginning: beginning, unknownRest: "NAME is not set") == nil)
  }
}
