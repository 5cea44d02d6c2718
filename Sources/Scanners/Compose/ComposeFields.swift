internal import DocumentTrees

/// The fields that a Compose service can have, to tell Compose from other files with `services`.
enum ComposeFields {
  /// Whether the value of `services` is that of Compose and not, say, of a PHP framework.
  static func areServices(_ node: Node) -> Bool {
    if node.isNull { return true }
    guard node.isMapping else { return false }
    if node.count == 0 { return true }
    return node.entries.contains { entry in
      entry.value.entries.contains { service.contains($0.key.text) }
    }
  }

  /// Whether every field of a mapping is one of a service.
  static func isService(_ node: Node) -> Bool {
    node.entries.allSatisfy {
      service.contains($0.key.text) || legacy.contains($0.key.text)
        || $0.key.text.hasPrefix("x-")
    }
  }

  private static let legacy: Set = [
    "cpuset", "dockerfile", "log_driver", "log_opt", "net", "volume_driver",
  ]

  private static let service: Set = [
    "annotations", "attach", "blkio_config", "build", "cap_add", "cap_drop", "cgroup",
    "cgroup_parent", "command", "configs", "container_name", "cpu_count", "cpu_percent",
    "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpus", "cpuset",
    "credential_spec", "depends_on", "deploy", "develop", "device_cgroup_rules", "devices", "dns",
    "dns_opt", "dns_search", "domainname", "entrypoint", "env_file", "environment", "expose",
    "extends", "external_links", "extra_hosts", "gpus", "group_add", "healthcheck", "hostname",
    "image", "init", "ipc", "isolation", "label_file", "labels", "links", "logging",
    "mac_address", "mem_limit", "mem_reservation", "mem_swappiness", "memswap_limit", "models",
    "network_mode", "networks", "oom_kill_disable", "oom_score_adj", "pid", "pids_limit",
    "platform", "ports", "post_start", "pre_stop", "privileged", "profiles", "provider",
    "pull_policy", "pull_refresh_after", "read_only", "restart", "runtime", "scale", "secrets",
    "security_opt", "shm_size", "stdin_open", "stop_grace_period", "stop_signal", "storage_opt",
    "sysctls", "tmpfs", "tty", "ulimits", "use_api_socket", "user", "userns_mode", "uts",
    "volumes", "volumes_from", "working_dir",
  ]
}
