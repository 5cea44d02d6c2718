import DocumentTrees
import Workloads

extension HCLFunctions {
  static let conversions: [String: HCLFunction] = [
    "tostring": conversion(.string),
    "tonumber": conversion(.number),
    "tobool": conversion(.flag),
    "tolist": conversion(.list(.any)),
    "toset": conversion(.set(.any)),
    "tomap": conversion(.map(.any)),
    "sensitive": .init(1...1, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      call.arguments[0].marked()
    },
    "nonsensitive": .init(1...1, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      var value = call.arguments[0]
      value.isSensitive = false
      return value
    },
    "issensitive": .init(1...1, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      call.result(call.arguments[0].isSensitive)
    },
    "ephemeralasnull": .init(1...1, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      call.arguments[0]
    },
    "type": .init(1...1, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      call.unknown("types are no values")
    },
  ]

  /// Functions whose results nobody can know beforehand, each with the reason.
  static let more: [String: HCLFunction] = [
    "timestamp": unknowable("it is the time of the run"),
    "plantimestamp": unknowable("it is the time of the run"),
    "uuid": unknowable("it is made anew in each run"),
    "bcrypt": unknowable("it is made anew in each run"),
    "rsadecrypt": unknowable("secrets are not decrypted here"),
    "provider::terraform::encode_tfvars": unknowable("it is a function of a provider"),
  ]

  static func unknowable(_ reason: String) -> HCLFunction {
    .init(0...any, .accepted, takesNull: true) { (call) throws(HCLFailure) in call.unknown(reason) }
  }

  private static func conversion(_ type: TerraformType) -> HCLFunction {
    .init(1...1, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      var result = try type.convert(call.arguments[0], call.evaluator)
      result.origin = call.evaluator.passed(result, call.range).origin
      return result
    }
  }
}
