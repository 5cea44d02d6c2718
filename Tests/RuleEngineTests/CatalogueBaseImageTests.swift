import Testing
import Workloads

@testable import RuleEngine

@Suite struct CatalogueBaseImageTests {
  let catalogue: Catalogue

  init() throws { catalogue = try RuleData.catalogue() }

  /// The listed image that an image's facts come from, and how near it is.
  @Test(arguments: [
    ("node:18", "node:18", "exact"),
    ("docker.io/library/node:18", "node:18", "exact"),
    ("public.ecr.aws/docker/library/node:18-alpine", "node:18-alpine", "exact"),
    ("node:18.20.1", "node:18", "version"),
    ("node:18.20.1-alpine3.19", "node:18-alpine", "version"),
    ("node:22-bookworm-slim", "node:22-slim", "variant"),
    ("node:22.3.0-slim@sha256:00", "node:22-slim", "version"),
    ("python:3.12.4-slim-bookworm", "python:3.12-slim", "variant"),
    ("python:3.7-slim", "python:3.9-slim", "repository"),
    ("debian:12", "debian:bookworm", "exact"),
    ("debian:12-slim", "debian:bookworm-slim", "exact"),
    ("debian:bookworm-20240513-slim", "debian:bookworm-slim", "version"),
    ("ubuntu:jammy", "ubuntu:22.04", "exact"),
    ("eclipse-temurin:21", "eclipse-temurin:21-jdk", "exact"),
    ("eclipse-temurin:21.0.2_13-jre", "eclipse-temurin:21-jre", "version"),
    ("eclipse-temurin:21-alpine", "eclipse-temurin:21-jdk", "variant"),
    ("nginx", "nginx:latest", "exact"),
    ("nginx:1.27.3", "nginx:1.27", "version"),
    ("nginx:1.27-alpine", "nginx:1.27", "variant"),
    ("openjdk:8u292-jdk", "openjdk:8", "variant"),
    ("gcr.io/distroless/java17-debian12:nonroot", "gcr.io/distroless/java17-debian12", "variant"),
    (
      "mcr.microsoft.com/dotnet/aspnet:8.0-alpine3.18-amd64",
      "mcr.microsoft.com/dotnet/aspnet:8.0-alpine", "version"
    ),
    (
      "registry.access.redhat.com/ubi8/ubi-minimal:8.9",
      "registry.access.redhat.com/ubi8/ubi-minimal", "version"
    ),
    ("gcr.io/distroless/static", "gcr.io/distroless/static-debian13", "exact"),
    ("redhat/ubi9-minimal:9.4", "registry.access.redhat.com/ubi9/ubi-minimal", "version"),
  ])
  func findsTheNearestRow(image: String, entry: String, nearness: String) throws {
    let fact = try #require(catalogue.baseImage(ImageReference(image)))
    #expect(fact.matchedEntry == entry)
    #expect(fact.nearness.rawValue == nearness)
  }

  /// Unknown is never fine.
  @Test(arguments: ["acme/app:1", "registry.example.com/node:18", "", "nodejs", "node/node:18"])
  func knowsNothingOfOthers(image: String) {
    #expect(catalogue.baseImage(ImageReference(image)) == nil)
  }

