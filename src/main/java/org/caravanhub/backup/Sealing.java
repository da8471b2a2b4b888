package org.caravanhub.backup;

import com.exceptionfactory.jagged.DecryptingChannelFactory;
import com.exceptionfactory.jagged.EncryptingChannelFactory;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;

/** Encrypts backups in the form of {@code age}, so that they can be opened on any machine that has it. */
public final class Sealing {
    /** What an encrypted backup's name ends with. */
    public static final String SUFFIX = ".age";

    /** What a recovery key begins with. */
    public static final String KEY_PREFIX = "AGE-SECRET-KEY-1";

    private static final byte[] BEGINNING = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);

    private Sealing() {}

    /**
     * A new pair of keys.
     *
     * @param recipient what the hub encrypts for; no secret
     * @param recovery opens what was encrypted; only on paper
     */
    public record NewKey(String recipient, String recovery) {
        @Override
        public String toString() {
            return "NewKey[" + recipient + "]";
        }
    }

    /** By the machine's best randomness. */
    public static NewKey newKey() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            return new NewKey(
                    text(pair.getPublic().getEncoded()), text(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no X25519", e);
        }
    }

    /** Whether something can be encrypted for it. */
    public static boolean isRecipient(String text) {
        try {
            X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** Whether a file begins as an encrypted one does. */
    static boolean isSealed(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(BEGINNING.length), BEGINNING);
        }
    }

    /** A stream whose bytes come out of {@code out} encrypted; closing it closes that. */
    static OutputStream seal(OutputStream out, String recipient) throws IOException {
        try {
            RecipientStanzaWriter writer = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
            EncryptingChannelFactory factory = new StandardEncryptingChannelFactory();
            return Channels.newOutputStream(factory.newEncryptingChannel(Channels.newChannel(out), List.of(writer)));
        } catch (GeneralSecurityException e) {
            throw new IOException("it cannot be encrypted for " + recipient, e);
        }
    }

    /**
     * What was encrypted.
     *
     * @throws BrokenBackup if the key is not the one, or the file is damaged at its start
     */
    static InputStream open(InputStream in, String recoveryKey) throws IOException {
        try {
            RecipientStanzaReader reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(recoveryKey);
            DecryptingChannelFactory factory = new StandardDecryptingChannelFactory();
            return Channels.newInputStream(factory.newDecryptingChannel(Channels.newChannel(in), List.of(reader)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new BrokenBackup(BrokenBackup.WRONG_KEY);
        }
    }

    private static String text(byte[] encoded) {
        return new String(encoded, StandardCharsets.US_ASCII);
    }
}
