internal import Templates
internal import Workloads

/// Secrets of Secrets Manager, and their rotation.
enum ManagedSecretReader: AWSResourceReader {
  static let types = [
    "AWS::SecretsManager::Secret", "aws_secretsmanager_secret",
    "AWS::SecretsManager::RotationSchedule", "aws_secretsmanager_secret_rotation",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    if declared.type.lowercased().contains("rotation") {
      let secret = fields.has("secretId") ? fields["secretId"] : fields["secretArn"]
      reading.add(to: secret, ManagedSecret.kind) { secret in
        secret[ManagedSecret.rotates] = .known(true, declared.origin)
      }
      return
    }
    var secret = reading.make(
      ManagedSecret.kind,
      declared,
      fields,
      names: fields["name"],
      fields["namePrefix"]
    )
    secret[ManagedSecret.store] = .known("secrets-manager", declared.origin)
    // Older providers had the rotation in the secret itself.
    let rotation = fields.object("rotationRules")
    secret[ManagedSecret.rotates] = .known(
      rotation.isStated && fields.has("rotationLambdaArn"),
      declared.origin
    )
    let generated = fields["generateSecretString"]
    secret[ManagedSecret.isGenerated] =
      generated.isNothing ? .known(false, declared.origin) : .known(true, generated.origin)
    SecretValueReader.read(fields["secretString"], declared.origin, into: &secret)
    reading.resources.append(secret)
  }
}

/// The value of a secret that is declared apart from it.
enum SecretValueReader: AWSResourceReader {
  static let types = ["aws_secretsmanager_secret_version"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let value = fields["secretString", "secretBinary", "secretStringWo"]
    if value.isNothing { return }
    var substitute = reading.make(ManagedSecret.kind, declared, AWSFields(.absent()))
    substitute[ManagedSecret.store] = .known("secrets-manager", declared.origin)
    let reason = "the secret is declared elsewhere"
    substitute[ManagedSecret.rotates] = .unknown(reason, declared.origin)
    substitute.tagsUnknown = reason
    reading.add(to: fields["secretId"], ManagedSecret.kind, substitute: substitute) { secret in
      Self.read(value, declared.origin, into: &secret)
    }
  }

  /// Whether a value stands in the file: neither a reference nor something made up on the way.
  static func read(_ value: Datum, _ origin: Origin, into secret: inout Resource) {
    if value.isObject { return readObject(value, into: &secret) }
    switch value.text.state {
    case .absent: secret[ManagedSecret.hasLiteralValue] = .known(false, origin)
    case .known(let text):
      // `{"user":"app","password":"{{resolve:…}}"}`: the secret part is resolved later.
      let isReference = text.contains("{{resolve:")
      secret[ManagedSecret.hasLiteralValue] = .known(!isReference, value.origin)
      if !isReference { secret[ManagedSecret.literalValue] = .known(text, value.origin) }
    case .unknown(let reason):
      // What the platform or a parameter gives is not in the file.
      secret[ManagedSecret.hasLiteralValue] =
        value.gap != nil || !value.references.isEmpty
        ? .known(false, value.origin) : .unknown(reason, value.origin)
    }
  }

  /// The fields of an encoded object: one that says it is secret and is known stands in the file.
  private static func readObject(_ value: Datum, into secret: inout Resource) {
    secret[ManagedSecret.hasLiteralValue] = .known(false, value.origin)
    let words = ["password", "passwd", "pwd", "secret", "token", "key", "credential"]
    for entry in value.entries {
      let name = entry.key.lowercased()
      guard words.contains(where: name.hasSuffix), let text = entry.value.text.known else {
        continue
      }
      secret[ManagedSecret.hasLiteralValue] = .known(true, entry.value.origin)
      secret[ManagedSecret.literalValue] = .known(text, entry.value.origin)
      return
    }
  }
}

/// Parameters of Systems Manager.
enum ParameterReader: AWSResourceReader {
  static let types = ["AWS::SSM::Parameter", "aws_ssm_parameter"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    var parameter = reading.make(Parameter.kind, declared, fields, names: fields["name"])
    parameter[Parameter.parameterType] = fields.text("type")
    parameter[Parameter.value] = fields.text("value", "insecureValue", "valueWo")
    parameter[Parameter.isUsedAsSecret] = .known(false, declared.origin)
    reading.resources.append(parameter)
  }
}
