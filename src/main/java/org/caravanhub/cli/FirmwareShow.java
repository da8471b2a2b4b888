package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan firmware show}. */
@Command(name = "show", description = "Show a release: its image, its digests, its notes.")
final class FirmwareShow implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Which devices it is for.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String model;

    @Parameters(index = "1", paramLabel = "VERSION", description = "Its version.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String version;

    FirmwareShow(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here).orNext(client.command("firmware list")).get(path(model, version), Map.of());
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json release = Json.parse(body);
        Instant now = here.clock().instant();
        Style style = client.style(here);
        here.out().println(style.bold(Plain.line(model + " " + version)));
        Table table = new Table().left("what").left("value");
        for (String name : List.of(
                "size",
                "kind",
                "chip",
                "project",
                "built_version",
                "min_version",
                "signed_by",
                "uploaded_by",
                "download_url",
                "sha256",
                "md5")) {
            release.text(name)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> table.row(List.of(Table.Cell.of(name), Table.Cell.of(value))));
        }
        table.row(List.of(Table.Cell.of("uploaded"), Ago.cell(release.textOrEmpty("uploaded_at"), now)));
        table.print(here, style);
        for (String name : List.of("notes", "changelog")) {
            String text = release.textOrEmpty(name);
            if (!text.isEmpty()) {
                here.out().println();
                here.out().println(style.bold(name));
                text.lines().forEach(line -> here.out().println(Plain.line(line)));
            }
        }
        return ExitCode.OK;
    }

    /** Where the API has it. */
    static String path(String model, String version) {
        return FirmwareList.PATH + "/" + HubClient.encoded(model) + "/" + HubClient.encoded(version);
    }
}
