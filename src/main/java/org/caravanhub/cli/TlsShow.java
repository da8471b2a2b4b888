package org.caravanhub.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.tls.CertificateFolder;
import org.caravanhub.tls.ServerNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan tls show}. */
@Command(name = "show", description = "Show what the certificates are for, and until when.")
final class TlsShow implements Callable<Integer> {
    private static final Duration SOON = Duration.ofDays(30);

    private final Surroundings here;

    @Mixin
    private final TlsOptions where = new TlsOptions();

    TlsShow(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        CertificateFolder folder = where.existing(here);
        X509Certificate server = print(folder, here);
        List<String> missing =
                new ArrayList<>(TlsOptions.ofMachine(TlsInit.host()).names());
        missing.removeAll(ServerNames.of(server).names());
        Instant end = server.getNotAfter().toInstant();
        Instant now = here.clock().instant();
        if (!missing.isEmpty()) {
            here.err()
                    .println("Not in the certificate, though this machine is called so now: "
                            + String.join(", ", missing));
        }
        if (end.isBefore(now.plus(SOON))) {
            here.err().println(end.isBefore(now) ? "The certificate has ended." : "The certificate ends soon.");
        }
        if (!missing.isEmpty() || end.isBefore(now.plus(SOON))) {
            here.err().println("  → " + where.command("tls renew"));
        }
        return end.isBefore(now) ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Prints both, and returns the server's. */
    static X509Certificate print(CertificateFolder folder, Surroundings here) {
        try {
            X509Certificate authority = folder.certificate(folder.authority());
            X509Certificate server = folder.certificate(folder.server());
            here.out().println("authority    " + CertificateFolder.name(authority));
            here.out().println("valid until  " + authority.getNotAfter().toInstant());
            here.out().println("sha-256      " + fingerprint(authority));
            here.out().println("file         " + folder.authority());
            here.out().println("server       " + folder.server());
            here.out().println("valid until  " + server.getNotAfter().toInstant());
            here.out()
                    .println("names        "
                            + String.join(" ", ServerNames.of(server).names()));
            return server;
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailed(ExitCode.FAILED, "the certificates cannot be read: " + e.getMessage(), "");
        }
    }

    private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
