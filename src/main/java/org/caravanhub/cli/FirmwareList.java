package org.caravanhub.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan firmware list}. */
@Command(name = "list", description = "List the releases of firmware, the newest upload first.")
final class FirmwareList implements Callable<Integer> {
    static final String PATH = "/api/v1/firmware";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--model", paramLabel = "MODEL", description = "Only those of this model.")
    private @Nullable String model;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    FirmwareList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        if (model != null) {
            query.put("model", model);
        }
        return new Listing(here, client)
                .left("model")
                .left("version")
                .left("chip", release -> release.text("chip")
                        .filter(chip -> !chip.isEmpty())
                        .orElseGet(() -> release.textOrEmpty("kind")))
                .right("size")
                .left("signed_by")
                .ago("uploaded", "uploaded_at")
                .left("sha256", release -> shortened(release.textOrEmpty("sha256")))
                .show(client.api(here), PATH, query, limit, this::nothing);
    }

    private static String shortened(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) : digest;
    }

    private String nothing() {
        return "Nothing is published" + (model == null ? "" : " for this model") + ". To publish: "
                + client.command("firmware upload FILE --model MODEL --version VERSION");
    }
}
