import Testing
import Workloads

@testable import RuleEngine

@Suite struct CatalogueComponentTests {
  let catalogue: Catalogue

  init() throws { catalogue = try RuleData.catalogue() }

  /// Names of images as they stand in public projects, with what each one is; "-" is an
  /// application or unknown, which moves.
  static let table: [(image: String, id: String)] =
    stateful + packaged + cluster + platform + applications

  /// Words for how an image is made do not change what it is; others do.
  private static let packaged: [(image: String, id: String)] = [
    ("quay.io/pires/docker-elasticsearch-kubernetes:5.6", "elasticsearch"),
    ("openshift/postgresql-96-centos7", "postgresql"), ("centos/mysql-57-centos7", "mysql"),
    ("registry.redhat.io/rhel8/redis-6", "redis"), ("openshift/etcd-20-centos7", "etcd"),
    ("k8s.gcr.io/etcd-amd64:3.2.18", "etcd"), ("acme/kafka-server", "kafka"),
    ("acme/docker-postgres-importer", "-"), ("acme/redis-session-service", "-"),
    ("acme/elasticsearch-indexer", "-"), ("acme/mysql-cluster-report", "-"),
    ("vitess/lite", "distributed-sql"), ("vitess/guestbook", "-"),
    ("registry.k8s.io/volume-nfs:0.8", "nfs-ftp-samba"),
  ]

  /// What runs a cluster, or looks after what runs in it.
  private static let cluster: [(image: String, id: String)] = [
    ("registry.k8s.io/ingress-nginx/controller:v1.9", "ingress-controller"),
    ("k8s.gcr.io/metrics-server-amd64:v0.3", "cluster-scaling"),
    ("registry.k8s.io/autoscaling/cluster-autoscaler:v1.28", "cluster-scaling"),
    ("ghcr.io/kedacore/keda:2.12", "cluster-scaling"),
    ("registry.k8s.io/external-dns/external-dns:v0.14", "cluster-network"),
    ("docker.io/calico/node:v3.26", "cluster-network"),
    ("quay.io/jetstack/cert-manager-controller:v1.13", "cluster-policy"),
    ("ghcr.io/external-secrets/external-secrets:v0.9", "cluster-secrets"),
    ("quay.io/argoproj/argocd:v2.9", "cluster-delivery"),
    ("registry.k8s.io/sig-storage/csi-provisioner:v3", "cluster-storage"),
    ("quay.io/strimzi/operator:0.38", "cluster-operator"),
    ("quay.io/prometheus-operator/prometheus-operator:v0.69", "cluster-operator"),
    ("kubernetesui/dashboard:v2.7", "cluster-ui"), ("k8s.gcr.io/kube-apiserver", "cluster-control"),
    ("registry.k8s.io/pause:3.9", "-"), ("acme/order-operator", "-"), ("acme/metrics", "-"),
    ("acme/shop/loadgenerator:1", "test-runner"),
  ]

