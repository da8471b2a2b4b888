package org.caravanhub.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes keys and certificates with the keytool of this Java, which every Java has: Java itself can read certificates, but not make
 * them. Works in a folder of its own that is gone afterwards; the password is in the environment of the program, never on its command
 * line.
 */
final class Keytool implements AutoCloseable {
    private static final String PASSWORD_VARIABLE = "CARAVAN_KEYTOOL_PASSWORD";
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final String password;

    Keytool() throws IOException {
        folder = Files.createTempDirectory("caravan-tls");
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        password = HexFormat.of().formatHex(random);
    }

    /** A new key on the curve P-256, with a certificate that it has signed itself. */
    void makeKey(String alias, String name, int days, String... extensions) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=" + name,
                "-startdate",
                "-1d",
                "-validity",
                String.valueOf(days)));
        for (String extension : extensions) {
            arguments.addAll(List.of("-ext", extension));
        }
        run(arguments);
    }

    /** The certificate of one key is signed by another. */
    Certificate sign(String alias, String signer, int days, String... extensions) throws IOException {
        Path request = folder.resolve(alias + ".csr");
        Path signed = folder.resolve(alias + ".crt");
        run(List.of("-certreq", "-alias", alias, "-file", request.toString()));
        List<String> arguments = new ArrayList<>(List.of(
                "-gencert",
                "-alias",
                signer,
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-sigalg",
                "SHA256withECDSA",
                "-startdate",
                "-1d",
                "-validity",
                String.valueOf(days)));
        for (String extension : extensions) {
            arguments.addAll(List.of("-ext", extension));
        }
        run(arguments);
        return new CertificateFolder(folder).certificate(signed);
    }

    /** A key that there is already. */
    void put(String alias, PrivateKey key, Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(alias, key, password.toCharArray(), new Certificate[] {certificate});
        try (var out = Files.newOutputStream(file())) {
            store.store(out, password.toCharArray());
        }
    }

    Certificate certificate(String alias) throws IOException, GeneralSecurityException {
        return store().getCertificate(alias);
    }

    PrivateKey key(String alias) throws IOException, GeneralSecurityException {
        return (PrivateKey) store().getKey(alias, password.toCharArray());
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file().toFile(), password.toCharArray());
    }

    private Path file() {
        return folder.resolve("keys.p12");
    }

    private void run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        // It runs for a second: without the second compiler it is quicker.
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-Duser.language=en"));
        command.addAll(arguments);
        command.addAll(
                List.of("-keystore", file().toString(), "-storetype", "PKCS12", "-storepass:env", PASSWORD_VARIABLE));
        ProcessBuilder program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        program.environment().keySet().removeIf(name -> name.startsWith("CARAVAN_"));
        program.environment().put(PASSWORD_VARIABLE, password);
        Process process = program.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("keytool did not end within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(folder.resolve("said"), UTF_8).strip();
            throw new IOException("keytool " + arguments.get(0) + " failed: " + said);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
