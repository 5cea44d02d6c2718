from shop.settings import database

with database() as connection:
    connection.execute("SELECT 1")