  private static let stateful: [(image: String, id: String)] = [
    ("postgres", "postgresql"), ("postgres:16-alpine", "postgresql"),
    ("library/postgres:9.6", "postgresql"), ("docker.io/library/postgres:15", "postgresql"),
    ("index.docker.io/library/postgres", "postgresql"),
    ("public.ecr.aws/docker/library/postgres:16", "postgresql"),
    ("mirror.gcr.io/library/postgres", "postgresql"),
    ("registry.example.com:5000/dockerhub/postgres:14", "postgresql"),
    ("registry.example.com/postgres@sha256:00ff", "postgresql"),
    ("postgis/postgis:15-3.3", "postgresql"), ("timescale/timescaledb-ha:pg15", "postgresql"),
    ("pgvector/pgvector:pg16", "postgresql"), ("bitnami/postgresql:15", "postgresql"),
    ("bitnami/postgresql-repmgr:15", "postgresql"), ("sameersbn/postgresql", "postgresql"),
    ("swordphilic/postgresql", "postgresql"), ("samples/postgres", "postgresql"),
    ("postgresql", "postgresql"), ("ghcr.io/cloudnative-pg/postgresql:16", "postgresql"),
    ("edoburu/pgbouncer", "pgbouncer"), ("mysql:8", "mysql"), ("mysql/mysql-server:8.0", "mysql"),
    ("percona/percona-server:8.0", "mysql"), ("mariadb:10", "mariadb"),
    ("bitnami/mariadb", "mariadb"), ("centos/mariadb", "mariadb"),
    ("linuxserver/mariadb", "mariadb"), ("mcr.microsoft.com/mssql/server:2022-latest", "mssql"),
    ("mcr.microsoft.com/azure-sql-edge", "mssql"), ("microsoft/mssql-server-linux:2017", "mssql"),
    ("gvenzl/oracle-xe:21", "oracle"),
    ("container-registry.oracle.com/database/express:21", "oracle"),
    ("icr.io/db2_community/db2", "db2"), ("mongo:7", "mongodb"), ("bitnami/mongodb", "mongodb"),
    ("mongodb/mongodb-community-server:6", "mongodb"), ("couchdb:3", "couchdb"),
    ("couchbase/server", "couchbase"), ("cassandra:4", "cassandra"),
    ("scylladb/scylla:5", "cassandra"), ("neo4j:5", "neo4j"), ("arangodb", "arangodb"),
    ("redis:7-alpine", "redis"), ("redis/redis-stack-server:latest", "redis"),
    ("redislabs/redismod", "redis"), ("bitnami/redis-cluster:7", "redis"),
    ("sameersbn/redis", "redis"), ("registry.k8s.io/redis:e2e", "redis"),
    ("registry.k8s.io/redis-slave:v2", "redis"), ("eqalpha/keydb", "redis"),
    ("docker.dragonflydb.io/dragonflydb/dragonfly", "redis"), ("valkey/valkey:9", "valkey"),
    ("memcached:1.6", "memcached"), ("varnish:7", "varnish"),
    ("hazelcast/hazelcast:5", "hazelcast"), ("rabbitmq:3-management", "rabbitmq"),
    ("bitnami/rabbitmq:3.12", "rabbitmq"), ("rmohr/activemq", "activemq"),
    ("apache/activemq-artemis", "activemq"), ("apache/kafka:4.1.0", "kafka"),
    ("confluentinc/cp-kafka:7.5.0", "kafka"), ("wurstmeister/kafka", "kafka"),
    ("docker.redpanda.com/vectorized/redpanda:v22", "kafka"),
    ("docker.redpanda.com/redpandadata/redpanda", "kafka"),
    ("ghcr.io/dapr/3rdparty/kafka:latest", "kafka"),
    ("ghcr.io/dapr/3rdparty/zookeeper:latest", "zookeeper"),
    ("confluentinc/cp-schema-registry:7.5.0", "kafka-tools"),
    ("confluentinc/cp-zookeeper", "zookeeper"), ("zookeeper:3.9", "zookeeper"),
    ("apachepulsar/pulsar:3", "pulsar"), ("nats:2", "nats"),
    ("eclipse-mosquitto:2", "mosquitto"), ("emqx/emqx:5", "mosquitto"),
    ("schickling/beanstalkd", "beanstalkd"), ("elasticsearch:7.17.0", "elasticsearch"),
    ("docker.elastic.co/elasticsearch/elasticsearch:8.11.1", "elasticsearch"),
    ("docker.elastic.co/elasticsearch/elasticsearch-oss:7.10", "elasticsearch"),
    ("opensearchproject/opensearch:2", "opensearch"),
    ("opensearchproject/opensearch-dashboards:2", "logstash-kibana"), ("solr:9", "solr"),
    ("getmeili/meilisearch:v1", "meilisearch"), ("typesense/typesense", "meilisearch"),
    ("qdrant/qdrant", "vector-db"), ("semitechnologies/weaviate", "vector-db"),
    ("ghcr.io/chroma-core/chroma:latest", "vector-db"), ("logstash:7", "logstash-kibana"),
    ("kibana:7", "logstash-kibana"), ("docker.elastic.co/kibana/kibana:8", "logstash-kibana"),
    ("minio/minio", "minio"), ("quay.io/minio/minio:latest", "minio"),
    ("itsthenetwork/nfs-server-alpine", "nfs-ftp-samba"), ("atmoz/sftp", "nfs-ftp-samba"),
    ("quay.io/coreos/etcd:v3.5", "etcd"), ("bitnami/etcd", "etcd"),
    ("hashicorp/consul:1.15", "consul"), ("hashicorp/vault", "vault"), ("vault:1.13", "vault"),
    ("influxdb:2", "influxdb"), ("prom/prometheus:v2.45.0", "prometheus"),
    ("prom/alertmanager", "prometheus"), ("grafana/grafana-oss", "grafana"),
    ("grafana/grafana:10", "grafana"), ("grafana/loki:2.9", "loki-tempo-jaeger"),
    ("jaegertracing/all-in-one:1", "loki-tempo-jaeger"),
    ("openzipkin/zipkin", "loki-tempo-jaeger"), ("clickhouse/clickhouse-server", "clickhouse"),
    ("cockroachdb/cockroach:v23", "distributed-sql"),
    ("bde2020/hadoop-namenode:2.0", "hadoop-spark-flink"),
    ("apache/airflow:2.7.1", "airflow"), ("jenkins/jenkins:lts", "jenkins"),
    ("gitlab/gitlab-ce", "gitlab-gitea"), ("swordphilic/gitlab", "gitlab-gitea"),
    ("gitea/gitea:1", "gitlab-gitea"), ("docker:dind", "ci-runner"),
    ("docker:24.0-dind", "ci-runner"), ("moby/buildkit:latest", "ci-runner"),
    ("gitlab/gitlab-runner", "ci-runner"), ("sonatype/nexus3", "artifact-registry"),
    ("sonarqube:community", "sonarqube"), ("quay.io/keycloak/keycloak:26.7", "keycloak"),
    ("osixia/openldap", "ldap"), ("docker.io/mailserver/docker-mailserver:latest", "mail"),
    ("phensley/docker-dns", "dns-server"), ("pihole/pihole", "dns-server"),
    ("wordpress:6", "wordpress-cms"), ("bitnami/wordpress", "wordpress-cms"),
    ("nextcloud:apache", "wordpress-cms"), ("itzg/minecraft-server", "game-realtime"),
    ("n8nio/n8n", "temporal-camunda"), ("mcuadros/ofelia", "quartz-cron"),
  ]

