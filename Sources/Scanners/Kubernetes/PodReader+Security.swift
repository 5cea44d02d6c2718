import DocumentTrees
import Templates
import Workloads

/// What containers may do: their own settings over those of the pod.
extension PodReader {
  mutating func readSecurity(_ body: Datum, _ container: inout Container) {
    let pod = spec["securityContext"]
    func either(_ field: String) -> Datum { body[field].isNothing ? pod[field] : body[field] }
    readUser(either("runAsUser"), either("runAsGroup"), &container)
    container.mustRunAsNonRoot = either("runAsNonRoot").flag
    for group in pod["supplementalGroups"].elements { container.groups.append(group.settled) }
    let ownership = pod["fsGroup"].settled
    if !ownership.isAbsent { container.groups.append(ownership) }
    container.privileged = body["privileged"].flag
    container.allowPrivilegeEscalation = body["allowPrivilegeEscalation"].flag
    container.readOnlyRootFilesystem = body["readOnlyRootFilesystem"].flag
    container.addedCapabilities = body["capabilities"]["add"].settledList
    container.droppedCapabilities = body["capabilities"]["drop"].settledList
    let process = body["procMount"].settled
    if let text = process.known, text != "Default" {
      container.securityOptions.append(process.map { "procMount=\($0)" })
    }
    readProfile("seccomp", either("seccompProfile"), &container)
    readProfile("apparmor", either("appArmorProfile"), &container)
    readOldProfiles(&container)
    for option in either("seLinuxOptions").entries {
      container.securityOptions.append(
        option.value.settled.map { "seLinuxOptions.\(option.key)=\($0)" }
      )
    }
    readWindows(either("windowsOptions"), &container)
    checkFields(body, PodFields.containerSecurity, "A container's securityContext")
  }

  private func readUser(_ user: Datum, _ group: Datum, _ container: inout Container) {
    let number = user.settled
    guard let text = number.known, let group = group.settled.known else {
      container.user = number
      return
    }
    container.user = .known("\(text):\(group)", number.origin)
  }

  private func readProfile(_ name: String, _ profile: Datum, _ container: inout Container) {
    let type = profile["type"].settled
    switch type.known {
    case nil:
      if !type.isAbsent { container.securityOptions.append(type) }
    case "RuntimeDefault":
      container.settings.append(NamedValue("securityContext.\(name)Profile", type, type.origin))
    case "Localhost":
      let file = profile["localhostProfile"].settled.known ?? ""
      container.securityOptions.append(type.map { _ in "\(name)=localhost/\(file)" })
    default:
      container.securityOptions.append(type.map { "\(name)=\($0.lowercased())" })
    }
  }

  /// Profiles as annotations, before there were fields for them.
  private func readOldProfiles(_ container: inout Container) {
    let annotations = metadata["annotations"]
    let own = "container.seccomp.security.alpha.kubernetes.io/\(container.name)"
    let found = [
      ("apparmor", annotations["container.apparmor.security.beta.kubernetes.io/\(container.name)"]),
      ("seccomp", annotations.first(own, "seccomp.security.alpha.kubernetes.io/pod")),
    ]
    for (name, value) in found {
      let text = value.settled
      guard let profile = text.known else { continue }
      if profile == "runtime/default" || profile == "docker/default" {
        container.settings.append(NamedValue("securityContext.\(name)Profile", text, text.origin))
      } else {
        container.securityOptions.append(text.map { "\(name)=\($0)" })
      }
    }
  }

  private func readWindows(_ options: Datum, _ container: inout Container) {
    let user = options["runAsUserName"].settled
    if !user.isAbsent { container.user = user }
    if options["hostProcess"].flag.known == true {
      // A process of the node itself is more than privileged.
      container.privileged = options["hostProcess"].flag
    }
    for field in ["gmsaCredentialSpecName", "gmsaCredentialSpec"] {
      PodFields.addSettings(
        "securityContext.windowsOptions.\(field)",
        options[field],
        to: &container.settings
      )
    }
  }

  /// What the pod as a whole asks for.
  mutating func readPodSecurity() {
    let pod = spec["securityContext"]
    for field in ["fsGroup", "fsGroupChangePolicy", "supplementalGroupsPolicy"] {
      PodFields.addSettings("securityContext.\(field)", pod[field], to: &workload.settings)
    }
    checkFields(pod, PodFields.podSecurity, "A pod's securityContext")
    var sysctls = pod["sysctls"].elements.compactMap { element in
      element["name"].settled.known.map {
        NamedValue($0, element["value"].settled, element.origin)
      }
    }
    for name in ["sysctls", "unsafe-sysctls"] {
      let old = metadata["annotations"]["security.alpha.kubernetes.io/\(name)"]
      for pair in old.settled.known?.split(separator: ",") ?? [] {
        let parts = pair.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { continue }
        sysctls.append(NamedValue(String(parts[0]), .known(String(parts[1])), old.origin))
      }
    }
    // They hold for the pod: named once, at the first container that stays.
    guard !sysctls.isEmpty,
      let first = workload.containers.firstIndex(where: { $0.role == .main })
    else { return }
    workload.containers[first].sysctls = sysctls
  }
}
