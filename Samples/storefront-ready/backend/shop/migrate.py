"""Run once per release by the pipeline, before the new images start."""

from pathlib import Path

from shop.settings import database

with database() as connection:
    for script in sorted(Path("/app/migrations").glob("*.sql")):
        connection.execute(script.read_text())
