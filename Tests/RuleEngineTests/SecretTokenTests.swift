import RuleEngine
import Testing

/// Tokens of every provider, put together here so that none stands in the file.
struct SecretTokenTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var label: String
    var token: String
    /// Alike, yet no token.
    var nearMiss: String
    var name = "FOO"

    var testDescription: String { label }
  }

  @Test(arguments: examples)
  func isRecognised(_ example: Example) {
    let verdict = Secrets.detector.classify(name: example.name, value: example.token)
    let isKey = example.label == "age secret key"
    #expect(verdict.kind == (isKey ? .privateKey : .providerToken))
    #expect(verdict.label == example.label)
    #expect(verdict.secretRanges.count == 1)
  }

  @Test(arguments: examples)
  func nearMissIsNot(_ example: Example) {
    let verdict = Secrets.detector.classify(name: "FOO", value: example.nearMiss)
    #expect(verdict.kind == .none)
  }

  @Test(arguments: examples.filter { $0.name == "FOO" })
  func isFoundInText(_ example: Example) {
    let text = "echo '\(example.token)' > /tmp/x"
    let verdicts = Secrets.detector.classifyText(text)
    #expect(verdicts.map(\.label) == [example.label])
    #expect(!Masker(Secrets.detector).maskLine(text).contains(example.token))
  }

  private static func mixed(_ count: Int) -> String { Secrets.filler(count, Secrets.alphanumerics) }
  private static func hex(_ count: Int) -> String { Secrets.filler(count, Secrets.hex) }
  private static func capitals(_ count: Int) -> String {
    Secrets.filler(count, Secrets.upper + "234567")
  }

  /// A header {"alg":"none"} and a body {"a":1} in base64, and the same header without `alg`.
  private static let header = "ey" + "JhbGciOiJub25lIn0"
  private static let otherHeader = "ey" + "J0eXAiOiJub25lIn0"

  static let examples: [Example] = [
    Example(
      label: "AWS access key id",
      token: "AK" + "IA" + capitals(16),
      nearMiss: "AK" + "IA" + capitals(9) + "EXAMPLE"
    ),
    Example(
      label: "AWS access key id",
      token: "AS" + "IA" + capitals(16),
      nearMiss: "AS" + "IA" + capitals(17)
    ),
    Example(
      label: "AWS secret access key",
      token: mixed(40),
      nearMiss: mixed(40),
      name: "AWS_SECRET_ACCESS_KEY"
    ),
    Example(
      label: "AWS session token",
      token: "IQ" + "oJ" + mixed(200),
      nearMiss: "IQ" + "oJ" + mixed(20)
    ),
    Example(
      label: "Azure storage key",
      token: mixed(86) + "==",
      nearMiss: mixed(86) + "==",
      name: "AZURE_STORAGE_KEY"
    ),
    Example(
      label: "Azure client secret",
      token: mixed(3) + "8Q" + "~" + mixed(34),
      nearMiss: mixed(3) + "8Q" + "~" + mixed(20)
    ),
    Example(
      label: "Azure DevOps token",
      token: mixed(76) + "AZ" + "DO" + mixed(4),
      nearMiss: mixed(70) + "AZ" + "DO" + mixed(4)
    ),
    Example(
      label: "Azure DevOps token",
      token: Secrets.filler(52, Secrets.lower + "234567"),
      nearMiss: Secrets.filler(52, Secrets.lower),
      name: "AZP_TOKEN"
    ),
    Example(
      label: "Azure container registry password",
      token: mixed(42) + "+A" + "CR" + mixed(6),
      nearMiss: mixed(30) + "+A" + "CR" + mixed(6)
    ),
    Example(
      label: "GCP API key",
      token: "AI" + "za" + mixed(35),
      nearMiss: "AI" + "za" + mixed(36)
    ),
    Example(
      label: "GCP OAuth secret",
      token: "GOC" + "SPX-" + mixed(28),
      nearMiss: "GOC" + "SPX-" + mixed(12)
    ),
    Example(
      label: "GitHub token",
      token: "gh" + "p_" + mixed(36),
      nearMiss: "gh" + "p_" + mixed(35)
    ),
    Example(
      label: "GitHub token",
      token: "gh" + "s_" + mixed(36),
      nearMiss: "gh" + "s_" + String(repeating: "x", count: 36)
    ),
    Example(
      label: "GitHub token",
      token: "github" + "_pat_" + mixed(82),
      nearMiss: "github" + "_pat_" + mixed(40)
    ),
    Example(
      label: "GitLab token",
      token: "gl" + "pat-" + mixed(20),
      nearMiss: "gl" + "pat-" + mixed(12)
    ),
    Example(
      label: "Slack token",
      token: "xo" + "xb-" + "1234567890-" + mixed(24),
      nearMiss: "xo" + "xq-" + "1234567890-" + mixed(24)
    ),
    Example(
      label: "Slack webhook",
      token: "https://hooks.slack" + ".com/services/" + mixed(44),
      nearMiss: "https://hooks.slack" + ".com/services/" + mixed(10)
    ),
    Example(
      label: "Stripe key",
      token: "sk" + "_live_" + mixed(24),
      nearMiss: "pk" + "_live_" + mixed(24)
    ),
    Example(
      label: "Stripe key",
      token: "wh" + "sec_" + mixed(32),
      nearMiss: "wh" + "sec_" + mixed(8)
    ),
    Example(label: "npm token", token: "np" + "m_" + mixed(36), nearMiss: "np" + "m_" + mixed(30)),
    Example(
      label: "PyPI token",
      token: "py" + "pi-AgEIcHlwaS5vcmc" + mixed(60),
      nearMiss: "py" + "pi-AgEIcHlwaS5vcmc" + mixed(10)
    ),
    Example(
      label: "NuGet API key",
      token: "oy" + "2" + Secrets.filler(43, Secrets.lower + "0123456789"),
      nearMiss: "oy" + "2" + Secrets.filler(42, Secrets.lower)
    ),
    Example(
      label: "SendGrid API key",
      token: "SG" + "." + mixed(22) + "." + mixed(43),
      nearMiss: "SG" + "." + mixed(20) + "." + mixed(43)
    ),
    Example(
      label: "Mailgun API key",
      token: "key" + "-" + hex(32),
      nearMiss: "key" + "-" + hex(30)
    ),
    Example(label: "Twilio API key", token: "S" + "K" + hex(32), nearMiss: "S" + "K" + hex(33)),
    Example(
      label: "OpenAI API key",
      token: "s" + "k-" + mixed(20) + "T3Bl" + "bkFJ" + mixed(20),
      nearMiss: "s" + "k-" + mixed(48)
    ),
    Example(
      label: "Anthropic API key",
      token: "s" + "k-ant-" + mixed(95),
      nearMiss: "s" + "k-ant-" + mixed(30)
    ),
    Example(
      label: "Hugging Face token",
      token: "h" + "f_" + Secrets.filler(34, Secrets.upper + Secrets.lower),
      nearMiss: "h" + "f_" + Secrets.filler(20, Secrets.lower)
    ),
    Example(label: "Datadog key", token: hex(32), nearMiss: hex(32), name: "DD_API_KEY"),
    Example(
      label: "New Relic key",
      token: "NR" + "AK-" + Secrets.filler(27, Secrets.upper + "0123456789"),
      nearMiss: "NR" + "AK-" + Secrets.filler(20, Secrets.upper)
    ),
    Example(
      label: "New Relic license key",
      token: hex(36) + "NR" + "AL",
      nearMiss: hex(20) + "NR" + "AL"
    ),
    Example(
      label: "Sentry token",
      token: "sntr" + "ys_" + mixed(60),
      nearMiss: "sntr" + "ys_" + mixed(10)
    ),
    Example(
      label: "DigitalOcean token",
      token: "do" + "p_v1_" + hex(64),
      nearMiss: "do" + "p_v1_" + hex(60)
    ),
    Example(
      label: "Heroku API key",
      token: [8, 4, 4, 4, 12].map(hex).joined(separator: "-"),
      nearMiss: [8, 4, 4, 4, 12].map(hex).joined(separator: "-"),
      name: "HEROKU_API_KEY"
    ),
    Example(
      label: "Vault token",
      token: "hv" + "s." + mixed(95),
      nearMiss: "hv" + "s." + mixed(50)
    ),
    Example(
      label: "Terraform Cloud token",
      token: mixed(14) + ".atlas" + "v1." + mixed(67),
      nearMiss: mixed(14) + ".atlas" + "v1." + mixed(20)
    ),
    Example(
      label: "Docker Hub token",
      token: "dckr" + "_pat_" + mixed(27),
      nearMiss: "dckr" + "_pat_" + mixed(20)
    ),
    Example(
      label: "Discord webhook",
      token: "https://discord" + ".com/api/webhooks/123456789012345678/" + mixed(68),
      nearMiss: "https://discord" + ".com/api/webhooks/1234/" + mixed(68)
    ),
    Example(
      label: "Grafana token",
      token: "gl" + "sa_" + mixed(32) + "_" + hex(8),
      nearMiss: "gl" + "sa_" + mixed(30) + "_" + hex(8)
    ),
    Example(
      label: "Shopify token",
      token: "shp" + "at_" + hex(32),
      nearMiss: "shp" + "at_" + hex(31)
    ),
    Example(
      label: "Databricks token",
      token: "da" + "pi" + hex(32),
      nearMiss: "da" + "pi" + hex(31)
    ),
    Example(
      label: "Linear API key",
      token: "lin" + "_api_" + mixed(40),
      nearMiss: "lin" + "_api_" + mixed(39)
    ),
    Example(label: "Pulumi token", token: "pu" + "l-" + hex(40), nearMiss: "pu" + "l-" + hex(39)),
    Example(
      label: "Square token",
      token: "sq0" + "atp-" + mixed(22),
      nearMiss: "sq0" + "atp-" + mixed(21)
    ),
    Example(
      label: "JSON Web Token",
      token: header + ".ey" + "JhIjoxfQ." + mixed(43),
      nearMiss: otherHeader + ".ey" + "JhIjoxfQ." + mixed(43)
    ),
    Example(
      label: "age secret key",
      token: "AGE-SECRET" + "-KEY-1" + Secrets.filler(58, Secrets.upper + "0123456789"),
      nearMiss: "AGE-SECRET" + "-KEY-1" + Secrets.filler(50, Secrets.upper)
    ),
  ]
}
