import Testing

@testable import DocumentTrees

/// Expected results follow Docker's reference and moby/patternmatcher's own table of cases.
@Suite struct DockerIgnoreTests {
  @Test(arguments: [
    ("**", "file", true), ("**", "dir/file", true), ("**/", "file", true),
    ("**/**", "dir/file", true),
    ("dir/**", "dir/file", true), ("dir/**", "dir/dir2/file", true), ("dir/**", "dir", false),
    ("**/dir2/*", "dir/dir2/file", true), ("**/dir2/**", "dir/dir2/dir2/file", true),
    ("**file", "file", true), ("**file", "dir/file", true), ("**/file", "dir/dir/file", true),
    ("**/file*", "dir/dir/file.txt", true), ("**/file*txt", "dir/dir/file.txt", true),
    ("**/file*.txt*", "dir/dir/file.txt", true), ("**/**/*.txt2", "dir/file.txt", false),
    ("a**/*.txt", "a/file.txt", true), ("a**/*.txt", "a/dir/file.txt", true),
    ("a/*.txt", "a/dir/file.txt", false), ("a/*.txt", "a/file.txt", true),
    ("a[b-d]e", "ae", false), ("a[b-d]e", "ace", true), ("a[b-d]e", "aae", false),
    ("a[^b-d]e", "aze", true), (".*", ".foo", true), (".*", "foo", false),
    ("abc.def", "abcZdef", false),
    ("abc?def", "abcZdef", true), ("a\\*b", "a*b", true), ("a\\*b", "axb", false),
    ("**/foo/bar", "foo/bar", true), ("**/foo/bar", "dir/dir2/foo/bar", true),
    ("abc/**", "abc/def/ghi", true), ("abc/**", "abc", false), ("**/.foo", ".foo", true),
    ("**/.foo", "bar.foo", false), ("**.log", "a/b.log", true), ("./bin/*", "bin/a", true),
    // Slashes around a pattern, folders, parents
    ("/foo/bar", "foo/bar", true), ("foo/bar/", "foo/bar/baz", true), ("foo", "foo/bar/baz", true),
    ("foo", "bar/foo", false), ("foo/", "foo", true), ("*/temp*", "somedir/temporary.txt", true),
    ("*/*/temp*", "somedir/subdir/temporary.txt", true), ("temp?", "tempa", true),
    ("temp?", "temp", false),
    ("foo/../bar", "bar", true), ("../foo", "foo", false), ("/../foo", "foo", true),
    (".", "foo", false),
    ("*", ".git/config", true), ("foo", "foo.txt", false), (" foo ", "foo", true),
    ("node_modules", "web/node_modules/a", false), ("**/node_modules", "web/node_modules/a", true),
    // Exceptions and order
    ("*\n!README.md", "README.md", false), ("*\n!README.md", "a/README.md", true),
    ("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true),
    ("*.md\nREADME-secret.md\n!README*.md", "README-secret.md", false),
    ("!a\n*", "a", true), ("dir\n!dir/keep", "dir/keep/x", false),
    ("dir\n!dir/keep", "dir/drop", true),
    ("*\n! a", "a", false), ("# a\n#b\nc", "#b", false), (" #b", "#b", true),
    ("\u{FEFF}a", "a", true),
    ("a\r\nb\r\n", "a", true), ("ü*", "über", true), ("", "a", false),
  ])
  func excludes(patterns: String, path: String, expected: Bool) {
    #expect(DockerIgnore(patterns).excludes(path) == expected)
  }

  @Test func namesThePatternThatDecides() {
    let ignore = DockerIgnore("# x\n*.key\n\n!public.key\n")
    #expect(ignore.decidingPattern(for: "public.key")?.line == 4)
    #expect(ignore.decidingPattern(for: "private.key")?.line == 2)
    #expect(ignore.decidingPattern(for: "other") == nil)
  }

  @Test func reportsBrokenPatterns() {
    let ignore = DockerIgnore("a\n!\n [b\n")
    #expect(ignore.patterns.map(\.text) == ["a"])
    #expect(ignore.issues.map { "\($0.place.line):\($0.place.column)" } == ["2:1", "3:2"])
  }

  @Test func staysLinearOnHostilePatterns() {
    let pattern = String(repeating: "*a", count: 500)
    let path = String(repeating: "a", count: 20_000) + "b"
    let clock = ContinuousClock()
    let time = clock.measure { #expect(!DockerIgnore(pattern).excludes(path)) }
    #expect(time < .seconds(120))
  }
}
