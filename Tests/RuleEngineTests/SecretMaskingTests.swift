import Foundation
import RuleEngine
import Testing

/// The laws of masking: nothing known survives, masking twice is masking once, structure stays.
struct SecretMaskingTests {
  let masker = Masker(Secrets.detector)

  @Test(arguments: [
    ("DB_PASSWORD: Orchid-Lamp-42", "DB_PASSWORD: Or****"),
    (
      "      DB_PASSWORD: \"Orchid-Lamp-42\"  # the main one",
      "      DB_PASSWORD: \"Or****\"  # the main one"
    ),
    ("      - DB_PASSWORD=Orchid-Lamp-42", "      - DB_PASSWORD=Or****"),
    ("      - \"DB_PASSWORD=Orchid Lamp 42\"", "      - \"DB_PASSWORD=Or****\""),
    ("  \"password\": \"hunter22\",", "  \"password\": \"****\","),
    ("  \"password\":\"hunter22\",\"user\":\"app\"", "  \"password\":\"****\",\"user\":\"app\""),
    ("ENV API_KEY unmoor-fixture-1", "ENV API_KEY un****"),
    ("ENV A=b API_KEY=unmoor-fixture-1 C=d", "ENV A=b API_KEY=un**** C=d"),
    ("ARG NPM_TOKEN=unmoor-fixture-2", "ARG NPM_TOKEN=un****"),
    ("ARG NPM_TOKEN", "ARG NPM_TOKEN"),
    ("export TOKEN=unmoor-fixture-3", "export TOKEN=un****"),
    ("command: app --password=Quiet-Pelican-4 -v", "command: app --password=Qu**** -v"),
    (
      "command: [\"app\", \"--password\", \"Quiet-Pelican-5\"]",
      "command: [\"app\", \"--password\", \"Qu****\"]"
    ),
    ("entrypoint: [\"mysql\", \"-pQuiet-Pelican-5\"]", "entrypoint: [\"mysql\", \"-pQu****\"]"),
    ("{name: DB_PASSWORD, value: Quiet-Pelican-6}", "{name: DB_PASSWORD, value: Qu****}"),
    (
      "{\"value\": \"Quiet-Pelican-6\", \"name\": \"DB_PASSWORD\"}",
      "{\"value\": \"Qu****\", \"name\": \"DB_PASSWORD\"}"
    ),
    ("url: postgres://app:Quiet-Pelican-7@db/app", "url: postgres://app:Qu****@db/app"),
    ("  cs: Server=db;Password=Quiet-Pelican-8;User=a", "  cs: Server=db;Password=Qu****;User=a"),
    ("password = \"Quiet-Pelican-9\"", "password = \"Qu****\""),
    ("password: 'it''s-a-secret'", "password: 'it****'"),
    ("{password: Quiet-Pelican-10, user: app}", "{password: Qu****, user: app}"),
    ("password: &pw Quiet-Pelican-11", "password: &pw Qu****"),
    ("password: 8371", "password: ****"),
    ("password: postgres", "password: ****"),
    ("DB_PASSWORD=${DB_PASSWORD:-Quiet-Pelican-12}", "DB_PASSWORD=${DB_PASSWORD:-Qu****}"),
    ("# DB_PASSWORD=Quiet-Pelican-13", "# DB_PASSWORD=Qu****"),
    ("RUN curl -u ci:Quiet-Pelican-14 https://x", "RUN curl -u ci:Qu**** https://x"),
    ("password: ab\u{e9}cdefghij", "password: ab****"),
    ("password: \u{e9}\u{e9}cdefghij", "password: ****"),
    ("auth.password: \"Quiet-Pelican-15\"\r", "auth.password: \"Qu****\"\r"),
    // What stays as it is:
    ("DB_PASSWORD: ${DB_PASSWORD}", "DB_PASSWORD: ${DB_PASSWORD}"),
    ("DB_PASSWORD_FILE: /run/secrets/x", "DB_PASSWORD_FILE: /run/secrets/x"),
    ("secrets: [db_password]", "secrets: [db_password]"),
    ("password: *shared", "password: *shared"),
    ("password: {{ .Values.db.password }}", "password: {{ .Values.db.password }}"),
    ("image: postgres:15-alpine", "image: postgres:15-alpine"),
    ("token: true", "token: true"),
    ("password: \"\"", "password: \"\""),
    ("secretName: app-tls", "secretName: app-tls"),
    ("      - 8080:80", "      - 8080:80"),
    ("keyboard: us", "keyboard: us"),
    ("EXPOSE 8080", "EXPOSE 8080"),
    ("FROM node:18 AS build", "FROM node:18 AS build"),
    ("automountServiceAccountToken: false", "automountServiceAccountToken: false"),
  ])
  func masksOneLine(line: String, expected: String) {
    #expect(masker.maskLine(line) == expected)
  }

