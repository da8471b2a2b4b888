package org.caravanhub.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.caravanhub.flow.Mistake;
import org.junit.jupiter.api.Test;

/** What the hub is shipped with passes the check that users' flows have to pass. */
class ShippedFilesTest {
    @Test
    void everyShippedFlowIsRight() throws IOException {
        Map<String, byte[]> shipped = TestFlows.shipped();

        assertThat(new Checker(TestFlows.known())
                        .check(shipped, shipped.keySet()).stream().map(Mistake::text))
                .isEmpty();
    }
}
