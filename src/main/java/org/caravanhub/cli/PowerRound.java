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
    /** Until what was told is kept; what the cloud only repeats never is. */
    private static final long KEPT_MILLIS = 5_000;

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
                boolean isQuiet = isSince(cloud, "last_try", from)
                        && cloud.textOrEmpty("asking").equals("false");
                quietSince = isQuiet ? quietSince : System.nanoTime();
                boolean isOver = isQuiet
                        && (isOver(power, from, millisSince(quietSince) > PAUSE_MILLIS)
                                || millisSince(quietSince) > KEPT_MILLIS);
                if (isOver || millisSince(began) > latest) {
                    return body;
                }
                progress("asking EcoFlow … " + millisSince(began) / 1000 + " s");
                Thread.sleep(LOOK_MILLIS);
            }
        } finally {
            progress("");
        }
    }

    /** The account refused, or whoever was asked has told something, and that is kept. */
    private static boolean isOver(Json power, String from, boolean isNobodyAskedAnyMore) {
        List<Json> stations = power.member("stations").items();
        boolean isTold = stations.stream()
                .filter(station -> isSince(station, "last_try", from))
                .allMatch(station -> isSince(station, "at", from)
                        || station.member("trouble").text("what").isPresent());
        boolean isEveryoneAsked =
                !stations.isEmpty() && stations.stream().allMatch(station -> isSince(station, "last_try", from));
        return power.member("cloud").member("trouble").text("what").isPresent()
                || isTold && (isEveryoneAsked || isNobodyAskedAnyMore);
    }

    /** Moments of the API are all written alike. */
    private static boolean isSince(Json object, String moment, String from) {
        return object.textOrEmpty(moment).compareTo(from) >= 0;
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
