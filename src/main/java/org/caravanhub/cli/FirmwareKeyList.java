package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan firmware key list}. */
@Command(name = "list", description = "List the keys that are trusted to sign firmware.")
final class FirmwareKeyList implements Callable<Integer> {
    static final String PATH = "/api/v1/firmware-keys";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    FirmwareKeyList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        return new Listing(here, client)
                .left("name")
                .left("algorithm")
                .left("fingerprint")
                .ago("added", "added_at")
                .left("by", key -> key.textOrEmpty("added_by"))
                .show(
                        client.api(here).get(PATH, Map.of()),
                        () -> "No key is trusted. To trust one: "
                                + client.command("firmware key add minisign.pub --name ci"));
    }
}
