import logging
import os
import uuid

import boto3
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


@app.post("/feed")
def feed():
    """Puts the product list where the price comparison sites fetch it."""
    boto3.client("s3").put_object(
        Bucket="storefront-feeds", Key="products.json", Body=jsonify(catalogue.products()).data
    )
    return "", 204
