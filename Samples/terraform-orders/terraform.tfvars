environment        = "production"
api_version        = "3.8.2"
log_retention_days = 30

api_copies = {
  min = 2
  max = 12
}

payment_gateway_password = "Copper-Lantern-4471"
