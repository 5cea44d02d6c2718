import csv
import io

from shop.settings import database, media

with database() as connection:
    rows = connection.execute(
        "SELECT * FROM orders WHERE placed::date = current_date - 1"
    ).fetchall()

table = io.StringIO()
csv.writer(table).writerows(rows)
store, path = media("erp/orders-yesterday.csv")
store.pipe_file(path, table.getvalue().encode())