  @Test(arguments: [
    (
      "- name: DB_PASSWORD\n  value: Quiet-Pelican-1\n- name: PORT\n  value: eighty-eighty",
      "- name: DB_PASSWORD\n  value: Qu****\n- name: PORT\n  value: eighty-eighty"
    ),
    (
      "{\n  \"value\": \"Quiet-Pelican-1\",\n  \"name\": \"DB_PASSWORD\"\n}",
      "{\n  \"value\": \"Qu****\",\n  \"name\": \"DB_PASSWORD\"\n}"
    ),
    (
      "password: |\n  Quiet-Pelican-2\n  more\nuser: app",
      "password: |\n  ****\n  ****\nuser: app"
    ),
    ("password:\n  Quiet-Pelican-3\nuser: app", "password:\n  ****\nuser: app"),
    (
      "args:\n  - --password\n  - Quiet-Pelican-4\n  - serve",
      "args:\n  - --password\n  - Qu****\n  - serve"
    ),
    (
      "kind: Secret\ndata:\n  user: YXBwLXVzZXItMQ==\n  x: {{ .Values.x }}\nmetadata:\n  name: app",
      "kind: Secret\ndata:\n  user: YX****\n  x: {{ .Values.x }}\nmetadata:\n  name: app"
    ),
    (
      "kind: ConfigMap\ndata:\n  user: YXBwLXVzZXItMQ==\n---\nkind: Secret\nstringData:\n  a: plain-text-a",
      "kind: ConfigMap\ndata:\n  user: YXBwLXVzZXItMQ==\n---\nkind: Secret\nstringData:\n  a: pl****"
    ),
    (
      "DbPassword:\n  Type: String\n  Default: Quiet-Pelican-5",
      "DbPassword:\n  Type: String\n  Default: Qu****"
    ),
    ("password: \"Quiet\n  Pelican-6\"\nuser: app", "password: \"****\n  ****\"\nuser: app"),
    (
      "secrets:\n  - db_password\n  - source: x\nports:\n  - 80",
      "secrets:\n  - db_password\n  - source: x\nports:\n  - 80"
    ),
    (
      "password:\n  valueFrom:\n    name: x", "password:\n  valueFrom:\n    name: x"
    ),
  ])
  func masksLinesThatBelongTogether(text: String, expected: String) {
    let masked = masker.maskLines(text.split(separator: "\n").map(String.init))
    #expect(masked.map(\.text).joined(separator: "\n") == expected)
  }

  @Test(arguments: [
    ("  PASSWORD: \"Quiet-Pelican-1\"  # x", [1: 1, 3: 3, 13: 13, 14: 14, 29: 20, 30: 21, 33: 24]),
    ("PW: a", [1: 1, 5: 5]),
    ("PASS=\u{e9}\u{e9}cdefghijk x", [6: 6, 9: 10, 17: 10]),
  ])
  func columnsFollow(line: String, columns: [Int: Int]) {
    let masked = masker.maskLines([line])
    for (column, expected) in columns {
      #expect(masked.first?.maskedColumn(column) == expected, "column \(column) of \(line)")
    }
  }

