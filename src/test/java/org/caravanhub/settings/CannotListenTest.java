package org.caravanhub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import org.junit.jupiter.api.Test;

class CannotListenTest {
    @Test
    void aPortForRootSaysSoAndHowToChooseAnother() {
        CannotListen failed = new CannotListen("0.0.0.0", 81, "--http-port", new SocketException("Permission denied"));

        assertThat(failed)
                .hasMessage("Port 81 may not be opened by this user: ports below 1024 need root."
                        + " Choose another with --http-port N.");
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        assertThatThrownBy(() -> PortTaken.check("192.0.2.1", 0, "--mqtt-port"))
                .isInstanceOf(CannotListen.class)
                .hasMessageContainingAll("192.0.2.1 is no address of this machine", "--mqtt-host");
    }
}