  private static let platform: [(image: String, id: String)] = [
    ("nginx:alpine", "web-server"), ("docker.io/nginx", "web-server"),
    ("nginxinc/nginx-unprivileged:1.25", "web-server"), ("httpd:2.4", "web-server"),
    ("centos/httpd", "web-server"), ("docker.io/fedora/apache", "web-server"),
    ("nginx-alpine", "web-server"), ("caddy:2", "web-server"), ("haproxy:2.9", "router"),
    ("traefik:v2.10", "router"), ("envoyproxy/envoy:v1.28-latest", "router"),
    ("jwilder/nginx-proxy:alpine", "router"), ("nginxproxy/nginx-proxy", "router"),
    ("jc21/nginx-proxy-manager", "router"), ("certbot/certbot", "certificates"),
    ("nginxproxy/acme-companion", "certificates"), ("visibilityspots/cloudflared", "tunnel"),
    ("cloudflare/cloudflared:latest", "tunnel"), ("linuxserver/wireguard", "vpn"),
    ("fluent/fluentd:v1.16", "log-shipper"), ("fluent/fluent-bit", "log-shipper"),
    ("grafana/promtail:2.9", "log-shipper"), ("gliderlabs/logspout", "log-shipper"),
    ("docker.elastic.co/beats/filebeat:8", "log-shipper"), ("timberio/vector", "log-shipper"),
    ("gcr.io/cadvisor/cadvisor:v0.47", "metrics-agent"), ("google/cadvisor", "metrics-agent"),
    ("prom/node-exporter", "metrics-agent"),
    ("quay.io/prometheus/node-exporter:latest", "metrics-agent"),
    ("datadog/agent:7", "metrics-agent"), ("gcr.io/datadoghq/datadog-agent", "metrics-agent"),
    ("telegraf:1.28", "metrics-agent"),
    ("otel/opentelemetry-collector-contrib", "telemetry-collector"),
    ("portainer/portainer-ce", "engine-manager"), ("containrrr/watchtower", "engine-manager"),
    ("willfarrell/autoheal", "engine-manager"), ("ghcr.io/sergi0g/cup", "engine-manager"),
    ("tecnativa/docker-socket-proxy", "engine-manager"), ("registry:2", "image-registry"),
    ("gliderlabs/registrator", "service-discovery"), ("daprio/daprd:edge", "dapr"),
    ("offen/docker-volume-backup:v2", "backup-agent"), ("mailhog/mailhog", "mail-catcher"),
    ("axllent/mailpit", "mail-catcher"), ("maildev/maildev", "mail-catcher"),
    ("adminer:4", "database-ui"), ("phpmyadmin/phpmyadmin", "database-ui"),
    ("dpage/pgadmin4", "database-ui"), ("mongo-express", "database-ui"),
    ("rediscommander/redis-commander", "database-ui"), ("provectuslabs/kafka-ui", "database-ui"),
    ("tchiotludo/akhq", "database-ui"), ("localstack/localstack:3", "emulator"),
    ("mcr.microsoft.com/azure-storage/azurite", "emulator"),
    ("amazon/dynamodb-local", "emulator"), ("softwaremill/elasticmq-native", "emulator"),
    ("wiremock/wiremock:3", "test-double"), ("mockserver/mockserver", "test-double"),
    ("selenium/standalone-chrome:4", "test-runner"), ("cypress/included:13", "test-runner"),
    ("mcr.microsoft.com/playwright:v1.40", "test-runner"), ("grafana/k6", "test-runner"),
    ("swaggerapi/swagger-ui", "api-docs"), ("ngrok/ngrok:latest", "dev-tool"),
  ]

