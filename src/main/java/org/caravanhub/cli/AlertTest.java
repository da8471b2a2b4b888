package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan alert test}. */
@Command(
        name = "test",
        description = {
            "Send a test message by each channel, and say what came of it.",
            "A channel is set up by its settings: caravan.notify.url, caravan.notify.webhook.url, caravan.mail.host."
        })
final class AlertTest implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(
            paramLabel = "CHANNEL",
            arity = "0..1",
            description = "Only this one: mqtt, ntfy, webhook or mail. Default: all that are set up.")
    private @Nullable String channel;

    AlertTest(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("alert test") + "   (tries all that are set up)");
        String query = channel == null ? "" : "?channel=" + HubClient.encoded(channel);
        byte[] body = api.postForBytes("/api/v1/alerts:test" + query, "", new byte[0]);
        List<Json> items = Json.parse(body).member("items").items();
        boolean isAll = items.stream().allMatch(AlertTest::isDelivered);
        if (client.json) {
            here.print(body);
        } else {
            items.forEach(item -> print(item, client.style(here)));
            if (items.size() < 2 && channel == null) {
                here.err()
                        .println("Only listeners at the broker and on the pages are told. To be told on a phone, see"
                                + " docs/how-to/be-told.md");
            }
        }
        return isAll ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(Json item, Style style) {
        boolean isThere = isDelivered(item);
        String mark = isThere ? style.good(style.symbol("✓", "ok")) : style.bad(style.symbol("✗", "x"));
        here.out()
                .println(mark + "  " + "%-8s".formatted(Plain.line(item.textOrEmpty("channel"))) + " "
                        + (isThere ? "delivered" : Plain.line(item.textOrEmpty("reason"))) + " ("
                        + item.number("took_ms") + " ms)");
    }

    private static boolean isDelivered(Json item) {
        return item.text("delivered").filter("true"::equals).isPresent();
    }
}
