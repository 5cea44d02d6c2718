import Templates
import Workloads

/// The fields that Kubernetes has, and what keeps those without a place of their own.
enum PodFields {
  /// Keeps a value as texts, by the format's own path; an element of a list each.
  static func addSettings(
    _ name: String,
    _ value: Datum,
    to settings: inout [NamedValue],
    depth: Int = 0
  ) {
    guard !value.isNothing, settings.count < 500, depth < 12 else { return }
    if value.isObject {
      for entry in value.entries {
        addSettings("\(name).\(entry.key)", entry.value, to: &settings, depth: depth + 1)
      }
    } else if value.isList {
      for element in value.elements {
        addSettings(name, element, to: &settings, depth: depth + 1)
      }
    } else {
      settings.append(NamedValue(name, value.settled, value.origin))
    }
  }

  static let pod: Set<String> = [
    "activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "containers", "dnsConfig",
    "dnsPolicy", "enableServiceLinks", "ephemeralContainers", "hostAliases", "hostIPC",
    "hostNetwork", "hostPID", "hostUsers", "hostname", "hostnameOverride", "imagePullSecrets",
    "initContainers", "nodeName", "nodeSelector", "os", "overhead", "preemptionPolicy", "priority",
    "priorityClassName", "readinessGates", "resourceClaims", "resources", "restartPolicy",
    "runtimeClassName", "schedulerName", "schedulingGates", "securityContext", "serviceAccount",
    "serviceAccountName", "setHostnameAsFQDN", "shareProcessNamespace", "subdomain",
    "terminationGracePeriodSeconds", "tolerations", "topologySpreadConstraints", "volumes",
    "workloadRef",
    // Knative puts these beside a pod's own.
    "containerConcurrency", "timeoutSeconds", "idleTimeoutSeconds", "responseStartTimeoutSeconds",
  ]

  static let container: Set<String> = [
    "args", "command", "env", "envFrom", "image", "imagePullPolicy", "lifecycle", "livenessProbe",
    "name", "ports", "readinessProbe", "resizePolicy", "resources", "restartPolicy",
    "restartPolicyRules", "securityContext", "startupProbe", "stdin", "stdinOnce",
    "targetContainerName", "terminationMessagePath", "terminationMessagePolicy", "tty",
    "volumeDevices", "volumeMounts", "workingDir",
  ]

  static let port: Set<String> = ["containerPort", "hostIP", "hostPort", "name", "protocol"]

  static let probe: Set<String> = [
    "exec", "failureThreshold", "grpc", "httpGet", "initialDelaySeconds", "periodSeconds",
    "successThreshold", "tcpSocket", "terminationGracePeriodSeconds", "timeoutSeconds",
  ]

  static let variable: Set<String> = ["name", "value", "valueFrom"]

  static let containerSecurity: Set<String> = [
    "allowPrivilegeEscalation", "appArmorProfile", "capabilities", "privileged", "procMount",
    "readOnlyRootFilesystem", "runAsGroup", "runAsNonRoot", "runAsUser", "seLinuxOptions",
    "seccompProfile", "windowsOptions",
  ]

  static let podSecurity: Set<String> = [
    "appArmorProfile", "fsGroup", "fsGroupChangePolicy", "runAsGroup", "runAsNonRoot", "runAsUser",
    "seLinuxChangePolicy", "seLinuxOptions", "seccompProfile", "supplementalGroups",
    "supplementalGroupsPolicy", "sysctls", "windowsOptions",
  ]

  static let mount: Set<String> = [
    "mountPath", "mountPropagation", "name", "readOnly", "recursiveReadOnly", "subPath",
    "subPathExpr",
  ]

  static let resources: Set<String> = ["claims", "limits", "requests"]
}
