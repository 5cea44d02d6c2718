import os
import subprocess

from celery import Celery

celery = Celery("shop", broker=os.environ["BROKER_URL"])
celery.conf.beat_schedule = {
    "refresh-prices": {"task": "shop.tasks.refresh_prices", "schedule": 900.0},
}


@celery.task
def invoice(order_id):
    page = f"/app/invoices/{order_id}.html"
    subprocess.run(["wkhtmltopdf", page, f"/app/invoices/{order_id}.pdf"], check=True)


@celery.task
def refresh_prices():
    print("prices refreshed from", os.environ["ERP_HOST"])
