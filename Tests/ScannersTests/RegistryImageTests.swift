import Templates
import Testing
import Workloads

@testable import Scanners

/// Images of registries whose host is known only once they are there.
@Suite struct RegistryImageTests {
  private static func gap(_ attribute: String = "", _ reason: String = "later") -> TextPart {
    .gap(
      Gap(reason, reference: attribute.isEmpty ? nil : DatumReference("#r", attribute: attribute))
    )
  }

  static let cases: [([TextPart], String?)] = [
    ([gap("repository_url"), .text(":1.2")], "….dkr.ecr.….amazonaws.com/…:1.2"),
    (
      [gap("repository_url"), .text("/shop/web:latest")],
      "….dkr.ecr.….amazonaws.com/shop/web:latest"
    ),
    ([gap("RepositoryUri"), .text(":"), gap()], "….dkr.ecr.….amazonaws.com/…"),
    (
      [gap(), .text(".dkr.ecr."), gap(), .text(".amazonaws.com/web:3")],
      "….dkr.ecr.….amazonaws.com/web:3"
    ),
    ([gap("properties.loginServer"), .text("/web:3")], "….azurecr.io/web:3"),
    ([gap("login_server"), .text("/web:"), gap("", "TAG")], "….azurecr.io/web"),
    ([.text("shop.azurecr.io/"), gap(), .text(":1")], nil),
    ([gap(), .text("/web:1")], nil),
    ([gap()], nil),
  ]

  @Test(arguments: cases)
  func keepsWhatIsKnown(parts: [TextPart], expected: String?) {
    let image = RegistryImage.of(parts)
    let text = image.map { $0.tag.isEmpty ? $0.nameWithoutTag : "\($0.nameWithoutTag):\($0.tag)" }
    #expect(text == expected)
    if case .gap(let gap)? = parts.last, image != nil { #expect(image?.unknownTag == gap.reason) }
  }
}

extension ImageReference {
  fileprivate var nameWithoutTag: String { "\(registry)/\(repository)" }
}
