internal import Templates
internal import Workloads

/// An image in a registry of one's own, whose account or name is known only once deployed.
///
/// `${aws_ecr_repository.web.repository_url}:1.2` is an image that nobody else can change, whatever
/// the account is; that is enough to judge it as any other image that cannot be looked into.
enum RegistryImage {
  /// The image with `…` for what is not known; nil if not even the kind of registry is.
  static func of(_ parts: [TextPart]) -> ImageReference? {
    var text = ""
    var unknownTag: String?
    for (index, part) in parts.enumerated() {
      switch part {
      case .text(let known): text += known
      case .gap(let gap):
        if isInTag(text) {
          unknownTag = gap.reason
          text += "…"
        } else if text.contains("/") {
          return nil
        } else {
          text += text.isEmpty ? host(gap.reference, before: parts[(index + 1)...]) : "…"
        }
      }
    }
    guard let host = text.split(separator: "/").first,
      host.contains(".azurecr.") || host.contains(".dkr.ecr.")
    else { return nil }
    var image = ImageReference(text)
    if let unknownTag {
      image.tag = ""
      image.unknownTag = unknownTag
    }
    return image
  }

  private static func isInTag(_ text: String) -> Bool {
    guard text.contains("/"), let last = text.split(separator: "/").last else { return false }
    return last.contains(":") || last.contains("@")
  }

  /// What a reference to a registry or to a repository stands for at the beginning of an image.
  private static func host(
    _ reference: DatumReference?,
    before rest: ArraySlice<TextPart>
  ) -> String {
    switch reference?.attribute.lowercased() {
    case let attribute? where attribute.hasSuffix("loginserver"): "….azurecr.io"
    case "login_server": "….azurecr.io"
    case "repository_url", "repositoryuri":
      // The repository's name comes behind it where that is known.
      if case .text(let next)? = rest.first, next.hasPrefix("/") {
        "….dkr.ecr.….amazonaws.com"
      } else {
        "….dkr.ecr.….amazonaws.com/…"
      }
    default: "…"
    }
  }
}
