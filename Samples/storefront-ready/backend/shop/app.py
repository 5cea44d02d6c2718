import uuid

from flask import Flask, jsonify

from shop.settings import database, media

app = Flask(__name__)


@app.get("/healthz")
def healthz():
    return "ok"


@app.get("/products")
def products():
    with database() as connection:
        rows = connection.execute("SELECT sku, name FROM product ORDER BY name").fetchall()
    return jsonify([{"sku": sku, "name": name} for sku, name in rows])


@app.get("/products/<sku>/images/<name>")
def image(sku, name):
    store, path = media(f"products/{sku}/{name}")
    return jsonify(url=store.sign(path, expiration=300))


@app.post("/products/<sku>/images")
def new_image(sku):
    name = f"{uuid.uuid4().hex}.jpg"
    store, path = media(f"products/{sku}/{name}")
    return jsonify(name=name, upload=store.sign(path, expiration=300, client_method="put_object")), 201
