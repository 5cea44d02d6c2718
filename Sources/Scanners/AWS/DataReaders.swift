internal import Templates
internal import Workloads

/// EFS file systems and their access points.
enum FileSystemReader: AWSResourceReader {
  static let types = [
    "AWS::EFS::FileSystem", "aws_efs_file_system", "AWS::EFS::AccessPoint", "aws_efs_access_point",
    "AWS::FSx::FileSystem", "aws_fsx_windows_file_system",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    if declared.type == "AWS::EFS::AccessPoint" || declared.type == "aws_efs_access_point" {
      if let link = fields["fileSystemId"].link("file-system", kind: FileSystem.kind) {
        reading.aliases[declared.address] = link
      }
      return
    }
    let tags = declared.type == "AWS::EFS::FileSystem" ? fields["fileSystemTags"] : .absent()
    var system = reading.make(FileSystem.kind, declared, fields, names: fields["creationToken"])
    if !tags.isNothing {
      (system.tags, system.tagsUnknown) = AWSTags.all(tags, inherited: declared.inheritedTags)
    }
    let isElastic = declared.type.lowercased().contains("efs")
    system[FileSystem.type] = .known(isElastic ? "efs" : "fsx", declared.origin)
    let encrypted = fields.flag("encrypted")
    // FSx always encrypts; EFS only when asked to.
    system[FileSystem.isEncrypted] =
      encrypted.isAbsent ? .known(!isElastic, declared.origin) : encrypted
    system.link("security-group", fields["securityGroupIds"], kind: SecurityGroup.kind)
    reading.resources.append(system)
  }
}

/// Where an EFS file system is reached in a network.
enum MountTargetReader: AWSResourceReader {
  static let types = ["AWS::EFS::MountTarget", "aws_efs_mount_target"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let groups = fields["securityGroups"]
    reading.add(to: fields["fileSystemId"], FileSystem.kind) { system in
      system.link("security-group", groups, kind: SecurityGroup.kind)
    }
  }
}

/// Managed databases, caches, brokers and search engines.
enum DatabaseReader: AWSResourceReader {
  static let types = Array(engines.keys)

  /// The engine of each type; empty if the resource states it.
  private static let engines: [String: String] = [
    "AWS::RDS::DBInstance": "", "aws_db_instance": "",
    "AWS::RDS::DBCluster": "", "aws_rds_cluster": "",
    "AWS::ElastiCache::CacheCluster": "", "aws_elasticache_cluster": "",
    "AWS::ElastiCache::ReplicationGroup": "redis", "aws_elasticache_replication_group": "redis",
    "AWS::ElastiCache::ServerlessCache": "", "aws_elasticache_serverless_cache": "",
    "AWS::MemoryDB::Cluster": "redis", "aws_memorydb_cluster": "redis",
    "AWS::AmazonMQ::Broker": "", "aws_mq_broker": "",
    "AWS::MSK::Cluster": "kafka", "aws_msk_cluster": "kafka",
    "AWS::MSK::ServerlessCluster": "kafka", "aws_msk_serverless_cluster": "kafka",
    "AWS::DocDB::DBCluster": "docdb", "aws_docdb_cluster": "docdb",
    "AWS::Neptune::DBCluster": "neptune", "aws_neptune_cluster": "neptune",
    "AWS::OpenSearchService::Domain": "opensearch", "aws_opensearch_domain": "opensearch",
    "AWS::Elasticsearch::Domain": "elasticsearch", "aws_elasticsearch_domain": "elasticsearch",
    "AWS::DynamoDB::Table": "dynamodb", "aws_dynamodb_table": "dynamodb",
    "AWS::DynamoDB::GlobalTable": "dynamodb", "aws_dynamodb_global_table": "dynamodb",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    var database = reading.make(
      Database.kind,
      declared,
      fields,
      names: fields[
        "dbInstanceIdentifier",
        "identifier",
        "dbClusterIdentifier",
        "clusterIdentifier"
      ],
      fields["clusterId", "clusterName", "brokerName", "domainName", "tableName", "name"]
    )
    let stated = fields.text("engine", "engineType").map { $0.lowercased() }
    let own = engines[declared.type] ?? ""
    database[Database.engine] =
      stated.isAbsent && !own.isEmpty ? .known(own, declared.origin) : stated
    database[Database.isPublic] = isPublic(fields, declared)
    database[Database.isEncrypted] = isEncrypted(fields, declared)
    let manages = fields.flag("manageMasterUserPassword")
    if fields.has("manageMasterUserPassword") { database[Database.managesPassword] = manages }
    let groups = [
      "vpcSecurityGroups", "vpcSecurityGroupIds", "securityGroupIds", "securityGroups",
      "cacheSecurityGroupNames",
    ]
    for name in groups {
      database.link("security-group", fields[name], kind: SecurityGroup.kind)
    }
    let nested = ["vpcOptions", "vpcConfig", "brokerNodeGroupInfo"]
    for name in nested where fields.has(name) {
      let object = fields.object(name)
      database.link("security-group", object["securityGroupIds"], kind: SecurityGroup.kind)
      database.link("security-group", object["securityGroups"], kind: SecurityGroup.kind)
    }
    reading.resources.append(database)
  }

  private static func isPublic(_ fields: AWSFields, _ declared: DeclaredResource) -> Value<Bool> {
    let flag = fields.flag("publiclyAccessible")
    return fields.has("publiclyAccessible") ? flag : .absent
  }

  private static func isEncrypted(
    _ fields: AWSFields,
    _ declared: DeclaredResource
  ) -> Value<Bool> {
    // What the cluster says holds for its members.
    let isMember = ["AWS::RDS::DBInstance", "AWS::DocDB::DBInstance"].contains(declared.type)
    if isMember, fields.has("dbClusterIdentifier") { return .absent }
    for name in ["storageEncrypted", "atRestEncryptionEnabled"] where fields.has(name) {
      return fields.flag(name)
    }
    let atRest = fields.object("encryptionAtRestOptions", "encryptAtRest")
    if atRest.has("enabled") { return atRest.flag("enabled") }
    // They encrypt whatever is stated.
    let always = ["dynamodb", "msk", "amazonmq", "awsmqbroker", "memorydb", "serverlesscache"]
    let type = AWSFields.plain(declared.type)
    if always.contains(where: type.contains) { return .known(true, declared.origin) }
    // A copy of another database takes over its encryption.
    let copies = [
      "snapshotIdentifier", "dbSnapshotIdentifier", "sourceDBInstanceIdentifier",
      "replicateSourceDb",
    ]
    if copies.contains(where: fields.has) {
      return .unknown("the source decides about encryption", declared.origin)
    }
    return .known(false, declared.origin)
  }
}
