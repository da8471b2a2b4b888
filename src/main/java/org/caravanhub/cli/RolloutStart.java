package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan rollout start}. */
@Command(
        name = "start",
        description = {
            "Let a release go to devices. It shows who would get it, and asks; --yes does not ask.",
            "Example: caravan rollout start hut-climate 1.4.0 --canary 10 --pause-on 2",
            "Example: caravan rollout start hut-climate 1.4.0 --ring 'percent=10 soak=30m' --ring 'percent=100' --window 22:00-06:00"
        })
final class RolloutStart implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final RolloutOptions options = new RolloutOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Which devices.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String model;

    @Parameters(index = "1", paramLabel = "VERSION", description = "Which release of the model.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String version;

    @Option(names = "--preview", description = "Only show who would get it.")
    private boolean isPreview;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    RolloutStart(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("firmware list"));
        byte[] body = body();
        if (yes && !isPreview && !client.json) {
            // Who does not want to be asked is told all the same that a release goes to nobody.
            warnings(
                    here.err(), Json.parse(api.postForBytes(RolloutNamed.PATH + ":preview", "application/json", body)));
        }
        if (isPreview || !yes) {
            byte[] preview = api.postForBytes(RolloutNamed.PATH + ":preview", "application/json", body);
            if (client.json && isPreview) {
                here.print(preview);
            } else {
                print(Json.parse(preview), here.terminal() || isPreview);
            }
            if (isPreview) {
                return ExitCode.OK;
            }
            if (!YesOrNo.ask(here, "Start it?")) {
                return ExitCode.USAGE;
            }
        }
        byte[] answer = api.postForBytes(RolloutNamed.PATH, "application/json", body);
        if (client.json) {
            here.print(answer);
            return ExitCode.OK;
        }
        Json rollout = Json.parse(answer);
        here.out().println(RolloutText.head(rollout, client.style(here)));
        String id = Plain.line(rollout.textOrEmpty("id"));
        client.hint(here, client.command("rollout status " + id + " --watch"));
        return ExitCode.OK;
    }

    private byte[] body() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            options.write(json, model, version);
        }
        return bytes.toByteArray();
    }

    /** {@code 25 % → 2 devices: hut-door, water-tank}; with rings {@code ring 1: 25 % → 2 of 8: hut-door, water-tank}. */
    private void print(Json preview, boolean isOut) {
        var out = isOut ? here.out() : here.err();
        Style style = client.style(here);
        List<Json> rings = preview.member("rings").items();
        String first =
                preview.member("first").items().stream().map(Json::toString).collect(Collectors.joining(", "));
        for (int i = 0; i < rings.size(); i++) {
            Json ring = rings.get(i);
            String group = ring.textOrEmpty("group");
            out.println(Plain.line((rings.size() > 1 ? "ring " + (i + 1) + ": " : "") + ring.number("percent") + " %"
                    + (group.isEmpty() ? "" : " of " + group) + " " + style.symbol("→", "->") + " "
                    + (rings.size() > 1
                            ? ring.number("devices") + " of " + preview.number("devices")
                            : ring.number("devices") + (ring.number("devices") == 1 ? " device" : " devices"))
                    + devices(i, ring, first)));
        }
        tell(out, preview, "already_running", "run it already");
        tell(out, preview, "newer", "run a newer version, and are left alone (--allow-downgrade)");
        tell(out, preview, "too_old", "are too old for it, and are left alone");
        tell(out, preview, "disabled", "are disabled, and wait");
        warnings(out, preview);
    }

    private void warnings(PrintStream out, Json preview) {
        Style style = client.style(here);
        for (Json warning : preview.member("warnings").items()) {
            out.println(style.warning(style.symbol("▲", "!")) + " " + Plain.line(warning.toString()));
        }
    }

    private static String devices(int ring, Json of, String first) {
        if (ring > 0 || first.isEmpty()) {
            return "";
        }
        int named = first.split(", ", -1).length;
        return ": " + first + (of.number("devices") > named ? ", …" : "");
    }

    private static void tell(PrintStream out, Json preview, String member, String what) {
        if (preview.number(member) > 0) {
            out.println(preview.number(member) + " " + what);
        }
    }
}
