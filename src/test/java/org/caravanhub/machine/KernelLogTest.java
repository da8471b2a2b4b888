package org.caravanhub.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravanhub.health.Health;
import org.junit.jupiter.api.Test;

class KernelLogTest {
    @Test
    void aFailingCardIsToldFirstAndTheRestIsCounted() throws IOException {
        Health health = judge("failing-card");

        assertThat(health.state()).isEqualTo(Health.State.WARNING);
        assertThat(health.what())
                .startsWith("The kernel's log has 3 errors of a card or disk; the last: blk_update_request: I/O error")
                .contains(
                        " And ",
                        "2 times too little voltage",
                        "1 processes ended for want of memory",
                        "2 errors of a file system");
    }

    @Test
    void anOrdinaryStartIsNoTrouble() throws IOException {
        assertThat(judge("ordinary").state()).isEqualTo(Health.State.OK);
    }

    private static Health judge(String name) throws IOException {
        return KernelLog.judge(Files.readAllLines(Path.of("src/test/resources/machine/kernel", name + ".log")));
    }
}
