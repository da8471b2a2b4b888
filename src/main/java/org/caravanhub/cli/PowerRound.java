package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Has EcoFlow asked, and waits for what comes of it. */
final class PowerRound {
    private static final long LOOK_MILLIS = 400;
    /** A question is cut off after ten seconds, and stations are asked one after the other. */
    private static final long LONGEST_MILLIS = 30_000;
    /** Between the answer of the account and the question for the next station. */
    private static final long PAUSE_MILLIS = 2_000;

    private final Surroundings here;
    private final HubClient api;

    PowerRound(Surroundings here, HubClient api) {
        this.here = here;
        this.api = api;
    }

    /** Has it asked; what the hub says to that. */
    Json begin() throws IOException {
        return Json.parse(api.postForBytes(PowerStatus.PATH + "/poll", "", new byte[0]));
    }

    /** Waits for the answers, not for ever; how the stations are then, as the API says it. */
    byte[] awaitEnd(Json begun) throws IOException, InterruptedException {
        String from = begun.textOrEmpty("at");
        long began = System.nanoTime();
        long latest = LONGEST_MILLIS + 1000 * begun.number("in_s");
        long quietSince = began;
        try {
            while (true) {
                byte[] body = api.get(PowerStatus.PATH, Map.of());
                Json power = Json.parse(body);
                Json cloud = power.member("cloud");
                boolean isQuiet =
                        isSince(cloud, from) && cloud.textOrEmpty("asking").equals("false");
                quietSince = isQuiet ? quietSince : System.nanoTime();
                boolean isSettled = isQuiet
                        && (cloud.member("trouble").text("what").isPresent()
                                || isEveryoneAsked(power, from)
                                || millisSince(quietSince) > PAUSE_MILLIS);
                if (isSettled || millisSince(began) > latest) {
                    return body;
                }
                progress("asking EcoFlow … " + millisSince(began) / 1000 + " s");
                Thread.sleep(LOOK_MILLIS);
            }
        } finally {
            progress("");
        }
    }

    private static boolean isEveryoneAsked(Json power, String from) {
        List<Json> stations = power.member("stations").items();
        return !stations.isEmpty() && stations.stream().allMatch(station -> isSince(station, from));
    }

    /** Moments of the API are all written alike. */
    private static boolean isSince(Json asked, String from) {
        return asked.textOrEmpty("last_try").compareTo(from) >= 0;
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private void progress(String text) {
        if (here.errTerminal()) {
            here.err().print("\r" + text + " ".repeat(Math.max(0, 30 - text.length())) + (text.isEmpty() ? "\r" : ""));
            here.err().flush();
        }
    }
}
