"""A collector in the manner of paku-iot's: paho-mqtt, one insert and one commit a message, acknowledged afterwards."""
import json
import os
import signal
import sqlite3
import sys

import paho.mqtt.client as mqtt

db = sqlite3.connect(os.environ["PEER_DB"], isolation_level=None, check_same_thread=False)
db.execute("pragma synchronous = full")
INSERT = "insert into measurement (site, system, device, location, mac, measured_at, metrics) values (?, ?, ?, ?, ?, ?, ?)"


def on_connect(client, userdata, flags, rc):
    client.subscribe("+/+/+/data", qos=1)


def on_message(client, userdata, message):
    try:
        said = json.loads(message.payload.decode("utf-8", "replace"))
        metrics = said["metrics"]
        if not isinstance(metrics, dict) or not metrics:
            return
        site, system, device, _ = message.topic.split("/")
        row = (site, system, device, said.get("location"), said.get("mac"), said["timestamp"], json.dumps(metrics))
    except (ValueError, KeyError, TypeError):
        return
    db.execute(INSERT, row)


client = mqtt.Client(client_id="peer-paku-like", clean_session=False)
client.on_connect = on_connect
client.on_message = on_message
client.connect("127.0.0.1", int(os.environ["PEER_MQTT_PORT"]), 60)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
client.loop_forever()
