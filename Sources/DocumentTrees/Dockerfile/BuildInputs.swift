/// What a build is given beside its Dockerfile.
package struct BuildInputs: Hashable, Sendable {
  /// The value of a `--build-arg`, or of `build.args` in a Compose file.
  package enum Argument: Hashable, Sendable {
    case known(String)
    case unknown(reason: String)
  }

  /// `os/architecture[/variant]`.
  package struct Platform: Hashable, Sendable {
    package var os: String
    package var architecture: String
    package var variant: String

    package init(os: String, architecture: String, variant: String = "") {
      self.os = os
      self.architecture = architecture
      self.variant = variant
    }

    package var text: String {
      variant.isEmpty ? "\(os)/\(architecture)" : "\(os)/\(architecture)/\(variant)"
    }
  }

  package var arguments: [String: Argument]
  package var targetPlatform: Platform?
  package var buildPlatform: Platform?

  package init(
    arguments: [String: Argument] = [:],
    targetPlatform: Platform? = nil,
    buildPlatform: Platform? = nil
  ) {
    self.arguments = arguments
    self.targetPlatform = targetPlatform
    self.buildPlatform = buildPlatform
  }

  /// Arguments that RUN sees without an ARG instruction and that do not stay in the image.
  package static let proxyArguments: Set<String> = [
    "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy",
    "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy",
  ]

  /// The arguments BuildKit itself sets before the first FROM.
  func predefined(target: String?) -> [String: VariableScope.Value] {
    var values: [String: VariableScope.Value] = [
      "TARGETSTAGE": .set(ExpandedText(target ?? "default"))
    ]
    for (prefix, platform) in [("TARGET", targetPlatform), ("BUILD", buildPlatform)] {
      let parts: [(String, KeyPath<Platform, String>)] = [
        ("PLATFORM", \.text), ("OS", \.os), ("ARCH", \.architecture), ("VARIANT", \.variant),
      ]
      for (suffix, path) in parts {
        values[prefix + suffix] =
          platform.map { .set(ExpandedText($0[keyPath: path])) }
          ?? .unknown(reason: "\(prefix + suffix) depends on the platform of the build")
      }
    }
    return values
  }

  /// The value given for an argument, which wins over its default.
  func value(of name: String) -> VariableScope.Value? {
    switch arguments[name] {
    case nil: return nil
    case .known(let text):
      var value = ExpandedText(text)
      value.buildArguments = [name]
      return .set(value)
    case .unknown(let reason):
      var value = ExpandedText(unknown: reason)
      value.buildArguments = [name]
      return .set(value)
    }
  }
}
