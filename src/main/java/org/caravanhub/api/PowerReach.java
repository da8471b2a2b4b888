package org.caravanhub.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanhub.health.Health;
import org.caravanhub.text.Plain;

/** Whether a host has an address and takes connections. Nothing is said to it. Safe for use by many threads; one looks at a time. */
final class PowerReach {
    private final Duration resolving;
    private final Duration connecting;
    private final AtomicBoolean isLooking = new AtomicBoolean();

    /** Waits for each no longer than this. */
    PowerReach(Duration resolving, Duration connecting) {
        this.resolving = resolving;
        this.connecting = connecting;
    }

    /** Looks now; takes as long as both waits together at most. */
    Health look(String url) throws InterruptedException {
        URI host = URI.create(url);
        if (!isLooking.compareAndSet(false, true)) {
            return Health.unknown(
                    "Whether " + host.getHost() + " is there is being looked at.", "The look before is not over.");
        }
        CompletableFuture<InetAddress> address = new CompletableFuture<>();
        Thread resolver = new Thread(() -> resolve(host.getHost(), address), "resolve-ecoflow");
        resolver.setDaemon(true);
        resolver.start();
        try {
            return connect(host, address.get(resolving.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            String why = e.getCause() instanceof UnknownHostException
                    ? "it is not known"
                    : "no name server answered in time";
            return Health.problem(
                    "The name " + host.getHost() + " has no address: " + why + ".",
                    "EcoFlow cannot be asked.",
                    "Is there internet? Look with: getent hosts " + host.getHost());
        }
    }

    /** A name server that does not answer holds a thread for longer than anybody waits. */
    private void resolve(String name, CompletableFuture<InetAddress> address) {
        try {
            address.complete(InetAddress.getByName(name));
        } catch (UnknownHostException e) {
            address.completeExceptionally(e);
        } finally {
            isLooking.set(false);
        }
    }

    private Health connect(URI host, InetAddress address) {
        boolean isEncrypted = "https".equals(host.getScheme());
        int port = host.getPort() > 0 ? host.getPort() : isEncrypted ? 443 : 80;
        String shown = host.getHost() + " (" + address.getHostAddress() + "), port " + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(connecting.toMillis()));
            return Health.ok(shown + ", takes connections.");
        } catch (IOException e) {
            return Health.problem(
                    shown + ", takes no connection: " + Plain.line(String.valueOf(e.getMessage())) + ".",
                    "EcoFlow cannot be asked.",
                    "Is there internet, or does a firewall or a sign-in page stand between?");
        }
    }
}
