terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      service    = "orders"
      team       = "commerce"
      managed-by = "terraform"
    }
  }
}

locals {
  name       = "orders-${var.environment}"
  production = var.environment == "production"
}

resource "aws_ecs_cluster" "orders" {
  name = local.name

  setting {
    name  = "containerInsights"
    value = local.production ? "enabled" : "disabled"
  }
}

resource "aws_ecr_repository" "orders" {
  for_each = toset(["api", "worker", "ledger"])

  name                 = "${local.name}/${each.key}"
  image_tag_mutability = each.key == "ledger" ? "MUTABLE" : "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/ecs/${local.name}/api"
  retention_in_days = var.log_retention_days
}
