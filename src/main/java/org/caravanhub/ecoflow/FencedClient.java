package org.caravanhub.ecoflow;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * Keeps Camel's HTTP client to what was asked: one request, to one host, and after so long the connection is cut, however slowly something
 * still drips in. A repeat would be refused, since each question is signed once. The name of the host is looked up for each question, as
 * long as the Java machine does not remember it (30 s), so that a hub that stays up notices when the host moves.
 */
public final class FencedClient implements HttpClientConfigurer {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofSeconds(8);
    /** EcoFlow sends some fifteen; without a bound a flood of them fills the memory. */
    private static final Http1Config HEADERS =
            Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(8192).build();

    private final Duration longest;
    private final BoundedNames names;

    /**
     * One that has not asked anything.
     *
     * @param longest from the first byte of the question to the last of the answer
     */
    public FencedClient(Duration longest) {
        this(longest, SystemDefaultDnsResolver.INSTANCE);
    }

    /** @param names looks up hosts */
    FencedClient(Duration longest, DnsResolver names) {
        this.longest = longest;
        this.names = new BoundedNames(names, longest.dividedBy(2));
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        Executor later = CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS);
        client.setConnectionManager(connections())
                .setConnectionManagerShared(false)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .addExecInterceptorFirst("deadline", (request, scope, chain) -> {
                    if (!(scope.originalRequest instanceof Cancellable underWay)) {
                        return chain.proceed(request, scope);
                    }
                    AtomicBoolean isCut = new AtomicBoolean();
                    // When it is over before, there is nothing left to cut.
                    later.execute(() -> {
                        isCut.set(true);
                        underWay.cancel();
                    });
                    try {
                        ClassicHttpResponse response = chain.proceed(request, scope);
                        HttpEntity entity = response.getEntity();
                        if (entity != null) {
                            response.setEntity(FencedBody.read(entity, underWay));
                        }
                        return response;
                    } catch (IOException e) {
                        throw isCut.get() ? inTime(e) : e;
                    }
                });
    }

    private IOException inTime(IOException cut) {
        SocketTimeoutException late = new SocketTimeoutException("cut off after " + longest.toMillis() + " ms");
        late.addSuppressed(cut);
        return late;
    }

    private HttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(SILENCE)
                        .build())
                // The handshake of TLS is bounded by it too.
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(SILENCE).build())
                .build();
    }
}
