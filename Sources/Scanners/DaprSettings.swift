import Templates
import Workloads

extension Resource {
  /// Keeps a setting of a Dapr component, with the value if it is not only referred to.
  mutating func addSetting(_ setting: Datum, value: Value<String>) {
    guard let name = setting["name"].string.known, !value.isAbsent else { return }
    var part = self.part(DaprSetting.kind, name: name, type: "metadata", origin: setting.origin)
    part[DaprSetting.value] = value
    parts.append(part)
  }
}
