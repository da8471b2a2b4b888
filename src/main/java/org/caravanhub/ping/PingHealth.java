package org.caravanhub.ping;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;

/** Whether a message to the hub itself comes back, by the way that one of a device takes. */
public final class PingHealth implements HealthCheck, MetricSource {
    /** One that is lost can be bad luck. */
    private static final int BROKEN = 2;

    private final Supplier<Optional<Ping>> ping;
    private final LongSupplier nanos;

    /** @param ping nothing until the hub has started */
    public PingHealth(Supplier<Optional<Ping>> ping) {
        this(ping, System::nanoTime);
    }

    PingHealth(Supplier<Optional<Ping>> ping, LongSupplier nanos) {
        this.ping = ping;
        this.nanos = nanos;
    }

    @Override
    public String name() {
        return "ping";
    }

    @Override
    public Health check() {
        Optional<Ping> here = ping.get();
        Optional<Ping.State> last = here.flatMap(Ping::last);
        if (here.isEmpty()) {
            return Health.ok("The hub is starting; no message to itself was sent yet.");
        }
        Duration silent = Duration.ofNanos(nanos.getAsLong()
                - last.map(Ping.State::atNanos).orElseGet(() -> here.get().beganNanos()));
        if (silent.compareTo(here.get().pace().multipliedBy(3)) > 0) {
            return lost("No message of the hub to itself has ended for " + silent.toSeconds() + " s.");
        }
        return last.map(state -> judge(state, silent))
                .orElseGet(() -> Health.ok("The first message of the hub to itself is on its way."));
    }

    private static Health judge(Ping.State state, Duration ago) {
        return switch (state.result()) {
            case BACK ->
                Health.ok("A message of the hub to itself came back in "
                        + Math.max(1, state.took().toMillis()) + " ms, " + ago.toSeconds() + " s ago.");
            case WITHOUT_BROKER ->
                Health.warning(
                        "A message of the hub to itself did not leave: the broker does not take it.",
                        "What devices say waits in the broker, if it runs. The hub itself is alive.",
                        "See the checks broker and mqtt: caravan health.");
            case LOST -> {
                String what = state.lost() + (state.lost() == 1 ? " message" : " messages")
                        + " of the hub to itself did not come back within "
                        + state.took().toSeconds() + " s.";
                yield state.lost() < BROKEN
                        ? Health.warning(
                                what,
                                "The hub may have much to do, or does not take messages any more.",
                                "Look again in a minute.")
                        : lost(what);
            }
        };
    }

    private static Health lost(String what) {
        return Health.problem(
                what,
                "The broker has taken it, so the hub is at fault: what devices say is not taken either, and waits in the broker.",
                "As a service it is started anew by itself within a minute; otherwise: sudo systemctl restart caravan. Keep the log:"
                        + " journalctl -u caravan -n 500.");
    }

    @Override
    public void expose(Exposition exposition) {
        Optional<Ping.State> last = ping.get().flatMap(Ping::last);
        last.ifPresent(state -> {
            boolean isBack = state.result() == RoundTrip.Result.BACK;
            exposition.gauge(
                    "caravan_ping_back", "1 if the last message of the hub to itself came back.", isBack ? 1 : 0);
            if (isBack) {
                exposition.gauge(
                        "caravan_ping_seconds",
                        "How long it was on its way, through broker and writer.",
                        state.took().toNanos() / 1e9);
            }
        });
    }
}
