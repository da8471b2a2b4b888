package org.caravanhub.access;

import java.util.function.Supplier;
import org.caravanhub.settings.LanAddresses;

/** Where devices find the hub: told in the words of whoever asks. Safe for use by many threads. */
public final class Places {
    private final Supplier<String> brokerUrl;
    private final String boundAddress;
    private final String httpAddress;

    /**
     * Places of this hub.
     *
     * @param brokerUrl where the hub itself connects
     * @param boundAddress the address that the embedded broker listens on; empty for a broker elsewhere
     * @param httpAddress the address that HTTP listens on
     */
    public Places(Supplier<String> brokerUrl, String boundAddress, String httpAddress) {
        this.brokerUrl = brokerUrl;
        this.boundAddress = boundAddress;
        this.httpAddress = httpAddress;
    }

    /** The broker, for somebody who asked the hub by this name. */
    public BrokerAddress broker(String asked) {
        return BrokerAddress.of(brokerUrl.get(), boundAddress, asked, Places::lan);
    }

    /** The hub's own URL, without a path, for somebody who asked it by this name. */
    public String http(String asked) {
        if (httpAddress.startsWith("127.")) {
            return "http://" + asked;
        }
        String host = BrokerAddress.here(asked, Places::lan);
        int colon = asked.lastIndexOf(':');
        boolean hasPort = colon > asked.lastIndexOf(']');
        return "http://" + new BrokerAddress(host, 0, false).inUrl() + (hasPort ? asked.substring(colon) : "");
    }

    private static String lan() {
        return LanAddresses.ofMachine().stream()
                .findFirst()
                .map(LanAddresses.Address::host)
                .orElse("");
    }
}
