package org.caravanhub.ecoflow;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Keeps Camel's HTTP client to what was asked: one request, to one host, and after so long the connection is cut, however slowly something
 * still drips in. A repeat would be refused, since each question is signed once.
 */
public final class FencedClient implements HttpClientConfigurer {
    private final Duration longest;

    /**
     * One that has not asked anything.
     *
     * @param longest from the first byte of the question to the last of the answer
     */
    public FencedClient(Duration longest) {
        this.longest = longest;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        Executor later = CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS);
        client.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .addExecInterceptorFirst("deadline", (request, scope, chain) -> {
                    if (scope.originalRequest instanceof Cancellable underWay) {
                        // When it is over before, there is nothing left to cut.
                        later.execute(underWay::cancel);
                    }
                    return chain.proceed(request, scope);
                });
    }
}
