import DocumentTrees
import Templates
import Testing
import Workloads

/// `terraform show -json` of plans and states, as its documentation describes the format.
@Suite struct TerraformPlanTests {
  private static func read(_ json: String) throws -> Deployment {
    let root = try #require(try JSONReader.document(in: json).root)
    #expect(TerraformPlan.recognizes(root))
    return TerraformPlan.read(root, in: "infra/plan.json")
  }

  private static func resource(_ address: String, _ deployment: Deployment) -> DeclaredResource? {
    deployment.resources.first { $0.address == "infra#\(address)" }
  }

  private static let plan = """
    {
      "format_version": "1.2", "terraform_version": "1.9.5",
      "variables": {"password": {"value": "hunter2"}, "env": {"value": "live"}},
      "planned_values": {"root_module": {
        "resources": [
          {"address": "aws_ecs_cluster.main", "mode": "managed", "type": "aws_ecs_cluster",
           "name": "main", "values": {"name": "shop", "tags": {"team": "a"},
             "tags_all": {"team": "a", "cost": "b"}},
           "sensitive_values": {"tags": {}, "tags_all": {}}},
          {"address": "aws_ecs_service.web[0]", "mode": "managed", "type": "aws_ecs_service",
           "name": "web", "index": 0,
           "values": {"name": "web-0", "desired_count": 2,
             "network_configuration": [{"assign_public_ip": false}]},
           "sensitive_values": {"network_configuration": [{"subnets": []}]}},
          {"address": "aws_ecs_service.web[1]", "mode": "managed", "type": "aws_ecs_service",
           "name": "web", "index": 1, "values": {"name": "web-1"}, "sensitive_values": {}},
          {"address": "data.aws_region.here", "mode": "data", "type": "aws_region",
           "name": "here", "values": {"name": "eu-west-1"}, "sensitive_values": {}}
        ],
        "child_modules": [
          {"address": "module.db[\\"main\\"]",
           "resources": [
             {"address": "module.db[\\"main\\"].aws_db_instance.this", "mode": "managed",
              "type": "aws_db_instance", "name": "this",
              "values": {"engine": "postgres", "password": "hunter2",
                "nested": [{"key": "open", "value": "secret"}]},
              "sensitive_values": {"password": true, "nested": [{"value": true}]}}
           ],
           "child_modules": [
             {"address": "module.db[\\"main\\"].module.logs",
              "resources": [
                {"address": "module.db[\\"main\\"].module.logs.aws_cloudwatch_log_group.this[\\"a.b\\"]",
                 "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "this",
                 "index": "a.b", "values": {"retention_in_days": 30}, "sensitive_values": {}}
              ]}
           ]}
        ]
      }},
      "resource_changes": [
        {"address": "aws_ecs_service.web[0]", "mode": "managed", "type": "aws_ecs_service",
         "name": "web", "index": 0, "change": {"actions": ["create"], "before": null,
           "after": {"name": "web-0"},
           "after_unknown": {"id": true, "cluster": true, "task_definition": true,
             "network_configuration": [{"subnets": true}]}}},
        {"address": "module.db[\\"main\\"].aws_db_instance.this", "mode": "managed",
         "type": "aws_db_instance", "name": "this", "change": {"actions": ["create"],
           "before": null, "after": {}, "after_unknown": {"kms_key_id": true}}},
        {"address": "aws_old.gone", "mode": "managed", "type": "aws_old", "name": "gone",
         "change": {"actions": ["delete"], "before": {}, "after": null, "after_unknown": {}}}
      ],
      "configuration": {"root_module": {
        "resources": [
          {"address": "aws_ecs_service.web", "mode": "managed", "type": "aws_ecs_service",
           "name": "web", "expressions": {
             "cluster": {"references": ["aws_ecs_cluster.main.id", "aws_ecs_cluster.main"]},
             "task_definition": {"references": ["module.task.arn", "module.task"]}}}
        ],
        "module_calls": {"db": {"source": "./db", "module": {"resources": [
          {"address": "aws_db_instance.this", "mode": "managed", "type": "aws_db_instance",
           "name": "this", "expressions": {
             "kms_key_id": {"references": ["aws_kms_key.db.arn", "aws_kms_key.db"]}}}
        ]}}},
        "variables": {"password": {"sensitive": true}, "env": {}}
      }}
    }
    """

