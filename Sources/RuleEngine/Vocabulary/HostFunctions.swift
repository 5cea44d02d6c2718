import Expressions
import Workloads

/// Functions that rules may call besides those of the language itself.
package struct HostFunctions: Sendable {
  let all: [FunctionDeclaration]

  /// The functions for readers; what they do does not matter there.
  static let declarations: [FunctionDeclaration] = [image, quantity, fileName, secretsIn(nil)]

  package init(detector: SecretDetector) {
    all = [Self.image, Self.quantity, Self.fileName, Self.secretsIn(detector)]
  }

  private static let image = FunctionDeclaration(
    name: "image",
    parameters: [.string],
    result: .object(Vocabulary.image.name),
    documentation: "An image's name taken apart: `image(\"redis:7\").tag == \"7\"`."
  ) { arguments in
    guard case .string(let text)? = arguments.first else { return refuse("image", "a text") }
    return .success(Vocabulary.image.value(ImageReference(text), .none))
  }

  private static let quantity = FunctionDeclaration(
    name: "quantity",
    parameters: [.string],
    result: .double,
    documentation: "A Kubernetes quantity as a number: `quantity(\"512Mi\")` is 536870912.0."
  ) { arguments in
    guard case .string(let text)? = arguments.first, let number = parseQuantity(text) else {
      return refuse("quantity", "a number with an optional unit such as m, k, Mi or Gi")
    }
    return .success(.double(number))
  }

  private static let fileName = FunctionDeclaration(
    name: "fileName",
    parameters: [.string],
    result: .string,
    documentation: "The last part of a path: `fileName(\"/etc/app.conf\")` is \"app.conf\"."
  ) { arguments in
    guard case .string(let text)? = arguments.first else { return refuse("fileName", "a text") }
    let parts = text.split(whereSeparator: { $0 == "/" || $0 == "\\" })
    return .success(.string(parts.last.map(String.init) ?? ""))
  }

  private static func secretsIn(_ detector: SecretDetector?) -> FunctionDeclaration {
    FunctionDeclaration(
      name: "secretsIn",
      parameters: [.string],
      result: .list(.string),
      documentation: """
        What kinds of secrets a command line or text holds, in words: \
        `secretsIn("curl -u me:pass …")`; never the secrets themselves.
        """
    ) { arguments in
      guard let detector, case .string(let text)? = arguments.first else {
        return refuse("secretsIn", "a text")
      }
      return .success(.strings(detector.classifyText(text).map(\.label)))
    }
  }

  private static func refuse(
    _ name: String,
    _ wanted: String
  ) -> Result<ExpressionValue, EvaluationError> {
    .failure(EvaluationError(.invalidArgument, "\(name)() wants \(wanted)"))
  }

  /// Reads `100m`, `1.5`, `512Mi`, `2G`, `1e3`; `nil` for anything else.
  static func parseQuantity(_ text: String) -> Double? {
    let suffixes: [(String, Double)] = [
      ("Ki", 1024), ("Mi", 1_048_576), ("Gi", 1_073_741_824), ("Ti", 1_099_511_627_776),
      ("Pi", 1_125_899_906_842_624), ("Ei", 1_152_921_504_606_846_976), ("n", 1e-9), ("u", 1e-6),
      ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18),
    ]
    for (suffix, factor) in suffixes where text.hasSuffix(suffix) {
      return Double(text.dropLast(suffix.count)).map { $0 * factor }
    }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
