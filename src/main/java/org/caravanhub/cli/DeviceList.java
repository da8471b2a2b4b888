package org.caravanhub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan device list}. */
@Command(
        name = "list",
        description = {
            "List the devices that were heard or are registered.",
            "Example: caravan device list --unknown",
            "Example: caravan device list --group sensors --state offline"
        })
final class DeviceList implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--group", paramLabel = "GROUP", description = "Only devices of this group.")
    private @Nullable String group;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only devices with this tag.")
    private @Nullable String tag;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only devices that are like this: new, online, stale, offline, disabled.")
    private @Nullable String state;

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only devices with this text in id, name, model, group, tags, location or notes.")
    private @Nullable String search;

    @Option(names = "--registered", description = "Only devices that are registered.")
    private boolean registered;

    @Option(names = "--unknown", description = "Only devices that are not registered.")
    private boolean unknown;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "1000",
            description = "At most so many. Default: 1000")
    private int limit;

    DeviceList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws java.io.IOException {
        Map<String, String> query = query();
        return new Listing(here, client)
                .left("id")
                .left("state")
                .ago("last_seen", "last_seen_at")
                .left("name")
                .left("group")
                .right("stored")
                .right("duplicate")
                .right("quarantined")
                .left("family")
                .left("firmware")
                .left(
                        "registered",
                        device -> device.textOrEmpty("is_registered").equals("true") ? "yes" : "no")
                .show(client.api(here), "/api/v1/devices", query, limit, () -> nothing(query));
    }

    private String nothing(Map<String, String> query) {
        if (!query.isEmpty()) {
            return "No device is like that. All of them: " + client.command("device list");
        }
        return "No device was heard yet, and none is registered." + System.lineSeparator()
                + client.hintLine(
                        here,
                        "to make one: " + client.command("device add hut-1 --snippet mosquitto_pub")
                                + "   (or try emulated ones: caravan demo)");
    }

    private Map<String, String> query() {
        if (registered && unknown) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--registered and --unknown leave nothing to list", "leave one out");
        }
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "group", group);
        put(query, "tag", tag);
        put(query, "state", state);
        put(query, "search", search);
        put(query, "registered", registered ? "true" : unknown ? "false" : null);
        return query;
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
