"""A stranger's client in Python: does what it is told, and prints one line for each thing with the broker's reason code.

client.py HOST PORT USER (publish TOPIC TEXT | subscribe FILTER)...     the password is in CLIENT_PASSWORD
"""

import os
import sys
import threading

import paho.mqtt.client as mqtt

PATIENCE_S = 10
host, port, user, *todo = sys.argv[1:]
answers = {}
answered = threading.Condition()


def say(key, code):
    with answered:
        answers[key] = code
        answered.notify_all()


def wait(key):
    with answered:
        if not answered.wait_for(lambda: key in answers, PATIENCE_S):
            sys.exit(f"no answer: {key}")
        return answers[key]


def number(reason):
    return getattr(reason, "value", reason)


class Client(mqtt.Client):
    """Paho gives its users no reason codes of PUBACK before version 2."""

    def _handle_pubackcomp(self, cmd):
        packet = self._in_packet["packet"]
        say(("publish", packet[0] << 8 | packet[1]), packet[2] if len(packet) > 2 else 0)
        return super()._handle_pubackcomp(cmd)


old = not hasattr(mqtt, "CallbackAPIVersion")
arguments = {"protocol": mqtt.MQTTv5}
client = Client(**arguments) if old else Client(mqtt.CallbackAPIVersion.VERSION1, **arguments)
client.username_pw_set(user, os.environ["CLIENT_PASSWORD"])
client.on_connect = lambda _c, _u, _flags, reason, _p: say("connect", number(reason))
client.on_subscribe = lambda _c, _u, mid, reasons, _p: say(("subscribe", mid), number(reasons[0]))
client.connect(host, int(port))
client.loop_start()
code = wait("connect")
print("connect", code)
while code == 0 and todo:
    action, topic = todo.pop(0), todo.pop(0)
    if action == "publish":
        mid = client.publish(topic, todo.pop(0), qos=1).mid
    else:
        mid = client.subscribe(topic, options=mqtt.SubscribeOptions(qos=1))[1]
    print(action, topic, wait((action, mid)))
client.disconnect()
client.loop_stop()
