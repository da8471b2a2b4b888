package org.caravanhub.ecoflow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks up names, and does not wait for ever: where no name server answers, the machine itself tries for half a minute and more, and nobody
 * can cut it off. One look-up of a name is under way at most. Safe for several threads.
 */
final class BoundedNames implements DnsResolver {
    private final DnsResolver names;
    private final Duration longest;
    private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();

    BoundedNames(DnsResolver names, Duration longest) {
        this.names = names;
        this.longest = longest;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        CompletableFuture<InetAddress[]> answer = underWay.computeIfAbsent(host, this::begin);
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unknown(host + " could not be looked up, no name server answers", e);
        } catch (ExecutionException e) {
            throw unknown("the name " + host + " is not known here", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("looking up " + host + " was interrupted", e);
        }
    }

    private CompletableFuture<InetAddress[]> begin(String host) {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(names.resolve(host));
                    } catch (UnknownHostException | RuntimeException e) {
                        answer.completeExceptionally(e);
                    } finally {
                        underWay.remove(host, answer);
                    }
                },
                "look-up");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private static UnknownHostException unknown(String why, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(why);
        if (cause instanceof InterruptedException) {
            unknown.initCause(cause);
        }
        return unknown;
    }
}