  /// Traps: names that contain a product's name and are something else, and plain applications.
  private static let applications: [(image: String, id: String)] = [
    ("etl-kafka", "-"), ("acme/kafka-consumer", "-"), ("acme/postgres-client", "-"),
    ("acme/redis-worker", "-"), ("acme/mysql-api", "-"), ("acme/cron-api", "-"),
    ("bitnami/redis-exporter:1", "metrics-agent"),
    ("bitnami/postgres-exporter", "metrics-agent"),
    ("prometheuscommunity/postgres-exporter", "metrics-agent"),
    ("quay.io/prometheuscommunity/postgres-exporter", "metrics-agent"),
    ("oliver006/redis_exporter", "metrics-agent"), ("bitnami/mysqld-exporter", "metrics-agent"),
    ("crunchydata/postgres-operator", "cluster-operator"),
    ("bitnami/rabbitmq-cluster-operator", "-"),
    ("bitnami/mongodb-exporter", "metrics-agent"),
    ("prodrigestivill/postgres-backup-local", "-"), ("databack/mysql-backup", "-"),
    ("acme/report-exporter", "-"),
    ("acme/device-emulator", "-"), ("acme/registry-service", "-"), ("acme/nginx-app", "-"),
    ("mongo-tools", "-"), ("node:20", "-"), ("python:3.12-slim", "-"), ("alpine", "-"),
    ("busybox", "-"), ("bash", "-"), ("debian:12", "-"), ("docker:24", "-"), ("foo/bar", "-"),
    ("hello-world", "-"), ("flask_web", "-"), ("webapiapplication", "-"), ("test", "-"),
    ("dockersamples/examplevotingapp_vote", "-"), ("gtardif/sentences-web", "-"),
    ("hygieia-jenkins-build-collector", "-"), ("hygieia-sonar-codequality-collector", "-"),
    ("librenms/librenms", "-"), ("librenms/dispatcher", "-"), ("linuxserver/plex", "-"),
    ("richarvey/nginx-php-fpm", "-"), ("tuna/docker-counter23", "-"), ("centos/etherpad", "-"),
    ("gcr.io/google-samples/gb-frontend:v4", "-"), ("quay.io/kompose/web", "-"),
    ("tutum/hello-world", "-"), ("registry.centos.org/centos/centos:7", "-"),
    ("dockerinternal/e2e_test_secret_server", "-"), ("", "-"), ("///", "-"),
  ]

