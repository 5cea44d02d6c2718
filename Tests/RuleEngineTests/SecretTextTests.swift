import RuleEngine
import Testing

/// Command lines and other texts, with what must be found in them.
struct SecretTextTests {
  @Test(arguments: [
    ("redis-server --requirepass Quiet-Pelican-59", ["Quiet-Pelican-59"]),
    ("app --password=Quiet-Pelican-60 --verbose", ["Quiet-Pelican-60"]),
    ("app --db-password \"Quiet-Pelican-61\" serve", ["Quiet-Pelican-61"]),
    ("curl -u ci:Quiet-Pelican-55 https://repo.example.test/x", ["Quiet-Pelican-55"]),
    ("curl -uci:Quiet-Pelican-55 https://repo.example.test/x", ["Quiet-Pelican-55"]),
    (
      "pip install --index-url https://ci:Quiet-Pelican-56@pypi.example.test/simple app",
      ["Quiet-Pelican-56"]
    ),
    (
      "npm config set //registry.example.test/:_authToken=unmoor-fixture-tok-57",
      ["unmoor-fixture-tok-57"]
    ),
    ("git clone https://bot:Quiet-Pelican-35@git.example.test/repo.git", ["Quiet-Pelican-35"]),
    ("mysql -uroot -pQuiet-Pelican-58 app", ["Quiet-Pelican-58"]),
    ("docker login -u ci -p Quiet-Pelican-62 registry.example.test", ["Quiet-Pelican-62"]),
    ("curl -H 'Authorization: Bearer unmoor-fixture-63' https://x", ["unmoor-fixture-63"]),
    ("curl -H \"X-Api-Key: unmoor-fixture-64\" https://x", ["unmoor-fixture-64"]),
    ("PGPASSWORD=Quiet-Pelican-65 psql -h db", ["Quiet-Pelican-65"]),
    ("export API_TOKEN=unmoor-fixture-66 && ./run", ["unmoor-fixture-66"]),
    ("/usr/bin/sshpass -p Quiet-Pelican-67 ssh host", ["Quiet-Pelican-67"]),
    ("redis-cli -h cache -a Quiet-Pelican-68 ping", ["Quiet-Pelican-68"]),
    (
      "mysql -e \"CREATE USER a IDENTIFIED BY 'Quiet-Pelican-69'\"", ["Quiet-Pelican-69"]
    ),
    ("openssl rsa -passin pass:Quiet-Pelican-70 -in k", ["Quiet-Pelican-70"]),
    ("echo 'machine h login u password Quiet-Pelican-71' > ~/.netrc", ["Quiet-Pelican-71"]),
    (
      "a --token=unmoor-fixture-72; b --secret unmoor-fixture-73",
      ["unmoor-fixture-72", "unmoor-fixture-73"]
    ),
    ("psql postgres://app:Quiet-Pelican-74@db/app -c 'select 1'", ["Quiet-Pelican-74"]),
    ("app --password=postgres", ["postgres"]),
    ("echo 'root:Quiet-Pelican-75' | chpasswd", ["Quiet-Pelican-75"]),
    (
      "apt-get update && printf \"app:unmoor-fixture-76\" | /usr/sbin/chpasswd",
      ["unmoor-fixture-76"]
    ),
    // Nothing to be found:
    ("echo \"root:$ROOT_PASSWORD\" | chpasswd", []),
    ("chown app:group /x && chpasswd < /run/secrets/accounts", []),
    ("echo a:b > x; cat x | chpasswd", []),
    ("app --password=$DB_PASSWORD", []),
    ("app --password \"$DB_PASSWORD\"", []),
    ("app --password ${DB_PASSWORD}", []),
    ("app --password-file /run/secrets/x", []),
    ("docker login -u ci --password-stdin registry.example.test", []),
    ("docker run -p 8080:80 app", []),
    ("mkdir -p /var/lib/app", []),
    ("ssh -p 2222 host", []),
    ("mysql -uroot -p app", []),
    ("curl -u \"$USER:$PASS\" https://x", []),
    ("curl -H \"Authorization: Bearer $TOKEN\" https://x", []),
    ("curl -H \"Authorization: Bearer ${TOKEN}\" https://x", []),
    ("psql postgres://app@db/app", []),
    ("npm config set //registry.example.test/:_authToken=${NPM_TOKEN}", []),
    ("git clone https://git.example.test/docker_auth /go/src/docker_auth", []),
    ("echo server/root_password password ''; echo done", []),
    ("SMTP_PASSWORD from a file", []),
    ("PGPASSWORD=$(cat /run/secrets/pg) psql", []),
    ("app --token-ttl 3600 --max-tokens 4096", []),
    ("apt-get install -y --no-install-recommends curl", []),
    ("app --require-token --port 8080", []),
    ("uvicorn main:app --host 0.0.0.0 --port 8000", []),
    ("pg_isready -U postgres -d app", []),
    ("mongod --auth --bind_ip_all", []),
    ("curl -f http://localhost:8080/health || exit 1", []),
  ])
  func findsSecretsOnly(text: String, secrets: [String]) {
    let bytes = Array(text.utf8)
    let found = Secrets.detector.classifyText(text).flatMap(\.secretRanges)
      .map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(found == secrets)
  }

