import logging
import os
import sys

import fsspec
import psycopg

logging.basicConfig(
    stream=sys.stdout,
    level=os.environ["LOG_LEVEL"],
    format='{"time":"%(asctime)s","level":"%(levelname)s","logger":"%(name)s","message":"%(message)s"}',
)


def database():
    return psycopg.connect(
        host=os.environ["DATABASE_HOST"],
        dbname=os.environ["DATABASE_NAME"],
        user=os.environ["DATABASE_USER"],
        password=os.environ["DATABASE_PASSWORD"],
        sslmode="require",
    )


def media(path):
    """The object store, S3 or Blob Storage by the scheme of OBJECT_STORE, and the path in it."""
    return fsspec.core.url_to_fs(f"{os.environ['OBJECT_STORE']}/{path}")