  @Test(arguments: table) func knows(image: String, id: String) {
    let component = catalogue.component(of: ImageReference(image))?.component
    let found =
      switch component {
      case .stateful(let service): service.id
      case .platform(let service): service.id
      case nil: "-"
      }
    #expect(found == id)
  }

  @Test func isTestedOnManyImages() { #expect(Self.table.count >= 150) }

  @Test func givesStatefulAndPlatformServicesApart() {
    #expect(catalogue.stateful(image: ImageReference("redis:7"))?.kind == "cache")
    #expect(catalogue.platformService(image: ImageReference("redis:7")) == nil)
    #expect(catalogue.stateful(image: ImageReference("registry:2")) == nil)
    #expect(
      catalogue.platformService(image: ImageReference("registry:2"))?.category == "registry"
    )
  }

  @Test func saysHowSureAProductNameIs() throws {
    let postgres = try #require(catalogue.stateful(image: ImageReference("postgres")))
    #expect(postgres.replacement.aws == ["Amazon RDS for PostgreSQL", "Amazon Aurora PostgreSQL"])
    #expect(postgres.confidence(ofProduct: "Amazon RDS for PostgreSQL") == .secondary)
    let nats = try #require(catalogue.stateful(image: ImageReference("nats")))
    #expect(nats.replacement.aws.allSatisfy { nats.confidence(ofProduct: $0) == .knowledge })
  }

  /// Every component has words for both clouds, or none at all where nothing has to replace it.
  @Test func everyComponentIsComplete() {
    for service in catalogue.services.stateful {
      #expect(!service.replacement.aws.isEmpty && !service.replacement.azure.isEmpty)
      #expect(service.disposition != .localOnly, "\(service.id)")
      #expect(service.names.allSatisfy { $0 == $0.lowercased() })
    }
    for service in catalogue.services.platform {
      #expect(service.replacement.aws.isEmpty == service.replacement.azure.isEmpty)
      #expect(service.reason.hasSuffix("."), "\(service.id)")
      #expect((service.role != nil) == (service.category == "reverse-proxy"))
    }
  }

  @Test(arguments: [
    ("redis", "a cache (Redis)"), ("emqx/emqx", "an MQTT broker"),
    ("varnish", "an HTTP cache (Varnish)"), ("postgres", "a relational database (PostgreSQL)"),
    ("minio/minio", "an object store (MinIO)"), ("gitlab/gitlab-runner", "a CI agent"),
    ("mailhog/mailhog", "a mail catcher"),
    ("localstack/localstack", "an emulator of a cloud service"),
    ("registry:2", "an image registry"),
    ("swaggerapi/swagger-ui", "an API documentation or design tool"),
  ])
  func namesComponentsInWords(image: String, phrase: String) {
    #expect(catalogue.component(of: ImageReference(image))?.component.phrase == phrase)
  }

  @Test func refusesAPatternListedTwice() {
    let error = #expect(throws: CatalogueError.self) {
      try Catalogue(
        files: CatalogueFiles { path in
          let text = RuleData.text(path)
          return path.contains("platform-services")
            ? text?.replacing("[traefik,", with: "[nginx,") : text
        }
      )
    }
    #expect(error?.problem == "the pattern nginx is listed twice")
  }

  @Test func refusesAMissingFile() {
    let error = #expect(throws: CatalogueError.self) {
      try Catalogue(files: CatalogueFiles { _ in nil })
    }
    #expect(error?.description == "catalogue/stateful-services.yaml: is missing")
  }
}
