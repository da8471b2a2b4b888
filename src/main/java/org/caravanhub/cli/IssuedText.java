package org.caravanhub.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A new password, as it is shown once. */
final class IssuedText {
    private IssuedText() {}

    static void print(Json issued, ClientOptions client, Surroundings here) {
        Json broker = issued.member("broker");
        Table table = new Table().left("what").left("value");
        row(table, "id", issued.textOrEmpty("id"));
        row(table, "user", issued.textOrEmpty("user"));
        row(table, "password", issued.textOrEmpty("password"));
        row(
                table,
                "broker",
                broker.textOrEmpty("host") + ":" + broker.textOrEmpty("port")
                        + (broker.textOrEmpty("tls").equals("true") ? " (TLS)" : ""));
        row(table, "http", issued.textOrEmpty("http"));
        row(table, "publishes", topics(issued, "publish"));
        row(table, "reads", topics(issued, "subscribe"));
        table.print(here, client.style(here));
        here.err().println("The password is shown this once; the hub keeps only what it needs to recognise it.");
    }

    /** The snippet of this kind with this password. */
    static String snippet(HubClient api, String device, String kind, String password) {
        Json answer = api.json("/api/v1/devices/" + HubClient.encoded(device) + "/snippets", Map.of("for", kind));
        String text = answer.member("items").items().stream()
                .findFirst()
                .map(item -> item.textOrEmpty("text"))
                .orElse("");
        return password.isEmpty() ? text : text.replace(answer.textOrEmpty("placeholder"), password);
    }

    private static void row(Table table, String what, String value) {
        table.row(List.of(Table.Cell.of(what), Table.Cell.of(value)));
    }

    private static String topics(Json issued, String which) {
        return issued.member("topics").member(which).items().stream()
                .map(Json::toString)
                .collect(Collectors.joining(" "));
    }
}
