import Testing

@testable import RuleEngine

@Suite struct DispositionCommandTests {
  @Test(arguments: [
    (["redis-server", "--save", ""], ["redis-server"]),
    (["/usr/local/bin/mysqld"], ["mysqld"]),
    (["sh", "-c", "a; b && c || d | e"], ["a", "b", "c", "d", "e"]),
    (["bash", "-euc", "exec /bin/x --y=z"], ["x"]),
    (["sh", "-c", "PGPASSWORD=s psql -h postgres"], ["psql"]),
    (["sh", "./run.sh"], ["run.sh"]), (["tini", "--", "mongod"], ["mongod"]),
    (["--port", "1"], []), (["sh"], []), (["sh", "-c"], []), ([], []), ([""], [""]),
  ])
  func findsPrograms(command: [String], programs: [String]) {
    #expect(ContainerCommand.programs(of: command) == programs)
  }

  @Test(arguments: [
    ("dev", true), ("development", true), ("dev-tools", true), ("my_test", true), ("tools", true),
    ("developer-portal", false), ("latest", false), ("contest", false), ("", false), ("-", false),
    ("prod-debug", false), ("local", true), ("workers", false),
  ])
  func tellsDevelopmentByName(name: String, expected: Bool) {
    #expect(DevelopmentNames.isForDevelopment(name) == expected)
  }

  @Test(arguments: [
    ("/etc/nginx/nginx.conf", true), ("/etc/nginx/conf.d", true),
    ("/etc/traefik/traefik.yml", true),
    ("/usr/local/etc/haproxy/haproxy.cfg", true), ("/etc/caddy/Caddyfile", true),
    ("/var/run/docker.sock", true), ("/usr/share/nginx/html", false), ("/var/www/html", false),
    ("/srv", false), ("", false),
  ])
  func tellsSettingsFromContent(path: String, expected: Bool) {
    #expect(ProxyEvidence.isConfiguration(path) == expected)
  }
}
