module "worker" {
  source = "./modules/queue-worker"

  name               = "${local.name}-worker"
  cluster_id         = aws_ecs_cluster.orders.id
  image              = "${aws_ecr_repository.orders["worker"].repository_url}:latest"
  cpu                = 512
  memory             = 512
  region             = var.region
  execution_role_arn = aws_iam_role.execution.arn
  task_role_arn      = aws_iam_role.worker.arn
  subnets            = var.private_subnets
  security_group_ids = [aws_security_group.worker.id]

  environment = {
    QUEUE_URL                = aws_sqs_queue.orders.url
    LOG_LEVEL                = "debug"
    PAYMENT_GATEWAY_PASSWORD = var.payment_gateway_password
  }
}
