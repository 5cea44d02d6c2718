internal import Templates
internal import Workloads

/// Log groups of CloudWatch.
enum LogGroupReader: AWSResourceReader {
  static let types = ["AWS::Logs::LogGroup", "aws_cloudwatch_log_group"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let name = fields["logGroupName", "name"]
    var group = reading.make(LogGroup.kind, declared, fields, names: name)
    // Terraform writes 0 for "for ever".
    group[LogGroup.retentionDays] = fields.positive("retentionInDays")
    let key = fields["kmsKeyId"]
    group[LogGroup.isEncrypted] =
      key.isNothing || key.text.isAbsent
      ? .known(false, declared.origin) : .known(true, key.origin)
    reading.resources.append(group)
  }
}
