import os

import requests

from shop.settings import database

answer = requests.get(
    f"{os.environ['ERP_URL']}/prices",
    headers={"Authorization": f"Bearer {os.environ['ERP_API_TOKEN']}"},
    timeout=30,
)
answer.raise_for_status()

with database() as connection:
    for price in answer.json():
        connection.execute(
            "UPDATE product SET price = %s WHERE sku = %s", (price["amount"], price["sku"])
        )
