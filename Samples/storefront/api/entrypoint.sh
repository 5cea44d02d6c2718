#!/bin/sh
set -e

until pg_isready -h db -U shop; do
  echo "waiting for the database"
  sleep 2
done

if [ "$1" = "/usr/bin/supervisord" ]; then
  python -m shop.migrate
fi

exec "$@"
