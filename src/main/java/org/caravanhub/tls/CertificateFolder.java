package org.caravanhub.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * A folder with an authority and a server's certificate, as PEM. Each file is written whole or not at all; keys are readable by their
 * owner alone.
 *
 * @param path the folder
 */
public record CertificateFolder(Path path) {
    private static final String SECRET = "rw-------";
    private static final String PUBLIC = "rw-r--r--";
    private static final int LINE = 64;

    /** The authority's certificate: what devices are given to trust. */
    public Path authority() {
        return path.resolve("ca.crt");
    }

    /** The same as a C string, for firmware. */
    public Path authorityHeader() {
        return path.resolve("caravan_ca.h");
    }

    /** The authority's key. Whoever has it can pass for the broker. */
    public Path authorityKey() {
        return path.resolve("ca.key");
    }

    /** The server's certificate, with the authority's after it. */
    public Path server() {
        return path.resolve("server.crt");
    }

    public Path serverKey() {
        return path.resolve("server.key");
    }

    /** Whether there is an authority already. */
    public boolean hasAuthority() {
        return Files.exists(authority()) || Files.exists(authorityKey());
    }

    /**
     * The first certificate of a file.
     *
     * @throws IOException if it cannot be read
     */
    public X509Certificate certificate(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate: " + e.getMessage(), e);
        }
    }

    /** What a certificate calls its owner. */
    public static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().replaceFirst("^CN=", "");
    }

    PrivateKey authoritysKey() throws IOException {
        String text = Files.readString(authorityKey(), US_ASCII)
                .replaceAll("-----[A-Z ]+-----", "")
                .replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(authorityKey() + " holds no key", e);
        }
    }

    void writeAuthority(Certificate certificate, PrivateKey key) throws IOException, GeneralSecurityException {
        Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        String pem = pem("CERTIFICATE", certificate.getEncoded());
        write(authorityKey(), SECRET, pem("PRIVATE KEY", key.getEncoded()));
        write(authority(), PUBLIC, pem);
        write(authorityHeader(), PUBLIC, header(pem));
    }

    void writeServer(Certificate certificate, PrivateKey key) throws IOException, GeneralSecurityException {
        String chain = pem("CERTIFICATE", certificate.getEncoded()) + Files.readString(authority(), US_ASCII);
        write(serverKey(), SECRET, pem("PRIVATE KEY", key.getEncoded()));
        write(server(), PUBLIC, chain);
    }

    private static String pem(String kind, byte[] der) {
        String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private static String header(String pem) {
        StringBuilder text = new StringBuilder();
        text.append("// Whom the device trusts: WiFiClientSecure.setCACert(CARAVAN_CA), or cert_pem of esp-mqtt.\n");
        text.append("#pragma once\n\nstatic const char CARAVAN_CA[] =\n");
        pem.lines().forEach(line -> text.append("    \"").append(line).append("\\n\"\n"));
        return text.insert(text.length() - 1, ';').toString();
    }

    private static void write(Path file, String permissions, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString(permissions);
        try (FileChannel channel = FileChannel.open(
                part,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(mode))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
