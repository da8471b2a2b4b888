package org.caravanhub.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.caravanhub.clock.ClockSource;
import org.caravanhub.health.Health;
import org.junit.jupiter.api.Test;

/**
 * What a Pi 4 with a weak supply, a Compute Module 5 in the sun and a small virtual machine have in /proc and /sys. The trees were written after
 * what the kernel documents and what owners of such machines show; they are not copies of one machine.
 */
class MachinesTest {
    private static final Path DATA = Path.of("/var/lib/caravan");

    @Test
    void aPiWithTooLittleVoltageSaysSoAndWhatToBuy() {
        Health pi = PiHealth.of(tree("pi4")).orElseThrow().check();

        assertThat(pi.state()).isEqualTo(Health.State.WARNING);
        assertThat(pi.what()).isEqualTo("The voltage is too low now.");
        assertThat(pi.fix()).contains("5.1 V; 3 A for a Pi 4");
        assertThat(new MachineHealth(tree("pi4")).check().what())
                .isEqualTo("Raspberry Pi 4 Model B Rev 1.4, up 12 days, load 0.31, 53 °C.");
    }

    @Test
    void aPi5HasAnAddressInThePathOfItsFirmware() {
        assertThat(PiHealth.of(tree("pi5")).orElseThrow().check().what()).isEqualTo("The voltage is well.");
        Health machine = new MachineHealth(tree("pi5")).check();
        assertThat(machine.what()).contains("Compute Module 5", "85 °C", "load 21.02");
        assertThat(machine.fix()).contains("fan");
    }

    @Test
    void aMachineThatIsNoPiHasNoSuchCheck() {
        assertThat(PiHealth.of(tree("vm"))).isEmpty();
        assertThat(new MachineHealth(tree("vm")).check())
                .isEqualTo(Health.ok("Linux with 2 processors, up 16 h, load 0.05."));
    }

    @Test
    void errorsOfTheCardAreFoundThoughItIsMountedByAnotherName() {
        Health card = new FileSystemHealth(tree("pi4"), DATA).check();

        assertThat(card.state()).isEqualTo(Health.State.WARNING);
        assertThat(card.what()).isEqualTo("The file system ext4 at / has noted 3 errors.");
    }

    @Test
    void aWornMemoryIsToldBeforeItDies() {
        assertThat(new FileSystemHealth(tree("pi5"), Path.of("/srv")).check().what())
                .isEqualTo("The memory mmcblk0 has used 90 to 100 % of its life, as its maker reckons it.");
    }

    @Test
    void aFileSystemThatLinuxHasMadeReadOnlyIsAProblem() {
        Health disk = new FileSystemHealth(tree("pi5"), Path.of("/var/lib/caravan data/x")).check();

        assertThat(disk.state()).isEqualTo(Health.State.PROBLEM);
        assertThat(disk.what()).isEqualTo("The file system ext4 at /var/lib/caravan data is read-only.");
    }

    @Test
    void memoryIsWhatAClearingLeftAndNotWhatIsCached() {
        Health memory = new MemoryHealth(tree("pi4"), () -> new MemoryHealth.Heap(60 << 20, 128 << 20)).check();

        assertThat(memory)
                .isEqualTo(Health.ok("60 of 128 MB of heap are needed; the service has 200 of the 512 MB that it may"
                        + " have; the machine has 500 of 923 MB left."));
        assertThat(new MemoryHealth(tree("pi4"), () -> new MemoryHealth.Heap(120 << 20, 128 << 20))
                        .check()
                        .fix())
                .contains("-Xmx");
        assertThat(new MemoryHealth(tree("pi5"), () -> new MemoryHealth.Heap(0, 128 << 20))
                        .check()
                        .why())
                .contains("machine has none left");
    }

    @Test
    void theProcessItselfIsLookedAt() {
        assertThat(new FilesHealth().check().state()).isEqualTo(Health.State.OK);
        assertThat(new FilesHealth(() -> new FilesHealth.Open(820, 1000))
                        .check()
                        .state())
                .isEqualTo(Health.State.WARNING);
        assertThat(new MemoryHealth(Linux.HERE).check().what()).contains("heap");
    }

    @Test
    void whereTheTimeComesFromIsTold() {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1_780_315_000 + 600), ZoneOffset.UTC);

        ClockSource pi5 = new ClockSource(tree("pi5").root(), clock);

        assertThat(pi5.words()).isEqualTo("no time server; a battery clock (rpi_rtc) that is off by 10 min");
        assertThat(pi5.battery().orElseThrow().offset()).isEqualTo(Duration.ofSeconds(-600));
        assertThat(new ClockSource(tree("pi4").root(), Clock.systemUTC()).words())
                .contains("systemd-timesyncd", "no battery clock");
    }

    private static Linux tree(String machine) {
        return new Linux(Path.of("src/test/resources/machine", machine));
    }
}
