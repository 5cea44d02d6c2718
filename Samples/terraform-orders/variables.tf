variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "environment" {
  type = string

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "The environment is staging or production."
  }
}

variable "vpc_id" {
  type        = string
  description = "Known to the pipeline only."
}

variable "private_subnets" {
  type        = list(string)
  description = "Known to the pipeline only."
}

variable "public_subnets" {
  type        = list(string)
  description = "Known to the pipeline only."
}

variable "certificate_arn" {
  type = string
}

variable "api_version" {
  type    = string
  default = "latest"
}

variable "log_retention_days" {
  type    = number
  default = null
}

variable "api_copies" {
  type = object({
    min = optional(number, 1)
    max = optional(number, 4)
  })
  default = {}
}

variable "payment_gateway_password" {
  type = string
}
