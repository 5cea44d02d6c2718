import Expressions
import Workloads

/// Functions that rules may call besides those of the language itself.
package struct HostFunctions: Sendable {
  let all: [FunctionDeclaration]

  /// The functions for readers; what they do does not matter there.
  static let declarations = functions(nil)

  package init(detector: SecretDetector) {
    all = Self.functions(detector)
  }

  private static func functions(_ detector: SecretDetector?) -> [FunctionDeclaration] {
    [
      image, quantity, fileName, secretsIn(detector), secretKind(detector), isSecretName(detector),
      billedCPU, billedMemory,
    ] + IAMFunctions.all
  }

  private static let image = FunctionDeclaration(
    name: "image",
    parameters: [.string],
    result: .object(Vocabulary.image.name),
    documentation: "An image's name taken apart: `image(\"redis:7\").tag == \"7\"`."
  ) { arguments in
    guard case .string(let text)? = arguments.first else { return refuse("image", "a text") }
    // With a constant argument, all tasks share the result.
    return .success(Vocabulary.image.sharedValue(ImageReference(text)))
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

  private static func secretKind(_ detector: SecretDetector?) -> FunctionDeclaration {
    FunctionDeclaration(
      name: "secretKind",
      parameters: [.string, .string],
      result: .string,
      documentation: """
        The verdict on a setting, as in `variable.secretKind`: \
        `secretKind(pair.name, pair.value) == "plaintext"`.
        """
    ) { arguments in
      guard let detector, arguments.count == 2, case .string(let name) = arguments[0],
        case .string(let value) = arguments[1]
      else { return refuse("secretKind", "a name and a value") }
      return .success(.string(detector.classify(name: name, value: value).kind.rawValue))
    }
  }

  private static func isSecretName(_ detector: SecretDetector?) -> FunctionDeclaration {
    FunctionDeclaration(
      name: "isSecretName",
      parameters: [.string],
      result: .bool,
      documentation: "Whether settings of this name hold secrets: `isSecretName(\"DB_PASSWORD\")`."
    ) { arguments in
      guard let detector, case .string(let name)? = arguments.first else {
        return refuse("isSecretName", "a name")
      }
      return .success(.bool(detector.isSecretName(name)))
    }
  }

  private static let billedCPU = FunctionDeclaration(
    name: "billedCPU",
    parameters: [.object(Vocabulary.target.name), .double, .int],
    result: .double,
    documentation: """
      The cores of the smallest size that holds so many cores and bytes: \
      `billedCPU(target, 0.3, 1000)`; 0 if none does.
      """
  ) { arguments in
    guard let size = billedSize(arguments) else { return refuse("billedCPU", sizeArguments) }
    return .success(.double(size.cpu))
  }

  private static let billedMemory = FunctionDeclaration(
    name: "billedMemory",
    parameters: [.object(Vocabulary.target.name), .double, .int],
    result: .int,
    documentation: """
      The bytes of the smallest size that holds so many cores and bytes: \
      `billedMemory(target, 0.3, 1000)`; 0 if none does.
      """
  ) { arguments in
    guard let size = billedSize(arguments) else { return refuse("billedMemory", sizeArguments) }
    return .success(.int(Int64(size.memory)))
  }

  private static let sizeArguments = "a target, cores and bytes"

  /// The smallest size that holds cores and bytes; zeros if there is none, nil for wrong arguments.
  private static func billedSize(_ arguments: [ExpressionValue]) -> (cpu: Double, memory: Int)? {
    guard arguments.count == 3, case .object(let object) = arguments[0],
      let target = (object as? ModelObject<Target>)?.root, case .double(let cpu) = arguments[1],
      case .int(let memory) = arguments[2]
    else { return nil }
    guard let size = target.smallestSize(cpu: cpu, memory: Int(memory)) else { return (0, 0) }
    return (size.cpu, size.memory)
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
