# Still on instances: the accountants' program writes its books to the disk of the host.

resource "aws_iam_role" "ledger" {
  name               = "${local.name}-ledger"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "ledger" {
  role       = aws_iam_role.ledger.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
}

resource "aws_ecs_task_definition" "ledger" {
  family                   = "${local.name}-ledger"
  requires_compatibilities = ["EC2"]
  network_mode             = "bridge"
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.ledger.arn

  volume {
    name      = "books"
    host_path = "/srv/ledger/books"
  }

  container_definitions = templatefile("${path.module}/templates/ledger.json.tftpl", {
    image  = aws_ecr_repository.orders["ledger"].repository_url
    tag    = "1.4"
    region = var.region
  })
}

resource "aws_ecs_service" "ledger" {
  name            = "ledger"
  cluster         = aws_ecs_cluster.orders.id
  task_definition = aws_ecs_task_definition.ledger.arn
  launch_type     = "EC2"
  desired_count   = 1
}
