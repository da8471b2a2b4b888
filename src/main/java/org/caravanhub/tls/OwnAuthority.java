package org.caravanhub.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** Makes an authority, and certificates for servers. */
public final class OwnAuthority {
    private static final int DAYS = 3650;
    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";

    private OwnAuthority() {}

    /**
     * Makes an authority and a server's certificate, both for ten years: nobody may be near to renew them. The authority signs servers
     * only, and no further authorities.
     *
     * @throws IOException if it cannot be done; names of the authority's file tell how far it came
     */
    public static void make(CertificateFolder folder, String host, ServerNames names) throws IOException {
        try (Keytool keytool = new Keytool()) {
            keytool.makeKey(
                    AUTHORITY,
                    "Caravan authority of " + host,
                    DAYS,
                    "bc:critical=ca:true,pathlen:0",
                    "ku:critical=keyCertSign,cRLSign");
            sign(keytool, names, DAYS, signed -> {
                folder.writeAuthority(keytool.certificate(AUTHORITY), keytool.key(AUTHORITY));
                folder.writeServer(signed, keytool.key(SERVER));
            });
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Makes another certificate, with another key, by the authority that there is: devices need nothing new. */
    public static void renew(CertificateFolder folder, ServerNames names, Instant now) throws IOException {
        X509Certificate authority = folder.certificate(folder.authority());
        long left = Duration.between(now, authority.getNotAfter().toInstant()).toDays();
        if (left < 1) {
            throw new IOException("the authority is valid until "
                    + authority.getNotAfter().toInstant()
                    + " only; make another one in an empty folder, and give it to the devices");
        }
        try (Keytool keytool = new Keytool()) {
            keytool.put(AUTHORITY, folder.authoritysKey(), authority);
            sign(keytool, names, (int) Math.min(DAYS, left), signed -> folder.writeServer(signed, keytool.key(SERVER)));
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private interface Kept {
        void write(Certificate signed) throws IOException, GeneralSecurityException;
    }

    private static void sign(Keytool keytool, ServerNames names, int days, Kept kept)
            throws IOException, GeneralSecurityException {
        // The common name has room for 64 characters only, and nobody looks at it.
        keytool.makeKey(SERVER, "Caravan broker", days);
        kept.write(keytool.sign(
                SERVER,
                AUTHORITY,
                days,
                names.extension(),
                "ku:critical=digitalSignature",
                "eku=serverAuth",
                "bc=ca:false"));
    }
}
