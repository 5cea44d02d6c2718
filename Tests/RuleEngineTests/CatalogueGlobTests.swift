import Testing

@testable import RuleEngine

@Suite struct CatalogueGlobTests {
  @Test(arguments: [
    ("bitnami/redis*", "bitnami/redis", true),
    ("bitnami/redis*", "bitnami/redis-cluster", true),
    ("bitnami/redis*", "bitnami/valkey", false),
    ("*/k6", "grafana/k6", true),
    ("*/k6", "k6", false),
    ("crunchydata/*postgres*", "crunchydata/crunchy-postgres-ha", true),
    ("crunchydata/*postgres*", "crunchydata/pgbackrest", false),
    ("a*b*c", "a-b-x-b-c", true),
    ("a*b*c", "a-b-x", false),
    ("a?c", "abc", true),
    ("a?c", "ac", false),
    ("*", "", true),
    ("", "", true),
    ("", "a", false),
    ("docker:*-dind", "docker:24-dind", true),
    ("docker:*-dind", "docker:24", false),
  ])
  func matches(pattern: String, text: String, expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
  }

  /// A pattern with many stars must not be tried in every combination.
  @Test(.timeLimit(.minutes(10))) func isNotExponential() {
    let pattern = String(repeating: "a*", count: 60) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 20_000)))
  }

  @Test(arguments: [
    ("postgres", true), ("bitnami/redis*", true), ("docker:*-dind", true), ("*", false),
    ("*/*", false), ("Postgres", false), ("docker.io/postgres", false), ("library/nginx", false),
    ("a b", false), ("", false), ("/postgres", false),
  ])
  func wellFormed(pattern: String, expected: Bool) {
    #expect(ServiceCatalogue.isWellFormed(pattern) == expected)
  }
}
