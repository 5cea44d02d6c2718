#!/bin/sh
set -e

if [ "$1" = "/usr/bin/supervisord" ]; then
  until pg_isready -h db -U shop; do
    echo "waiting for the database"
    sleep 2
  done
  python -m shop.migrate
fi

exec "$@"
