package org.caravanhub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanhub.TestPostgres;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Manner;
import org.junit.jupiter.api.Test;

/** The same in the other database: what is kept of alerts, mutes and what waits is read again as it was written. */
class AlertCentreOnPostgresTest {
    @Test
    void aHubThatStartsAgainKnowsEverything() throws Exception {
        try (TestPostgres postgres = TestPostgres.fresh();
                TestAlerts hub = TestAlerts.on(postgres)) {
            Manner reminded = new Manner(true, Duration.ofHours(4), Duration.ZERO);
            try (AlertCentre before = hub.centre()) {
                before.tell(hub.cold("hut"), reminded);
                before.raise(hub.cold("van"));
                before.look();
                long van = before.open().get(1).id();
                before.acknowledge(van, hub.audit("acknowledge-alert"));
                before.mute(
                        new Mute("", "tank", hub.clock.instant().plus(Duration.ofHours(8)), "admin"),
                        hub.audit("mute-alerts"));
            }
            Dispatch waiting = hub.told.get(0);
            hub.book.write(new AlertBook.Page(
                    List.of(), List.of(new Pending("ntfy", waiting)), List.of(), List.of(), List.of()));
            hub.heard();

            try (AlertCentre centre = hub.centre()) {
                centre.tell(hub.cold("hut"), reminded);
                centre.raise(hub.cold("tank"));
                centre.over(hub.cold("van"));
                assertThat(hub.heard()).containsExactly("resolved Over: van is cold");
                centre.removed("hut");
            }

            assertThat(hub.book.pending()).containsExactly(new Pending("ntfy", waiting));
            assertThat(hub.book.page(new AlertBook.Filter("resolved", "hut", Optional.empty()), Long.MAX_VALUE, 10))
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.count()).isEqualTo(2));
            hub.book.forget(hub.clock.instant().plus(Duration.ofDays(1)));
            assertThat(hub.book.page(new AlertBook.Filter("", "", Optional.empty()), Long.MAX_VALUE, 10))
                    .extracting(alert -> alert.about().device())
                    .containsExactly("tank");
        }
    }
}