  @Test(arguments: [
    ("DB_PASSWORD", true), ("dbPassword", true), ("password2", true), ("PASS_1", true),
    ("aws_secret_access_key", true), ("X-Api-Key", true), ("spring.datasource.password", true),
    ("ConnectionStrings__Main", false), ("KEYBOARD", false), ("PASS_THROUGH", false),
    ("COMPASS", false), ("TOKENIZER", false), ("SECRETARY", false), ("PUBLIC_KEY", false),
    ("PASSWORD_FILE", false), ("passwordFile", false), ("MAX_TOKENS", false), ("pwd", false),
    ("PRIMARY_KEY_PASSWORD", true), ("", false), ("___", false), ("密码", false), ("1234", false),
    ("SECRET_NAME_PASSWORD", true), ("API_KEY_ID", false), ("key", false), ("APIKEY", true),
  ])
  func judgesNames(name: String, isSecret: Bool) {
    #expect(Secrets.detector.isSecretName(name) == isSecret)
  }

  @Test func privateKeysAreFoundWholly() {
    let body = Secrets.filler(64, Secrets.alphanumerics) + "\n" + Secrets.filler(40, Secrets.hex)
    let dashes = "-----"
    for kind in ["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", "DSA "] {
      let text =
        "\(dashes)BEGIN \(kind)PRIVATE KEY\(dashes)\n\(body)\n\(dashes)END \(kind)PRIVATE KEY\(dashes)"
      let verdict = Secrets.detector.classify(name: "TLS_KEY", value: text)
      #expect(verdict.kind == .privateKey)
      let masked = Masker(Secrets.detector).mask(text)
      for line in body.split(separator: "\n") { #expect(!masked.contains(line)) }
      #expect(masked.contains("END \(kind)PRIVATE KEY"))
    }
    for kind in ["PUBLIC KEY", "CERTIFICATE"] {
      let text = "\(dashes)BEGIN \(kind)\(dashes)\n\(body)\n\(dashes)END \(kind)\(dashes)"
      #expect(Secrets.detector.classify(name: "TLS", value: text).kind == .none)
    }
  }

  /// What a quadratic search would take very long for.
  @Test(arguments: [
    "a", " ", "\"", "'", "$", "${", "${A:-", "{{", "://", "a://b:c/", "a://b:c@", "eyJ",
    "-eyJaaaaaaaaaa.",
    "sk-", "-sk-", "xoxb-", "Password=", ";Password=", ";Password=a", "a=", "&token=", "@tcp(",
    "password: ", "password: [", "value: ", "name: x, value: ", "Authorization: Bearer ",
    "IDENTIFIED BY '",
    "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "--password ", "--password=", "curl -u a:b ",
    "machine ",
    "_authToken=", "#", "\\", "PASSWORD=x ", "aB", "AKIA", "/", ".", "%A%", "a: b\n",
    "password: |\n",
  ])
  func hostileTextsTakeLinearTime(unit: String) {
    let text = String(repeating: unit, count: 10_000 / unit.utf8.count)
    let clock = ContinuousClock()
    let time = clock.measure {
      _ = Secrets.detector.classify(name: text, value: text)
      _ = Secrets.detector.classify(name: "PASSWORD", value: text)
      _ = Secrets.detector.classifyText(text)
      _ = Masker(Secrets.detector, known: ["aaaaab", text]).mask(text)
    }
    if time > .seconds(1) { print("slow: \(unit.debugDescription) \(time)") }
    #expect(time < .seconds(30))
  }
}
