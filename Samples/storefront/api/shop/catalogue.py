import os

import psycopg2


def products():
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sku, name FROM product ORDER BY name")
            return [{"sku": sku, "name": name} for sku, name in cursor.fetchall()]
