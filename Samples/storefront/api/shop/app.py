import logging
import os
import uuid

from flask import Flask, jsonify, request

from shop import catalogue

logging.basicConfig(filename=os.environ["LOG_FILE"], level=os.environ["LOG_LEVEL"])

app = Flask(__name__)


@app.get("/products")
def products():
    return jsonify(catalogue.products())


@app.post("/products/<sku>/image")
def upload(sku):
    name = f"{sku}-{uuid.uuid4().hex}.jpg"
    request.files["image"].save(os.path.join(os.environ["UPLOAD_DIR"], name))
    logging.info("stored %s", name)
    return jsonify(url=f"/uploads/{name}"), 201
