using 'main.bicep'

param stage = 'live'
param catalogTag = '5.2.0'
param mailPassword = readEnvironmentVariable('SHOP_MAIL_PASSWORD')
