package org.caravanhub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.caravanhub.notice.Channel;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Priority;
import org.caravanhub.notice.Webhook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the owner by channels that are away for a night, and in which order. */
class DeliveriesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private TestAlerts hub;

    @BeforeEach
    void open() {
        hub = TestAlerts.in(folder);
    }

    @AfterEach
    void close() throws Exception {
        hub.close();
    }

    @Test
    void afterANightWithoutInternetTheWorstComesFirstAndWhatIsOverInOneMessage() throws Exception {
        int port = Ports.free();
        URI url = URI.create("http://127.0.0.1:" + port + "/hut");
        Deliveries deliveries = ntfy(url, Priority.LOW);
        try (AlertCentre centre = hub.centre(hub.book, deliveries)) {
            for (int i = 0; i < 20; i++) {
                centre.raise(hub.cold("d" + i));
                // What is new is tried at once, and not again soon.
                Await.until(
                        "nobody is there",
                        PATIENCE,
                        () -> deliveries.states().get(0).trouble().isPresent());
                hub.clock.pass(Duration.ofMinutes(10));
                centre.resolve("frost", "d" + i, "");
            }
            centre.raise(hub.notice("low-battery", "van", Priority.NORMAL, "van: battery low"));
            centre.raise(hub.notice("fire", "hut", Priority.HIGH, "hut: fire"));
            hub.clock.pass(Duration.ofHours(3));

            try (PushServer server = new PushServer(port)) {
                deliveries.hurry("ntfy");

                PushServer.Post first = next(server);
                assertThat(first.header("Title")).isEqualTo("hut: fire");
                assertThat(first.body()).isEqualTo("late: 3 h\ntext");
                assertThat(next(server).header("Title")).isEqualTo("van: battery low");
                PushServer.Post last = next(server);
                assertThat(last.header("Title")).isEqualTo("While nobody could be told: 20 alerts");
                assertThat(last.body()).startsWith("late: 6 h\n").contains("Over: d19 is cold");
                Await.until(
                        "nothing waits",
                        PATIENCE,
                        () -> deliveries.states().get(0).waiting() == 0);
                assertThat(server.posts).isEmpty();
            }
        }
        assertThat(hub.book.pending()).isEmpty();
    }

    @Test
    void aHubThatIsKilledSendsWhatWaitedUnderTheSameId() throws Exception {
        int port = Ports.free();
        URI url = URI.create("http://127.0.0.1:" + port + "/hut");
        AlertCentre killed = hub.centre(hub.book, ntfy(url, Priority.LOW));
        killed.raise(hub.cold("hut"));
        killed.look();
        String id = hub.book.pending().get(0).dispatch().id();

        try (PushServer server = new PushServer(port);
                AlertCentre centre = hub.centre(hub.book, ntfy(url, Priority.LOW))) {
            PushServer.Post post = next(server);
            assertThat(post.header("X-Sequence-ID")).isEqualTo(id);
            assertThat(post.header("Idempotency-Key")).isEqualTo(id);
            Await.until("it is kept no more", PATIENCE, () -> hub.book.pending().isEmpty());
            assertThat(centre.open()).hasSize(1);
        }
    }

    @Test
    void aServerThatIsBusyOrWronglySetUpKeepsItsTurnAndARedirectIsNotFollowed() throws Exception {
        try (PushServer server = new PushServer();
                AlertCentre centre = hub.centre(hub.book, ntfyTo(server))) {
            for (int answer : new int[] {503, 301, 403}) {
                server.answer = answer;
                centre.tell(hub.notice("door", "hut", Priority.URGENT, "answered " + answer));
                assertThat(next(server).answer()).isEqualTo(answer);
                Await.until("why is known", PATIENCE, () -> lastState()
                        .trouble()
                        .filter(why -> why.contains(Integer.toString(answer)))
                        .isPresent());
                assertThat(lastState().waiting()).isPositive();
            }
            assertThat(lastState().trouble().orElseThrow()).contains("caravan.notify.token");

            server.answer = 200;
            deliveries.hurry("ntfy");
            Await.until("all are there", PATIENCE, () -> lastState().waiting() == 0);
            assertThat(server.posts)
                    .extracting(post -> post.header("Title"))
                    .containsExactly("answered 503", "answered 301", "answered 403");
        }
    }

    @Test
    void aChannelThatHangsHoldsUpNoOtherAndOnlyGetsWhatIsBadEnough() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<String> slow = new ArrayList<>();
        Channel hangs = new Channel() {
            @Override
            public String name() {
                return "hangs";
            }

            @Override
            public Priority least() {
                return Priority.HIGH;
            }

            @Override
            public Answer send(Dispatch dispatch, Duration late) throws InterruptedException {
                release.await();
                slow.add(dispatch.notice().title());
                return new Answer(Result.DELIVERED, "");
            }
        };
        try (PushServer server = new PushServer()) {
            Channel ntfy = new Webhook(
                    server.url(), Webhook.Form.NTFY, Optional.of("tk_secret"), Priority.LOW, "caravan.notify");
            Deliveries both = new Deliveries(List.of(hangs, ntfy), hub.clock);
            try (AlertCentre centre = hub.centre(hub.book, both)) {
                centre.raise(hub.notice("fire", "hut", Priority.URGENT, "Kälte"));
                centre.raise(hub.cold("hut"));

                PushServer.Post post = next(server);
                assertThat(post.header("Title")).isEqualTo("=?UTF-8?B?S8OkbHRl?=");
                assertThat(post.header("Priority")).isEqualTo("urgent");
                assertThat(post.header("Authorization")).isEqualTo("Bearer tk_secret");
                assertThat(next(server).header("Title")).isEqualTo("hut is cold");
                assertThat(both.states())
                        .extracting(ChannelState::waiting)
                        .first()
                        .isEqualTo(1);
                release.countDown();
                Await.until("it has it", PATIENCE, () -> both.states().get(0).waiting() == 0);
                assertThat(slow).containsExactly("Kälte");
            }
        }
    }

    @Test
    void aYearWithoutInternetKeepsTheWorstFiveHundredOfAWeek() throws Exception {
        Deliveries away = ntfy(URI.create("http://127.0.0.1:" + Ports.free() + "/hut"), Priority.LOW);
        try (AlertCentre centre = hub.centre(hub.book, away)) {
            centre.raise(hub.notice("fire", "hut", Priority.URGENT, "hut: fire"));
            for (int i = 0; i < Lane.MOST + 50; i++) {
                centre.raise(hub.cold("d" + i));
            }
            Await.until("they are bounded", PATIENCE, () -> away.states().get(0).waiting() <= Lane.MOST);

            hub.clock.pass(Duration.ofDays(8));
            away.hurry("ntfy");
            Await.until("they are too old", PATIENCE, () -> away.states().get(0).waiting() == 0);
        }
        assertThat(hub.book.pending()).isEmpty();
    }

    private Deliveries deliveries = new Deliveries(List.of(), java.time.Clock.systemUTC());

    private Deliveries ntfyTo(PushServer server) {
        deliveries = ntfy(server.url(), Priority.LOW);
        return deliveries;
    }

    private ChannelState lastState() {
        return deliveries.states().get(0);
    }

    private Deliveries ntfy(URI url, Priority least) {
        return new Deliveries(
                List.of(new Webhook(url, Webhook.Form.NTFY, Optional.empty(), least, "caravan.notify")), hub.clock);
    }

    private static PushServer.Post next(PushServer server) throws InterruptedException {
        PushServer.Post post = server.posts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(post).as("something is posted").isNotNull();
        return post;
    }
}
