import os

import pika


def main():
    connection = pika.BlockingConnection(pika.URLParameters(os.environ["QUEUE_URL"]))
    channel = connection.channel()
    with open("/dev/usb/lp0", "wb", buffering=0) as printer:
        for method, _, body in channel.consume("labels"):
            printer.write(body)
            channel.basic_ack(method.delivery_tag)


if __name__ == "__main__":
    main()