  @Test func statesWhatTheTableStates() throws {
    let fact = try #require(catalogue.baseImage(ImageReference("alpine:3.24")))
    #expect(fact.sizeMB == 3.8)
    #expect(fact.sizeIsMeasured)
    #expect(fact.sizeClass == .tiny)
    #expect(fact.os == "alpine")
    #expect(fact.libc == "musl")
    #expect(fact.lean == true)
    #expect(fact.eol == "2028-06-01")
    #expect(fact.eolKnown)
    #expect(
      fact.eolSource == "endoflife-date/endoflife.date:products/alpine-linux.md cycle 3.24"
    )
    #expect(fact.source == "docker-library/repo-info:repos/alpine/remote/latest.md")
    #expect(fact.confidence == .verified)
    #expect(fact.nonRoot == false)
    #expect(fact.hasShell == true)
  }

  @Test func keepsTheEndOfLifeOfTheReleaseLineOnly() throws {
    let node = try #require(catalogue.baseImage(ImageReference("node:18.20.1-bullseye-slim")))
    #expect(node.eol == "2025-04-30")
    #expect(node.lean == true)
    #expect(node.os == "debian 11")
    #expect(node.libc == "glibc")
    #expect(node.sizeMB == nil)
    #expect(node.confidence == .knowledge)
    let other = try #require(catalogue.baseImage(ImageReference("node:19-alpine")))
    #expect(other.eol == nil)
    #expect(!other.eolKnown)
    #expect(other.lean == true)
    #expect(other.libc == "musl")
  }

  /// A release that is not listed lives no longer than the next later one that is.
  @Test(
    arguments: [
      ("node:19-alpine", "node:20", "2026-04-30"), ("python:3.7-slim", "python:3.8", "2024-10-07"),
      ("python:2", "python:3.8", "2024-10-07"), ("php:5.6", "php:7.4-cli", "2022-11-28"),
      ("ubuntu:16.04", "ubuntu:18.04", "2023-05-31"),
      ("ubuntu:trusty", "ubuntu:18.04", "2023-05-31"),
      ("mcr.microsoft.com/dotnet/sdk:5.0", "mcr.microsoft.com/dotnet/sdk:8.0", "2026-11-10"),
      ("node:26", nil, nil), ("node:18.20.1", nil, nil), ("node:lts", nil, nil),
      ("alpine:edge", nil, nil),
    ] as [(String, String?, String?)]
  )
  func knowsTheNextLaterRelease(image: String, entry: String?, eol: String?) throws {
    let fact = try #require(catalogue.baseImage(ImageReference(image)))
    #expect(fact.newer?.entry == entry)
    #expect(fact.newer?.eol == eol)
  }

  /// Debian's own images get free fixes as long as images that stand on Debian do.
  @Test(arguments: [
    ("debian:bookworm-slim", "2028-06-30", "debian 12"), ("debian:12", "2028-06-30", "debian 12"),
    ("debian:9-slim", "2022-06-30", "debian 9"), ("debian:stretch", "2022-06-30", "debian 9"),
    ("python:3.13-bookworm", "2028-06-30", "debian 12"),
  ])
  func knowsHowLongDebianLasts(image: String, eol: String, os: String) throws {
    let fact = try #require(catalogue.baseImage(ImageReference(image)))
    #expect(fact.systemEOL == eol)
    #expect(fact.os == os)
    #expect(fact.family != "debian" || fact.eol == nil || fact.eol == eol)
  }

  /// A row of another variant must not lend its system or its size.
  @Test func takesAnUnlistedVariantByItsParts() throws {
    let nginx = try #require(catalogue.baseImage(ImageReference("nginx:1.27-alpine")))
    #expect(nginx.libc == "musl")
    #expect(nginx.os == "alpine")
    #expect(nginx.lean == true)
    #expect(nginx.sizeClass == nil)
    let distroless = ImageReference("gcr.io/distroless/java17-debian12:nonroot")
    #expect(catalogue.baseImage(distroless)?.libc == "glibc")
    #expect(catalogue.baseImage(distroless)?.hasShell == false)
  }

  @Test(
    arguments: [
      ("gcr.io/distroless/static-debian12", false),
      ("gcr.io/distroless/static-debian12:nonroot", true),
      ("cgr.dev/chainguard/python:latest", true), ("cgr.dev/chainguard/something-new", true),
      ("cgr.dev/chainguard/wolfi-base", false), ("bitnami/node:18", true),
      ("nginxinc/nginx-unprivileged:alpine", true), ("nginx:alpine", false), ("node:20", false),
      ("mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled", true),
      ("mcr.microsoft.com/dotnet/aspnet:8.0", false), ("acme/base", nil),
    ] as [(String, Bool?)]
  )
  func knowsWhoRuns(image: String, nonRoot: Bool?) {
    #expect(catalogue.runsAsNonRoot(ImageReference(image)) == nonRoot)
  }

  @Test func knowsWhereAShellIsMissing() {
    let image = ImageReference("gcr.io/distroless/java21-debian12")
    #expect(catalogue.baseImage(image)?.hasShell == false)
    #expect(catalogue.baseImage(ImageReference("scratch"))?.hasShell == false)
    let debug = ImageReference("gcr.io/distroless/java21-debian12:debug")
    #expect(catalogue.baseImage(debug)?.hasShell == nil)
  }

  @Test func warns() {
    #expect(catalogue.warnings(for: ImageReference("node:22-alpine")).map(\.id) == ["musl"])
    #expect(catalogue.warnings(for: ImageReference("openjdk:17")).map(\.id) == ["openjdk"])
    #expect(catalogue.warnings(for: ImageReference("bitnami/redis:7")).map(\.id) == ["bitnami"])
    #expect(catalogue.warnings(for: ImageReference("node:22")).isEmpty)
  }

  /// Every row can be read, found by its own name, and agrees with itself.
  @Test func everyRowIsSound() throws {
    let table = catalogue.baseImages.table
    #expect(table.rows.count >= 240)
    for row in table.rows {
      let fact = try table.fact(row)
      let found = try #require(catalogue.baseImage(ImageReference(fact.matchedEntry)))
      #expect(found.matchedEntry == fact.matchedEntry)
      #expect(found.nearness == .exact)
      #expect(fact.eol == nil || fact.eolSource != nil, "\(fact.matchedEntry)")
      #expect(fact.sizeIsMeasured == (fact.source != nil), "\(fact.matchedEntry)")
      guard let size = fact.sizeMB else { continue }
      let expected: BaseImageFact.SizeClass =
        size < 15 ? .tiny : size < 60 ? .small : size < 200 ? .medium : .large
      #expect(fact.sizeClass == expected, "\(fact.matchedEntry)")
    }
  }

  @Test(arguments: [
    ("image\tfamily", "the columns must be ", 1),
    ("# only a comment\n", "has no columns", 0),
    (
      BaseImageTable.columns.joined(separator: "\t") + "\nalpine\tx\n", "2 columns instead of 18", 2
    ),
  ])
  func namesTheLineOfAnError(text: String, problem: String, line: Int) {
    let error = #expect(throws: CatalogueError.self) { try BaseImageTable(text: text) }
    #expect(error?.problem.hasPrefix(problem) == true)
    #expect(error?.line == line)
  }

  @Test(
    arguments: [
      ("18.20.1-bullseye-slim", ["18", "20", "1"], ["bullseye", "slim"]),
      ("latest", [], []), ("lts-alpine3.20", [], ["alpine"]), ("21-jre", ["21"], ["jre"]),
      ("v3.1-latest", ["3", "1"], []), ("bookworm-20240513-slim", ["bookworm"], ["slim"]),
      ("8u292-jdk", ["8"], ["jdk"]),
      ("12.6.0-devel-ubuntu22.04", ["12", "6", "0"], ["devel", "ubuntu"]),
      ("", [], []), ("---", [], []), ("v", [], []),
    ] as [(String, [String], [String])]
  )
  func takesTagsApart(tag: String, version: [String], words: [String]) {
    let tag = ImageTag(tag)
    #expect(tag.version.map(String.init) == version)
    #expect(tag.words.map(String.init) == words)
  }
}
