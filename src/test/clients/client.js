// A stranger's client in JavaScript: does what it is told, and prints one line for each thing with the broker's reason code.
//
// client.js HOST PORT USER (publish TOPIC TEXT | subscribe FILTER)...     the password is in CLIENT_PASSWORD
'use strict'
const mqtt = require('mqtt')

const [host, port, user, ...todo] = process.argv.slice(2)
const client = mqtt.connect({
  host,
  port: Number(port),
  protocol: 'mqtt',
  protocolVersion: 5,
  username: user,
  password: process.env.CLIENT_PASSWORD,
  reconnectPeriod: 0
})
setTimeout(() => process.exit(3), 15000).unref()

function next () {
  if (todo.length === 0) return client.end()
  const action = todo.shift()
  const topic = todo.shift()
  const told = code => { console.log(action, topic, code); next() }
  if (action === 'publish') {
    client.publish(topic, todo.shift(), { qos: 1 }, (error, packet) => told(error ? error.code : packet.reasonCode || 0))
  } else {
    client.subscribe(topic, { qos: 1 }, (error, granted, packet) => told(packet ? packet.granted[0] : error ? error.code : granted[0].qos))
  }
}

client.on('connect', () => { console.log('connect', 0); next() })
client.on('error', error => { console.log('connect', error.code); client.end(true) })
