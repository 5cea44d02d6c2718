import os

from celery import Celery
from fpdf import FPDF

from shop.settings import media

celery = Celery("shop", broker=os.environ["TASK_BROKER"])
celery.conf.task_acks_late = True


@celery.task
def invoice(order_id, lines):
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=11)
    for line in lines:
        page.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    store, path = media(f"invoices/{order_id}.pdf")
    store.pipe_file(path, bytes(page.output()))
