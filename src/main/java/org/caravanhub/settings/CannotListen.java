package org.caravanhub.settings;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** A port that the hub needs cannot be opened, although no other process has it. */
public final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int FIRST_FREE_FOR_ALL = 1024;

    /**
     * @param address where to listen, for example {@code 192.168.1.20}
     * @param option the option that chooses another port; the one of the address is named alike
     * @param cause what the machine says: an {@link IOException}, or that the address has no meaning here
     */
    public CannotListen(String address, int port, String option, @Nullable Throwable cause) {
        super(sentence(address, port, option, cause), cause);
    }

    private static String sentence(String address, int port, String option, @Nullable Throwable cause) {
        String reason = cause == null ? "" : String.valueOf(cause.getMessage());
        if (reason.contains("Permission denied")) {
            return "Port " + port + " may not be opened by this user"
                    + (port < FIRST_FREE_FOR_ALL ? ": ports below " + FIRST_FREE_FOR_ALL + " need root" : "")
                    + ". Choose another with " + option + " N.";
        }
        if (reason.contains("Cannot assign requested address")
                || cause instanceof UnresolvedAddressException
                || cause instanceof java.net.UnknownHostException) {
            return address + " is no address of this machine. Choose one of its own with "
                    + option.replace("-port", "-host") + ", or 0.0.0.0 for all of them.";
        }
        return "Cannot listen on " + address + " port " + port + (reason.isEmpty() ? "" : ": " + reason)
                + ". Choose another port with " + option + " N.";
    }
}
