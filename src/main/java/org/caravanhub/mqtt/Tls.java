package org.caravanhub.mqtt;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client trusts. The host's name is always checked against the certificate.
 *
 * @param trustCertificates a PEM file with the certificates to trust; absent for those that Java trusts
 * @param context everything at once, client certificate included; wins over the file
 */
record Tls(@Nullable String trustCertificates, @Nullable SSLContext context) {
    /** Trusts what Java trusts. */
    static final Tls DEFAULT = new Tls(null, null);

    /**
     * A handler for one connection. Reads the file anew, so that a renewed certificate counts from the next connection on.
     *
     * @throws SSLException if the certificates cannot be used
     * @throws IllegalArgumentException if the file is missing or holds no certificate
     */
    SslHandler handler(ByteBufAllocator allocator, BrokerUrl broker) throws SSLException {
        SslHandler handler = sslContext().newHandler(allocator, broker.host(), broker.port());
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    private SslContext sslContext() throws SSLException {
        if (context != null) {
            return new JdkSslContext(
                    context, true, null, IdentityCipherSuiteFilter.INSTANCE, null, ClientAuth.NONE, null, false);
        }
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (trustCertificates != null) {
            builder.trustManager(new File(trustCertificates));
        }
        return builder.build();
    }
}
