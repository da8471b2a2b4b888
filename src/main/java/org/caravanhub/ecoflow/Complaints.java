package org.caravanhub.ecoflow;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.caravanhub.alert.Alerts;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;
import org.slf4j.LoggerFactory;

/** What is told of questions that were of no use: rarely in the log, and as an alert if only a person can help. Of one thread. */
final class Complaints {
    static final String ACCESS = "ecoflow-access";
    static final String STATION = "ecoflow-station";

    private static final String FLOW = "poll-ecoflow";

    private final Alerts alerts;
    private final Clock clock;
    private final RareLines lines;
    private boolean hasWorked;

    Complaints(Alerts alerts, Clock clock, LongSupplier nanos) {
        this.alerts = alerts;
        this.clock = clock;
        this.lines = new RareLines(LoggerFactory.getLogger(EcoFlow.class), nanos);
    }

    void waits(String why) {
        lines.say("ecoflow=waits reason=\"" + why + "\"");
    }

    /** @param of the station; the account if there is none */
    void failed(Optional<Station> of, Trouble trouble, Duration next) {
        String device = of.map(Station::device).orElse("");
        if (trouble.lasts()) {
            String title = device.isEmpty() ? trouble.what() : device + ": " + trouble.what();
            String code = trouble.code().isEmpty() ? "" : " (" + trouble.code() + ")";
            alerts.raise(new Notice(
                    device.isEmpty() ? ACCESS : STATION,
                    FLOW,
                    title + code,
                    trouble.fix(),
                    Priority.NORMAL,
                    device,
                    clock.instant()));
        }
        lines.say("ecoflow=failed of=" + (device.isEmpty() ? "account" : device)
                + (trouble.code().isEmpty() ? "" : " code=\"" + trouble.code() + "\"") + " next=" + next.toSeconds()
                + "s reason=\"" + trouble.what().replace('"', '\'') + "\"");
    }

    /** An alert may be open from before the start, so the first success ends it too. */
    void accountWorks(boolean wasTroubled) {
        if (wasTroubled || !hasWorked) {
            alerts.resolve(ACCESS, "", "EcoFlow answers again.");
        }
        hasWorked = true;
        if (wasTroubled) {
            lines.say("ecoflow=works of=account");
        }
    }

    /** What was said of a station that nobody asks for any more is over, also if that was before the start. */
    void askedFor(Set<String> devices) {
        for (String gone : alerts.devices(STATION)) {
            if (!devices.contains(gone)) {
                alerts.resolve(STATION, gone, "EcoFlow is not asked for it any more.");
            }
        }
    }

    void stationWorks(Station station) {
        if (station.trouble.isPresent() || station.lastReading.isEmpty()) {
            alerts.resolve(STATION, station.device(), "EcoFlow tells of it again.");
        }
        if (station.trouble.isPresent()) {
            lines.say("ecoflow=works of=" + station.device());
        }
    }
}
