#!/usr/bin/env python3
"""A device that publishes numbers and notes each that was acknowledged; and the question which of them are not stored.

  load.py http|mqtt METRIC PASSWORD      prints each number and the seconds of CLOCK_MONOTONIC once it was acknowledged; ends at SIGTERM.
                                         By HTTP the hub acknowledges, after its commit; by MQTT the broker does
  load.py missing METRIC TOKEN FILE      prints how many were acknowledged by FILE, how many of them the hub has not, and which
"""
import base64
import datetime
import http.client
import json
import signal
import socket
import struct
import sys
import time

DEVICE = "hut-1"
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def reading(metric, number):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"metrics": {metric: number}, "timestamp": now}).encode()


def by_http(metric, password):
    headers = {
        "Content-Type": "application/json",
        "Authorization": "Basic " + base64.b64encode(f"{DEVICE}:{password}".encode()).decode(),
    }
    connection = None

    def publish(body):
        nonlocal connection
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", 8080, timeout=20)
            connection.request("POST", "/api/v1/ingest", body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status == 200
        except Exception:
            connection = None
            raise

    return publish


def by_mqtt(metric, password):
    stream = None

    def text(words):
        return struct.pack(">H", len(words)) + words.encode()

    def packet(first, body):
        length, rest = b"", len(body)
        while True:
            length += bytes([rest % 128 | (128 if rest > 127 else 0)])
            rest //= 128
            if not rest:
                return bytes([first]) + length + body

    def publish(body):
        nonlocal stream
        try:
            if stream is None:
                stream = socket.create_connection(("127.0.0.1", 1883), 20)
                stream.sendall(packet(0x10, text("MQTT") + b"\x04\xc2\x00\x3c" + text("load") + text(DEVICE) + text(password)))
                if stream.recv(4, socket.MSG_WAITALL)[3] != 0:
                    raise OSError("refused")
            stream.sendall(packet(0x32, text(f"caravan/{DEVICE}/telemetry") + b"\x00\x01" + body))
            return stream.recv(4, socket.MSG_WAITALL)[:1] == b"\x40"
        except Exception:
            stream = None
            raise

    return publish


def load(publish, metric):
    number = 0
    while True:
        number += 1
        body = reading(metric, number)
        while True:
            try:
                if publish(body):
                    print(number, time.monotonic(), flush=True)
                    break
            except (OSError, http.client.HTTPException, IndexError):
                pass
            time.sleep(0.2)
        time.sleep(0.01)


def missing(metric, token, file):
    wanted = {int(line.split()[0]) for line in open(file) if line.endswith("\n")}
    found, cursor = set(), ""
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=30)
        connection.request(
            "GET", f"/api/v1/readings?device={DEVICE}&limit=1000{cursor}", headers={"Authorization": "Bearer " + token}
        )
        page = json.load(connection.getresponse())
        found.update(item["metrics"][metric] for item in page["items"] if metric in item["metrics"])
        if not page.get("next_cursor"):
            break
        cursor = "&cursor=" + page["next_cursor"]
    lost = sorted(wanted - found)
    print(len(wanted), len(lost), *lost[:20], *(["... of", max(wanted)] if lost else []))


if sys.argv[1] == "missing":
    missing(*sys.argv[2:5])
else:
    load((by_http if sys.argv[1] == "http" else by_mqtt)(*sys.argv[2:4]), sys.argv[2])
