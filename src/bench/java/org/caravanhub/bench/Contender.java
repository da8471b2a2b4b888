package org.caravanhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Somebody who takes readings from a broker into a SQLite file: Caravan, or a peer.
 *
 * @param name as in the tables
 * @param command how it is started
 * @param environment what it is told
 * @param database the file it writes
 * @param schema what the file is filled with beforehand; empty if it makes its own
 * @param rows a cheap question: how many readings so far
 * @param verify a thorough one, asked at the end: rows, and different readings among them
 * @param share how much of a drain's messages it gets, so that a slow one does not take an hour
 */
record Contender(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path database,
        String schema,
        String rows,
        String verify,
        double share) {

    /** Those that take part, by name: caravan, node, node-red, paku-like. */
    static Contender named(String name, Path repository, Path work, int mqttPort) throws IOException {
        Path run = work.resolve("run").resolve(name);
        Path peers = repository.resolve("src/bench/peers");
        String url = "tcp://127.0.0.1:" + mqttPort;
        return switch (name) {
            case "caravan" ->
                new Contender(
                        name,
                        List.of(
                                repository.resolve("caravan").toString(),
                                "up",
                                "--data",
                                run.toString(),
                                "--http-port",
                                "" + Ports.free()),
                        Map.of("CARAVAN_MQTT_URL", url),
                        run.resolve("caravan.db"),
                        "",
                        "select coalesce(sum(stored), 0) from ledger",
                        "select count(*), count(distinct source_id || ' ' || measured_at) from reading",
                        1);
            case "node" ->
                peer(
                        run,
                        peers,
                        mqttPort,
                        List.of("node", work.resolve("node/collect.cjs").toString()),
                        1);
            case "node-red" ->
                peer(
                        run,
                        peers,
                        mqttPort,
                        List.of(
                                "node",
                                work.resolve("node-red/node_modules/node-red/red.js")
                                        .toString(),
                                "--settings",
                                peers.resolve("node-red/settings.cjs").toString(),
                                "--userDir",
                                work.resolve("node-red/user").toString()),
                        0.5);
            case "paku-like" ->
                peer(
                        run,
                        peers,
                        mqttPort,
                        List.of(
                                "/usr/bin/python3",
                                peers.resolve("paku-like/collect.py").toString()),
                        0.05);
            default ->
                throw new IllegalArgumentException(
                        "no contender " + name + "; there are caravan, node, node-red, paku-like");
        };
    }

    private static Contender peer(Path run, Path peers, int mqttPort, List<String> command, double share)
            throws IOException {
        Path database = run.resolve("peer.db");
        return new Contender(
                run.getFileName().toString(),
                command,
                Map.of(
                        "PEER_DB", database.toString(),
                        "PEER_MQTT_PORT", "" + mqttPort,
                        "PEER_MQTT_URL", "mqtt://127.0.0.1:" + mqttPort,
                        "PEER_HTTP_PORT", "" + Ports.free()),
                database,
                Files.readString(peers.resolve("schema.sql")),
                "select coalesce(max(id), 0) from measurement",
                "select count(*), count(distinct device || ' ' || measured_at) from measurement",
                share);
    }
}
