internal import Templates
internal import Workloads

/// Access keys of users, which are valid until somebody takes them away.
enum AccessKeyReader: AWSResourceReader {
  static let types = ["AWS::IAM::AccessKey", "aws_iam_access_key"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    reading.add(to: AWSFields(declared.properties)["userName", "user"], Role.kind) { user in
      user[Role.hasAccessKey] = .known(true, declared.origin)
    }
  }
}
