import Testing

/// The same object as a manifest and as Terraform's provider has it.
struct KubernetesTwin: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var manifest: String
  var configuration: String

  static let all = [
    KubernetesTwin(
      testDescription: "Deployment",
      manifest: """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop, labels: {team: shop}}
        spec:
          replicas: 3
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: "0"}}
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}, annotations: {prometheus.io/scrape: "true"}}
            spec:
              hostNetwork: true
              hostPID: true
              serviceAccountName: shop
              terminationGracePeriodSeconds: 45
              nodeSelector: {disk: ssd}
              imagePullSecrets: [{name: registry}]
              hostAliases: [{ip: 10.1.2.3, hostnames: [db.local]}]
              securityContext: {runAsNonRoot: true, fsGroup: 2000}
              tolerations: [{key: gpu, operator: Exists, effect: NoSchedule}]
              affinity:
                nodeAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms:
                    - matchExpressions: [{key: zone, operator: In, values: [a, b]}]
              initContainers:
              - {name: wait, image: "busybox:1.36", command: [sh, -c, sleep 1]}
              containers:
              - name: web
                image: example.com/web:1.4
                imagePullPolicy: Always
                args: [serve]
                ports: [{name: http, containerPort: 8080, hostPort: 80, protocol: TCP}]
                env:
                - {name: MODE, value: live}
                - {name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
                - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
                envFrom: [{prefix: APP_, configMapRef: {name: web, optional: true}}]
                resources:
                  limits: {cpu: "1", memory: 512Mi}
                  requests: {cpu: 250m, memory: 256Mi}
                securityContext:
                  privileged: false
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  capabilities: {add: [NET_ADMIN], drop: [ALL]}
                livenessProbe:
                  httpGet:
                    {path: /live, port: 8080, httpHeaders: [{name: X-From, value: probe}]}
                  initialDelaySeconds: 5
                readinessProbe: {exec: {command: [cat, /ready]}}
                lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}
                volumeMounts:
                - {name: data, mountPath: /data, subPath: web}
                - {name: socket, mountPath: /run/docker.sock, readOnly: true}
              volumes:
              - {name: data, persistentVolumeClaim: {claimName: web}}
              - {name: socket, hostPath: {path: /var/run/docker.sock, type: Socket}}
              - {name: tmp, emptyDir: {medium: Memory, sizeLimit: 64Mi}}
              - {name: files, configMap: {name: web, items: [{key: a, path: b}]}}
        """,
      configuration: """
        resource "kubernetes_deployment" "web" {
          metadata {
            name      = "web"
            namespace = "shop"
            labels    = { team = "shop" }
          }
          wait_for_rollout = false
          spec {
            replicas = 3
            strategy {
              type = "RollingUpdate"
              rolling_update {
                max_surge       = "25%"
                max_unavailable = "0"
              }
            }
            selector { match_labels = { app = "web" } }
            template {
              metadata {
                labels      = { app = "web" }
                annotations = { "prometheus.io/scrape" = "true" }
              }
              spec {
                host_network                     = true
                host_pid                         = true
                service_account_name             = "shop"
                termination_grace_period_seconds = 45
                node_selector                    = { disk = "ssd" }
                image_pull_secrets { name = "registry" }
                host_aliases {
                  ip        = "10.1.2.3"
                  hostnames = ["db.local"]
                }
                security_context {
                  run_as_non_root = true
                  fs_group        = 2000
                }
                toleration {
                  key      = "gpu"
                  operator = "Exists"
                  effect   = "NoSchedule"
                }
                affinity {
                  node_affinity {
                    required_during_scheduling_ignored_during_execution {
                      node_selector_term {
                        match_expressions {
                          key      = "zone"
                          operator = "In"
                          values   = ["a", "b"]
                        }
                      }
                    }
                  }
                }
                init_container {
                  name    = "wait"
                  image   = "busybox:1.36"
                  command = ["sh", "-c", "sleep 1"]
                }
                container {
                  name              = "web"
                  image             = "example.com/web:1.4"
                  image_pull_policy = "Always"
                  args              = ["serve"]
                  port {
                    name           = "http"
                    container_port = 8080
                    host_port      = 80
                    protocol       = "TCP"
                  }
                  env {
                    name  = "MODE"
                    value = "live"
                  }
                  env {
                    name = "PASSWORD"
                    value_from {
                      secret_key_ref {
                        name = "db"
                        key  = "password"
                      }
                    }
                  }
                  env {
                    name = "NODE"
                    value_from {
                      field_ref { field_path = "spec.nodeName" }
                    }
                  }
                  env_from {
                    prefix = "APP_"
                    config_map_ref {
                      name     = "web"
                      optional = true
                    }
                  }
                  resources {
                    limits   = { cpu = "1", memory = "512Mi" }
                    requests = { cpu = "250m", memory = "256Mi" }
                  }
                  security_context {
                    privileged                 = false
                    allow_privilege_escalation = false
                    read_only_root_filesystem  = true
                    capabilities {
                      add  = ["NET_ADMIN"]
                      drop = ["ALL"]
                    }
                  }
                  liveness_probe {
                    http_get {
                      path = "/live"
                      port = 8080
                      http_header {
                        name  = "X-From"
                        value = "probe"
                      }
                    }
                    initial_delay_seconds = 5
                  }
                  readiness_probe {
                    exec { command = ["cat", "/ready"] }
                  }
                  lifecycle {
                    pre_stop {
                      exec { command = ["sleep", "5"] }
                    }
                  }
                  volume_mount {
                    name       = "data"
                    mount_path = "/data"
                    sub_path   = "web"
                  }
                  volume_mount {
                    name       = "socket"
                    mount_path = "/run/docker.sock"
                    read_only  = true
                  }
                }
                volume {
                  name = "data"
                  persistent_volume_claim { claim_name = "web" }
                }
                volume {
                  name = "socket"
                  host_path {
                    path = "/var/run/docker.sock"
                    type = "Socket"
                  }
                }
                volume {
                  name = "tmp"
                  empty_dir {
                    medium     = "Memory"
                    size_limit = "64Mi"
                  }
                }
                volume {
                  name = "files"
                  config_map {
                    name = "web"
                    items {
                      key  = "a"
                      path = "b"
                    }
                  }
                }
              }
            }
          }
        }
        """
    ),
    KubernetesTwin(
      testDescription: "DaemonSet",
      manifest: """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector: {matchLabels: {app: agent}}
          updateStrategy: {type: OnDelete}
          template:
            metadata: {labels: {app: agent}}
            spec:
              containers: [{name: agent, image: "example.com/agent:1"}]
        """,
      configuration: """
        resource "kubernetes_daemon_set_v1" "agent" {
          metadata { name = "agent" }
          spec {
            selector { match_labels = { app = "agent" } }
            strategy { type = "OnDelete" }
            template {
              metadata { labels = { app = "agent" } }
              spec {
                container {
                  name  = "agent"
                  image = "example.com/agent:1"
                }
              }
            }
          }
        }
        """
    ),
    KubernetesTwin(
      testDescription: "StatefulSet with its claims, and what scales and guards it",
      manifest: """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: store}
        spec:
          serviceName: store
          replicas: 2
          podManagementPolicy: Parallel
          selector: {matchLabels: {app: store}}
          template:
            metadata: {labels: {app: store}}
            spec:
              containers:
              - name: store
                image: example.com/store:1
                volumeMounts: [{name: data, mountPath: /data}]
          volumeClaimTemplates:
          - metadata: {name: data}
            spec:
              accessModes: [ReadWriteOnce]
              storageClassName: fast
              resources: {requests: {storage: 5Gi}}
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: fast}
        provisioner: ebs.csi.aws.com
        reclaimPolicy: Retain
        parameters: {type: gp3}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: store}
        spec:
          minReplicas: 2
          maxReplicas: 6
          scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: store}
          metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: store}
        spec:
          podSelector: {matchLabels: {app: store}}
          policyTypes: [Ingress]
          ingress:
          - ports: [{port: "5432", protocol: TCP}]
            from:
            - podSelector: {matchLabels: {app: web}}
            - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: store}
        spec: {maxUnavailable: "1", selector: {matchLabels: {app: store}}}
        """,
      configuration: """
        resource "kubernetes_stateful_set" "store" {
          metadata { name = "store" }
          spec {
            service_name          = "store"
            replicas              = 2
            pod_management_policy = "Parallel"
            selector { match_labels = { app = "store" } }
            template {
              metadata { labels = { app = "store" } }
              spec {
                container {
                  name  = "store"
                  image = "example.com/store:1"
                  volume_mount {
                    name       = "data"
                    mount_path = "/data"
                  }
                }
              }
            }
            volume_claim_template {
              metadata { name = "data" }
              spec {
                access_modes       = ["ReadWriteOnce"]
                storage_class_name = "fast"
                resources { requests = { storage = "5Gi" } }
              }
            }
          }
        }
        resource "kubernetes_storage_class_v1" "fast" {
          metadata { name = "fast" }
          storage_provisioner = "ebs.csi.aws.com"
          reclaim_policy      = "Retain"
          parameters          = { type = "gp3" }
        }
        resource "kubernetes_horizontal_pod_autoscaler_v2" "store" {
          metadata { name = "store" }
          spec {
            min_replicas = 2
            max_replicas = 6
            scale_target_ref {
              api_version = "apps/v1"
              kind        = "StatefulSet"
              name        = "store"
            }
            metric {
              type = "Resource"
              resource {
                name = "cpu"
                target {
                  type                = "Utilization"
                  average_utilization = 70
                }
              }
            }
          }
        }
        resource "kubernetes_pod_disruption_budget_v1" "store" {
          metadata { name = "store" }
          spec {
            max_unavailable = "1"
            selector { match_labels = { app = "store" } }
          }
        }
        resource "kubernetes_network_policy" "store" {
          metadata { name = "store" }
          spec {
            pod_selector { match_labels = { app = "store" } }
            policy_types = ["Ingress"]
            ingress {
              ports {
                port     = "5432"
                protocol = "TCP"
              }
              from {
                pod_selector { match_labels = { app = "web" } }
              }
              from {
                ip_block {
                  cidr   = "10.0.0.0/8"
                  except = ["10.1.0.0/16"]
                }
              }
            }
          }
        }
        """
    ),
    KubernetesTwin(
      testDescription: "CronJob and Job",
      manifest: """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly}
        spec:
          schedule: 0 3 * * *
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: OnFailure
                  containers: [{name: main, image: "example.com/nightly:1"}]
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate}
        spec:
          parallelism: 2
          ttlSecondsAfterFinished: "600"
          template:
            spec:
              restartPolicy: Never
              containers: [{name: main, image: "example.com/migrate:1"}]
        """,
      configuration: """
        resource "kubernetes_cron_job_v1" "nightly" {
          metadata { name = "nightly" }
          spec {
            schedule           = "0 3 * * *"
            concurrency_policy = "Forbid"
            job_template {
              metadata {}
              spec {
                backoff_limit = 0
                template {
                  metadata {}
                  spec {
                    restart_policy = "OnFailure"
                    container {
                      name  = "main"
                      image = "example.com/nightly:1"
                    }
                  }
                }
              }
            }
          }
        }
        resource "kubernetes_job_v1" "migrate" {
          metadata { name = "migrate" }
          wait_for_completion = true
          spec {
            parallelism                = 2
            ttl_seconds_after_finished = "600"
            template {
              metadata {}
              spec {
                restart_policy = "Never"
                container {
                  name  = "main"
                  image = "example.com/migrate:1"
                }
              }
            }
          }
        }
        """
    ),
    KubernetesTwin(
      testDescription: "Service and Ingress",
      manifest: """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: NodePort
          clusterIP: None
          externalIPs: [203.0.113.5]
          loadBalancerSourceRanges: [10.0.0.0/8]
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, annotations: {kubernetes.io/ingress.class: alb}}
        spec:
          ingressClassName: alb
          tls: [{hosts: [shop.example.com], secretName: shop}]
          rules:
          - host: shop.example.com
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: web, port: {number: 80}}}
        """,
      configuration: """
        resource "kubernetes_service_v1" "web" {
          metadata { name = "web" }
          spec {
            type                        = "NodePort"
            cluster_ip                  = "None"
            external_ips                = ["203.0.113.5"]
            load_balancer_source_ranges = ["10.0.0.0/8"]
            selector                    = { app = "web" }
            port {
              name        = "http"
              port        = 80
              target_port = 8080
              node_port   = 30080
            }
          }
        }
        resource "kubernetes_ingress_v1" "web" {
          metadata {
            name        = "web"
            annotations = { "kubernetes.io/ingress.class" = "alb" }
          }
          spec {
            ingress_class_name = "alb"
            tls {
              hosts       = ["shop.example.com"]
              secret_name = "shop"
            }
            rule {
              host = "shop.example.com"
              http {
                path {
                  path      = "/"
                  path_type = "Prefix"
                  backend {
                    service {
                      name = "web"
                      port { number = 80 }
                    }
                  }
                }
              }
            }
          }
        }
        """
    ),
    KubernetesTwin(
      testDescription: "Settings, secrets and rights",
      manifest: """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web}
        data: {MODE: live, db_host: db.local}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: db}
        type: Opaque
        stringData: {password: correct-horse}
        data: {key: aHVudGVyMg==}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: shop, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/a"}}
        automountServiceAccountToken: false
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: all}
        rules:
        - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}
        - {nonResourceURLs: [/metrics], verbs: [get]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: all}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}
        subjects: [{kind: ServiceAccount, name: shop, namespace: shop}]
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: limits}
        spec:
          limits:
          - {type: Container, default: {cpu: 500m}, defaultRequest: {memory: 64Mi}}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: quota}
        spec: {hard: {pods: 10}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec:
          accessModes: [ReadWriteMany]
          volumeName: data
          resources: {requests: {storage: 1Gi}}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: data}
        spec:
          capacity: {storage: 1Gi}
          accessModes: [ReadWriteMany]
          nfs: {server: nfs.local, path: /data}
        """,
      configuration: """
        resource "kubernetes_config_map" "web" {
          metadata { name = "web" }
          data = {
            MODE    = "live"
            db_host = "db.local"
          }
        }
        resource "kubernetes_secret" "db" {
          metadata { name = "db" }
          type        = "Opaque"
          data        = { password = "correct-horse" }
          binary_data = { key = "aHVudGVyMg==" }
        }
        resource "kubernetes_service_account" "shop" {
          metadata {
            name        = "shop"
            annotations = { "eks.amazonaws.com/role-arn" = "arn:aws:iam::1:role/a" }
          }
          automount_service_account_token = false
        }
        resource "kubernetes_cluster_role" "all" {
          metadata { name = "all" }
          rule {
            api_groups = ["*"]
            resources  = ["*"]
            verbs      = ["*"]
          }
          rule {
            non_resource_urls = ["/metrics"]
            verbs             = ["get"]
          }
        }
        resource "kubernetes_cluster_role_binding" "all" {
          metadata { name = "all" }
          role_ref {
            api_group = "rbac.authorization.k8s.io"
            kind      = "ClusterRole"
            name      = "all"
          }
          subject {
            kind      = "ServiceAccount"
            name      = "shop"
            namespace = "shop"
          }
        }
        resource "kubernetes_limit_range" "limits" {
          metadata { name = "limits" }
          spec {
            limit {
              type            = "Container"
              default         = { cpu = "500m" }
              default_request = { memory = "64Mi" }
            }
          }
        }
        resource "kubernetes_resource_quota" "quota" {
          metadata { name = "quota" }
          spec { hard = { pods = 10 } }
        }
        resource "kubernetes_persistent_volume_claim" "data" {
          metadata { name = "data" }
          wait_until_bound = false
          spec {
            access_modes = ["ReadWriteMany"]
            volume_name  = "data"
            resources { requests = { storage = "1Gi" } }
          }
        }
        resource "kubernetes_persistent_volume" "data" {
          metadata { name = "data" }
          spec {
            capacity     = { storage = "1Gi" }
            access_modes = ["ReadWriteMany"]
            persistent_volume_source {
              nfs {
                server = "nfs.local"
                path   = "/data"
              }
            }
          }
        }
        """
    ),
  ]
}
