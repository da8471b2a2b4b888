package org.caravanhub.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanhub.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from a profile, and what devices read of it. */
final class ProfileNewsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant SINCE = Instant.parse("2026-06-01T12:00:00.123Z");

    @TempDir
    Path folder;

    private final AtomicReference<PowerState> state = new AtomicReference<>(state(Profile.NORMAL, 60));
    private final List<String> said = new CopyOnWriteArrayList<>();

    private static PowerState state(Profile profile, double percent) {
        return new PowerState(
                profile, "van-battery", OptionalDouble.of(percent), Optional.of(SINCE), Optional.of(SINCE), "Why.");
    }

    private PowerState now() {
        return Objects.requireNonNull(state.get());
    }

    @Test
    void aBrokerThatIsAwayIsToldLaterAndOneThatIsBackIsToldAgain() throws Exception {
        AtomicReference<String> trouble = new AtomicReference<>("");
        ProfileNews.Listener broken = (before, now) -> {
            throw new IllegalStateException("a listener of ours is broken");
        };
        try (ProfileNews news = new ProfileNews(
                this::now,
                List.of(
                        broken,
                        (before, now) -> said.add(before.map(Profile::word).orElse("start") + " to "
                                + now.profile().word())),
                now -> {
                    if (!Objects.requireNonNull(trouble.get()).isEmpty()) {
                        throw new IllegalStateException(trouble.get());
                    }
                    said.add("published " + now.profile().word());
                })) {
            news.changed();
            news.begin();
            awaitSaid("start to normal", "published normal");

            trouble.set("not connected");
            state.set(state(Profile.SAVING, 24));
            news.changed();
            awaitSaid("normal to saving");
            trouble.set("");
            news.reached();
            awaitSaid("published saving");
            news.reached();
            awaitSaid("published saving");
        }
    }

    private void awaitSaid(String... lines) {
        Await.until(List.of(lines) + " in " + said, PATIENCE, () -> said.size() >= lines.length);
        assertThat(said).containsExactly(lines);
        said.clear();
    }

    @Test
    void devicesAreAdvisedAndTheBrokerForgetsWhatIsOff() {
        ProfileMessage message = new ProfileMessage();

        assertThat(message.write(state(Profile.SAVING, 23.6), 300, 900))
                .isEqualTo("{\"profile\":\"saving\",\"charge_percent\":24,\"station\":\"van-battery\","
                        + "\"since\":\"2026-06-01T12:00:00Z\",\"advice\":{\"report_every_s\":300}}");
        assertThat(message.write(state(Profile.FLOOR, 9), 300, 900)).contains("\"advice\":{\"report_every_s\":900}");
        assertThat(message.write(state(Profile.NORMAL, 60), 300, 900)).endsWith("\"advice\":{}}");
        assertThat(message.write(PowerState.UNWATCHED, 300, 900)).isEmpty();
        assertThat(new String(ProfileMessage.event(state(Profile.SAVING, 24)), StandardCharsets.UTF_8))
                .endsWith("\"why\":\"Why.\"}");
    }

    @Test
    void whatIsRememberedCanBeDamagedWithoutHarm() throws Exception {
        ProfileMemory memory = new ProfileMemory(folder);
        assertThat(memory.load()).isEmpty();
        memory.save(state(Profile.SAVING, 24));
        assertThat(memory.load()).contains(new ProfileMemory.Remembered("van-battery", Profile.SAVING, SINCE));

        Files.writeString(folder.resolve("power-profile"), "van-battery\nsaving\nyesterday\n");
        assertThat(memory.load()).isEmpty();
        assertThat(memory.isThere()).isTrue();
        memory.clear();
        assertThat(memory.isThere()).isFalse();
    }
}