  @Test(arguments: [
    ("it uses Orchid-Lamp-42 as password", ["Orchid-Lamp-42"]),
    ("cdabXXXXXXXX", ["cdab", "abXXXXXXXX"]),
    ("x****y", ["x****y"]),
    ("xsecretsecrety", ["secretsecret", "x****y"]),
    ("aaaaaaaaaaaa", ["aaaa", "aaaaa"]),
    ("ab****", ["ab**", "b***"]),
    ("one\ntwo", ["one\ntwo"]),
    ("p\\\"w-quoted", ["p\"w-quoted"]),
    ("cost $$ign-5", ["$ign-5"]),
    ("data: T3JjaGlkLUxhbXAtNDI=", ["Orchid-Lamp-42"]),
    ("password: Orchid-Lamp-42-Fjord", ["Lamp", "Fjord"]),
    ("\u{1F511}\u{1F511}\u{1F511}\u{1F511}", ["\u{1F511}\u{1F511}\u{1F511}\u{1F511}"]),
  ])
  func knownSecretsNeverSurvive(text: String, secrets: [String]) {
    let masker = Masker(Secrets.detector, known: secrets)
    for masked in [masker.mask(text), masker.maskLine(text)] {
      for secret in secrets { #expect(!masked.contains(secret)) }
      #expect(!masked.contains("T3JjaGlk"))
      #expect(masker.mask(masked) == masked)
    }
  }

  @Test func lengthIsNotTold() {
    for length in 9...60 {
      let secret = Secrets.filler(length, Secrets.alphanumerics, seed: UInt64(length)) + "-"
      #expect(masker.maskLine("PASSWORD=\(secret)").utf8.count == "PASSWORD=ab****".utf8.count)
    }
  }

  /// Lines put together at random out of what formats are made of.
  @Test(arguments: 0..<60)
  func lawsHoldForRandomTexts(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let parts = [
      "password", "TOKEN", "name", "value", "user", ": ", ":", "=", " = ", "\"", "'", "- ", "  ",
      "\n", "{", "}",
      "[", "]", ", ", "#", " # ", "${", "}", "$", "|", ">", "&a ", "*", "****", "ab****", "://",
      "@", ";", "\\",
      "Password=", "postgres://a:", "--password ", "-p", "ENV ", "ARG ", "curl -u a:",
      "kind: Secret\ndata:\n ",
      "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----", "Authorization: Bearer ",
      "---\n",
      "hunter2", "correct-horse-battery", "{{ .x }}", "\u{e9}", "\u{1F511}", "\r", "\t", "x",
      "abcdefghij",
      "https://", "sig=", "?", "&", "export ", "|\n  ", "'' ", "ab", "**",
    ]
    for _ in 0..<40 {
      let count = Int(dice.next() % 24) + 1
      let text = (0..<count).map { _ in parts[Int(dice.next() % UInt64(parts.count))] }.joined()
      let secrets = (0..<3).map { _ -> String in
        let bytes = Array(text.unicodeScalars)
        let start = Int(dice.next() % UInt64(bytes.count))
        let length = 4 + Int(dice.next() % 12)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: bytes[start..<min(bytes.count, start + length)])
        return String(view)
      }
      let masker = Masker(Secrets.detector, known: secrets + ["correct-horse-battery"])
      let masked = masker.mask(text)
      #expect(masker.mask(masked) == masked, "not idempotent: \(text.debugDescription) \(secrets)")
      for secret in secrets + ["correct-horse-battery"]
      where secret.unicodeScalars.count >= 4 && !secret.allSatisfy({ $0 == "*" }) {
        let survives = contains(Array(masked.utf8), Array(secret.utf8))
        #expect(!survives, "\(secret.debugDescription) in \(masked.debugDescription)")
      }
      checkColumns(text, masker)
    }
  }

  /// What stands outside the masks stands at the columns that the mapping tells.
  private func checkColumns(_ text: String, _ masker: Masker) {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String(String.UnicodeScalarView($0)) }
    let masked = masker.maskLines(lines)
    #expect(masked.count == lines.count)
    for (line, masked) in zip(lines, masked) {
      let after = masked.text.unicodeScalars.count
      var previous = 0
      for column in 1...line.unicodeScalars.count + 1 {
        let mapped = masked.maskedColumn(column)
        #expect(mapped >= previous && mapped <= after + 1, "column \(column) of \(line)")
        previous = mapped
      }
      #expect(masked.maskedColumn(1) == 1)
      #expect(
        masked.maskedColumn(line.unicodeScalars.count + 1) == after + 1,
        "\(line.debugDescription)"
      )
      if !masked.isChanged { #expect(masked.text == line) }
    }
  }

  private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains {
      text[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}
