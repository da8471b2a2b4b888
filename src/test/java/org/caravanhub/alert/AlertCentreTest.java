package org.caravanhub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanhub.alert.AlertBook.Filter;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.notice.Manner;
import org.caravanhub.notice.Priority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of what is said, and what is kept of it. */
class AlertCentreTest {
    private static final Filter ALL = new Filter("", "", Optional.empty());
    private static final Manner REMINDED = new Manner(true, Duration.ofHours(4), Duration.ZERO);

    @TempDir
    Path folder;

    private TestAlerts hub;

    @BeforeEach
    void open() {
        hub = open(folder);
    }

    /** The other database is the other test's. */
    TestAlerts open(Path in) {
        return TestAlerts.in(in);
    }

    @AfterEach
    void close() throws Exception {
        hub.close();
    }

    @Test
    void whatGoesOnIsToldOnceAndCountedAndItsEndIsTold() {
        try (AlertCentre centre = hub.centre()) {
            centre.raise(hub.cold("hut"));
            centre.raise(hub.cold("hut"));
            centre.raise(hub.cold("van"));
            hub.clock.pass(Duration.ofHours(3));
            centre.resolve("frost", "hut", "It is warm.");

            assertThat(hub.heard())
                    .containsExactly("open hut is cold", "open van is cold", "resolved Over: hut is cold");
            assertThat(centre.open()).extracting(Alert::count).containsExactly(1L);
        }

        assertThat(hub.book.page(ALL, Long.MAX_VALUE, 10))
                .extracting(
                        alert -> alert.about().device() + " " + alert.state().word() + " " + alert.count())
                .containsExactlyInAnyOrder("van open 1", "hut resolved 2");
    }

    @Test
    void aRecoveryResetsTheCoolDownAtOnce() {
        try (AlertCentre centre = hub.centre()) {
            centre.tell(hub.cold("hut"), REMINDED);
            hub.clock.pass(Duration.ofHours(1));
            centre.tell(hub.cold("hut"), REMINDED);
            centre.over(hub.cold("hut"));
            hub.clock.pass(Duration.ofMinutes(1));
            centre.tell(hub.cold("hut"), REMINDED);

            assertThat(hub.heard())
                    .containsExactly("open hut is cold", "resolved Over: hut is cold", "open hut is cold");

            hub.clock.pass(Duration.ofHours(4));
            centre.tell(hub.cold("hut"), REMINDED);
            assertThat(hub.heard()).containsExactly("open hut is cold");
        }
    }

    @Test
    void aRestartTellsNothingTwiceAndForgetsNothing() {
        AlertCentre killed = hub.centre();
        killed.tell(hub.cold("hut"), REMINDED);
        killed.look();
        hub.heard();

        try (AlertCentre centre = hub.centre()) {
            assertThat(centre.open()).extracting(Alert::title).containsExactly("hut is cold");

            hub.clock.pass(Duration.ofHours(3));
            centre.tell(hub.cold("hut"), REMINDED);
            assertThat(hub.heard()).isEmpty();

            hub.clock.pass(Duration.ofHours(1));
            centre.tell(hub.cold("hut"), REMINDED);
            assertThat(hub.heard()).hasSize(1);

            centre.resolve("frost", "hut", "");
            assertThat(hub.heard()).containsExactly("resolved Over: hut is cold");
        }
    }

    @Test
    void whatIsAcknowledgedIsToldAgainOnlyWhenItGetsWorse() {
        try (AlertCentre centre = hub.centre()) {
            centre.tell(hub.cold("hut"), REMINDED);
            centre.look();
            long id = centre.open().get(0).id();

            assertThat(centre.acknowledge(id, hub.audit("acknowledge-alert"))).isPresent();
            hub.clock.pass(Duration.ofDays(2));
            centre.tell(hub.cold("hut"), REMINDED);
            assertThat(hub.heard()).containsExactly("open hut is cold");

            centre.tell(hub.notice("frost", "hut", Priority.URGENT, "hut is freezing"), REMINDED);
            assertThat(hub.heard()).containsExactly("open hut is freezing");
            assertThat(centre.open().get(0).state()).isEqualTo(Alert.State.OPEN);
        }
    }

