#!/bin/sh
set -e
day=$(date -d yesterday +%F)
psql -d shop -c "\copy (SELECT * FROM orders WHERE placed::date = '$day') TO '/erp/orders-$day.csv' CSV HEADER"
cp /app/invoices/"$day"-*.pdf /erp/