  @Test func resourcesOfAllModulesAreReadByTheirAddress() throws {
    let plan = try Self.read(Self.plan)
    #expect(
      plan.resources.map(\.address) == [
        "infra#aws_ecs_cluster.main", "infra#aws_ecs_service.web[0]",
        "infra#aws_ecs_service.web[1]", "infra#module.db[\"main\"].aws_db_instance.this",
        "infra#module.db[\"main\"].module.logs.aws_cloudwatch_log_group.this[\"a.b\"]",
      ]
    )
    #expect(plan.resources.map(\.name) == ["main", "web[0]", "web[1]", "this", "this[\"a.b\"]"])
    #expect(plan.files == ["infra/plan.json"])
  }

  @Test func valuesHaveTheirPlaces() throws {
    let plan = try Self.read(Self.plan)
    let service = try #require(Self.resource("aws_ecs_service.web[0]", plan))
    #expect(service.properties["desired_count"].integer.known == 2)
    #expect(
      service.properties["desired_count"].location?.range.start == Place(line: 12, column: 53)
    )
    #expect(service.origin.location?.range.start.line == 10)
  }

  @Test func whatIsKnownAfterApplyIsAReferenceOrUnknown() throws {
    let plan = try Self.read(Self.plan)
    let service = try #require(Self.resource("aws_ecs_service.web[0]", plan)).properties
    #expect(
      service["cluster"].references
        == [DatumReference("infra#aws_ecs_cluster.main", attribute: "id")]
    )
    // A value of a module is one of a resource in it, but the plan does not say which.
    #expect(service["task_definition"].references.isEmpty)
    #expect(service["task_definition"].gap?.reason == "it is known only once deployed")
    let network = try #require(service["network_configuration"].elements.first)
    #expect(network["assign_public_ip"].flag.known == false)
    #expect(network["subnets"].gap != nil)
    let database = try #require(Self.resource("module.db[\"main\"].aws_db_instance.this", plan))
    #expect(
      database.properties["kms_key_id"].references.map(\.address) == [
        "infra#module.db.aws_kms_key.db"
      ]
    )
  }

  @Test func secretsAreMarkedHoweverDeep() throws {
    let plan = try Self.read(Self.plan)
    let database = try #require(Self.resource("module.db[\"main\"].aws_db_instance.this", plan))
    #expect(database.properties["password"].isSensitive)
    #expect(!database.properties["engine"].isSensitive)
    let nested = try #require(database.properties["nested"].elements.first)
    #expect(nested["value"].isSensitive)
    #expect(!nested["key"].isSensitive)
    let variables = plan.parameters.map { "\($0.name) \($0.isSecret)" }
    #expect(variables == ["password true", "env false"])
  }

  @Test func tagsOfTheProviderAreAmongAll() throws {
    let plan = try Self.read(Self.plan)
    let cluster = try #require(Self.resource("aws_ecs_cluster.main", plan))
    #expect(cluster.inheritedTags.map(\.key) == ["team", "cost"])
  }

  @Test func stateHoldsWhatIs() throws {
    let state = try Self.read(
      """
      {"format_version": "1.0", "terraform_version": "1.9.5", "values": {
        "outputs": {"url": {"value": "https://example.com", "sensitive": false}},
        "root_module": {
          "resources": [
            {"address": "aws_lb.main", "mode": "managed", "type": "aws_lb", "name": "main",
             "schema_version": 0,
             "values": {"id": "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x/1",
               "internal": false, "access_logs": [{"bucket": "", "enabled": false}]},
             "sensitive_values": {"access_logs": [{}]}, "depends_on": ["aws_subnet.a"]}
          ],
          "child_modules": [{"address": "module.a", "resources": [
            {"address": "module.a.aws_ecr_repository.this[0]", "mode": "managed",
             "type": "aws_ecr_repository", "name": "this", "index": 0,
             "values": {"image_tag_mutability": "MUTABLE"}, "sensitive_values": {}}
          ]}]
        }}}
      """
    )
    #expect(
      state.resources.map(\.address)
        == ["infra#aws_lb.main", "infra#module.a.aws_ecr_repository.this[0]"]
    )
    #expect(state.resources[0].properties["internal"].flag.known == false)
    #expect(state.parameters.isEmpty)
  }

  /// The raw state file has another form, which only Terraform itself promises to read.
  @Test func otherDocumentsAreNoPlans() throws {
    for text in [
      #"{"version": 4, "terraform_version": "1.9.5", "resources": []}"#,
      #"{"format_version": "1.0", "provider_schemas": {}}"#, "[]", #"{"planned_values": {}}"#,
    ] {
      let root = try #require(try JSONReader.document(in: text).root)
      #expect(!TerraformPlan.recognizes(root), "\(text)")
    }
  }
}
