package org.caravanhub.bundle;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Members in one file, {@code .tar.gz}, which is its owner's alone. */
public final class BundleFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final int MOST_MEMBERS = 5_000;
    private static final long MOST_BYTES = 64L << 20;

    private BundleFile() {}

    /**
     * Writes a new file. Nothing that is there is written to, and no link is followed.
     *
     * @param folder what all members are below in it
     * @throws java.nio.file.FileAlreadyExistsException if there is something of that name
     * @throws IOException if it cannot be written; nothing is left then
     */
    public static void write(Path file, String folder, List<Member> members, Instant now) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, fresh, OWNER_ONLY)) {
            try {
                write(Channels.newOutputStream(channel), folder, members, now, () -> channel.force(true));
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    /** The same, in memory. */
    public static byte[] bytes(String folder, List<Member> members, Instant now) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, folder, members, now, () -> {});
        return bytes.toByteArray();
    }

    private interface AtEnd {
        void run() throws IOException;
    }

    private static void write(OutputStream to, String folder, List<Member> members, Instant now, AtEnd written)
            throws IOException {
        GZIPOutputStream gzip = new GZIPOutputStream(new BufferedOutputStream(to, 1 << 16));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (Member member : members) {
            TarArchiveEntry head = new TarArchiveEntry(folder + "/" + member.name());
            head.setSize(member.bytes().length);
            head.setMode(0600);
            head.setModTime(now.toEpochMilli());
            tar.putArchiveEntry(head);
            tar.write(member.bytes());
            tar.closeArchiveEntry();
        }
        tar.finish();
        tar.flush();
        gzip.finish();
        gzip.flush();
        written.run();
        tar.close();
    }

    /**
     * The members of one that a hub has sent, by their names below its folder.
     *
     * @throws IOException if it is damaged, or larger than any bundle
     */
    public static List<Member> read(InputStream from) throws IOException {
        List<Member> members = new ArrayList<>();
        long bytes = 0;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(from), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                bytes += entry.getSize();
                if (bytes > MOST_BYTES || members.size() == MOST_MEMBERS || !entry.isFile()) {
                    throw new IOException("it is no bundle");
                }
                String name = entry.getName();
                members.add(new Member(name.substring(name.indexOf('/') + 1), "", tar.readAllBytes()));
            }
        }
        return described(members);
    }

    /** The list in it says what each is. */
    private static List<Member> described(List<Member> members) {
        Map<String, String> words = new HashMap<>();
        members.stream()
                .filter(member -> member.name().equals(Contents.LIST))
                .flatMap(list -> new String(list.bytes(), StandardCharsets.UTF_8).lines())
                .map(line -> line.strip().split(" {2,}", 4))
                .filter(parts -> parts.length == 4)
                .forEach(parts -> words.put(parts[2], parts[3]));
        return members.stream()
                .map(each -> new Member(each.name(), words.getOrDefault(each.name(), ""), each.bytes()))
                .toList();
    }

    /** Whether it is a folder, and not a link to one. */
    static boolean isFolder(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }
}
