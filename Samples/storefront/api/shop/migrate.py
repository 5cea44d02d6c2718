import os
from pathlib import Path

import psycopg2


def main():
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection:
        with connection.cursor() as cursor:
            for script in sorted(Path("/app/migrations").glob("*.sql")):
                cursor.execute(script.read_text())


if __name__ == "__main__":
    main()