    @Test
    void whatOnlyHappensIsToldEachTimeAndIsOverByItselfWithoutAWord() {
        try (AlertCentre centre = hub.centre()) {
            centre.tell(hub.notice("door", "hut", Priority.NORMAL, "The door opened"));
            hub.clock.pass(Duration.ofHours(20));
            centre.tell(hub.notice("door", "hut", Priority.NORMAL, "The door opened"));
            assertThat(hub.heard()).hasSize(2);

            hub.clock.pass(Duration.ofHours(23));
            centre.look();
            assertThat(centre.open()).hasSize(1);
            hub.clock.pass(Duration.ofHours(1));
            centre.look();
            assertThat(centre.open()).isEmpty();
            assertThat(hub.heard()).isEmpty();
        }
    }

    @Test
    void whatIsMutedIsToldWhenTheMuteEndsIfItIsNotOverByThen() {
        try (AlertCentre centre = hub.centre()) {
            Instant until = hub.clock.instant().plus(Duration.ofHours(2));
            centre.mute(new Mute("frost", "", until, "admin"), hub.audit("mute-alerts"));
            centre.raise(hub.cold("hut"));
            centre.raise(hub.cold("van"));
            centre.resolve("frost", "van", "");
            assertThat(hub.heard()).isEmpty();

            hub.clock.pass(Duration.ofHours(2));
            centre.look();
            assertThat(hub.heard()).containsExactly("open hut is cold");
        }
    }

    @Test
    void aDatabaseThatIsAwayKeepsNobodyFromBeingToldAndGetsItLater() {
        AtomicBoolean isAway = new AtomicBoolean(true);
        AlertCentre before = hub.centre();
        before.raise(hub.cold("van"));
        before.look();
        hub.heard();

        try (AlertCentre centre = hub.centre(new AwayBook(hub.book, isAway), Outbox.NONE)) {
            centre.raise(hub.cold("hut"));
            centre.resolve("frost", "van", "It is warm.");
            centre.look();
            assertThat(hub.heard()).containsExactly("open hut is cold");

            isAway.set(false);
            centre.look();
            assertThat(hub.heard()).containsExactly("resolved Over: van is cold");
        }
        assertThat(hub.book.open()).extracting(Alert::title).containsExactly("hut is cold");
    }

    @Test
    void aDeviceThatIsRemovedTakesItsAlertsWithIt() {
        try (AlertCentre centre = hub.centre()) {
            centre.raise(hub.cold("hut"));
            centre.raise(hub.cold("van"));
            hub.heard();

            centre.removed("hut");

            assertThat(centre.devices("frost")).containsExactly("van");
            assertThat(hub.heard()).isEmpty();
        }
        assertThat(hub.book.page(new Filter("resolved", "hut", Optional.empty()), Long.MAX_VALUE, 10))
                .extracting(alert -> alert.end().orElseThrow().why())
                .containsExactly("the device was removed");
    }

    @Test
    void aHubThatIsFloodedKeepsTheWorst() {
        try (AlertCentre centre = hub.centre()) {
            centre.raise(hub.notice("fire", "hut", Priority.URGENT, "Fire"));
            for (int i = 0; i < OpenAlerts.MOST + 5; i++) {
                centre.raise(hub.cold("d" + i));
            }

            assertThat(centre.open())
                    .hasSize(OpenAlerts.MOST)
                    .first()
                    .extracting(Alert::title)
                    .isEqualTo("Fire");
        }
    }

    /** A book that cannot be asked while it is away. */
    private record AwayBook(AlertBook book, AtomicBoolean isAway) implements AlertBook {
        @Override
        public List<Alert> open() {
            return there().open();
        }

        @Override
        public List<Mute> mutes(Instant now) {
            return there().mutes(now);
        }

        @Override
        public List<Pending> pending() {
            return there().pending();
        }

        @Override
        public Optional<Alert> find(long id) {
            return there().find(id);
        }

        @Override
        public List<Alert> page(Filter filter, long before, int limit) {
            return there().page(filter, before, limit);
        }

        @Override
        public List<Long> write(Page page) {
            return there().write(page);
        }

        @Override
        public void forget(Instant before) {
            there().forget(before);
        }

        private AlertBook there() {
            if (isAway.get()) {
                throw new IllegalStateException("away");
            }
            return book;
        }
    }

    @Test
    void whoDidItIsKept() {
        try (AlertCentre centre = hub.centre()) {
            centre.raise(hub.cold("hut"));
            centre.look();
            AuditEntry audit = hub.audit("resolve-alert");

            Alert over = centre.resolve(centre.open().get(0).id(), audit).orElseThrow();

            assertThat(over.end().orElseThrow().why()).isEqualTo("by admin");
            assertThat(hub.book.find(over.id()).orElseThrow().state()).isEqualTo(Alert.State.RESOLVED);
            assertThat(centre.acknowledge(over.id(), audit)).isEmpty();
        }
    }
}
