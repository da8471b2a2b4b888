package org.caravanhub.api;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanhub.alert.Alert;
import org.caravanhub.alert.ChannelState;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;
import org.caravanhub.notice.Priority;

/** How many alerts are open, and whether they reach anybody. */
public final class AlertHealth implements HealthCheck, MetricSource {
    private final Supplier<List<Alert>> open;
    private final Supplier<List<ChannelState>> channels;

    /** Asks these; they answer nothing before the hub has started. */
    public AlertHealth(Supplier<List<Alert>> open, Supplier<List<ChannelState>> channels) {
        this.open = open;
        this.channels = channels;
    }

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public Health check() {
        String what = count(open.get());
        Optional<ChannelState> wrong =
                channels.get().stream().filter(ChannelState::isWrong).findFirst();
        return wrong.map(channel -> Health.warning(
                        what + " " + channel.waiting() + " wait for " + channel.name() + ": "
                                + channel.trouble().orElse(""),
                        "Nobody is told by " + channel.name()
                                + " until its settings are mended; what waits is kept for a week.",
                        "caravan alert test " + channel.name()))
                .orElseGet(() -> Health.ok(what));
    }

    private static String count(List<Alert> all) {
        long open =
                all.stream().filter(alert -> alert.state() == Alert.State.OPEN).count();
        long seen = all.size() - open;
        if (all.isEmpty()) {
            return "No alert is open.";
        }
        String worst = all.stream()
                .map(Alert::severity)
                .max(Comparator.naturalOrder())
                .map(Priority::word)
                .orElse("");
        return open + (open == 1 ? " alert is" : " alerts are") + " open"
                + (seen == 0 ? "" : ", " + seen + " acknowledged") + ", the worst is " + worst + ".";
    }

    @Override
    public void expose(Exposition exposition) {
        List<Alert> all = open.get();
        for (Priority severity : Priority.values()) {
            exposition.gauge(
                    "caravan_alerts_open",
                    "Alerts that are not over, acknowledged ones too.",
                    all.stream().filter(alert -> alert.severity() == severity).count(),
                    "severity",
                    severity.word());
        }
        for (ChannelState channel : channels.get()) {
            exposition.gauge(
                    "caravan_alert_deliveries_waiting",
                    "Messages that a channel has not got yet.",
                    channel.waiting(),
                    "channel",
                    channel.name());
            exposition.counter(
                    "caravan_alert_deliveries_total",
                    "Messages that a channel got since the start.",
                    channel.sent(),
                    "channel",
                    channel.name());
        }
    }
}
