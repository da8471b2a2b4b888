package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.caravanhub.backup.BackupListener.Stage;

/**
 * A folder of another machine, over SFTP. What is there has its name only when all of it is there. What comes back from that machine is
 * believed as far as it must be: names are those of backups or are passed over, and what is fetched is checked like any other file.
 *
 * @param ssh the way there
 * @param room a folder for what is read back; nothing is left there
 */
public record SftpPlace(OpenSsh ssh, Path room) implements SecondPlace {
    /** Up to here it is read back; what is longer is only measured there, since the way may be slow and dear. */
    private static final long READ_BACK_BYTES = 64L << 20;

    private static final String SUFFIX = ".sha256";

    @Override
    public String where() {
        return ssh.address().toString();
    }

    @Override
    public List<BackupFile> all() throws IOException {
        return backups(files(ssh.sftp(List.of("-mkdir " + folder(), "ls -ln " + folder()))));
    }

    @Override
    public String copy(BackupFile backup, BackupListener listener) throws IOException {
        Checksum.check(backup.path());
        Map<String, Long> before = files(ssh.sftp(List.of("-mkdir " + folder(), "ls -ln " + folder())));
        String part = backup.name() + BackupFile.PART;
        String digestPart = backup.name() + SUFFIX + BackupFile.PART;
        List<String> bring = new ArrayList<>();
        before.keySet().stream().filter(BackupFile::isLeftover).forEach(old -> bring.add("-rm " + there(old)));
        bring.add("put -f " + quoted(backup.path().toString()) + " " + there(part));
        bring.add("ls -ln " + folder());
        listener.at(Stage.WRITE, 0, 0);
        Path back = Disk.emptied(room);
        try {
            Path digest = Checksum.writeInto(back, backup);
            bring.add("put -f " + quoted(digest.toString()) + " " + there(digestPart));
            long bytes = files(ssh.sftp(bring)).getOrDefault(part, -1L);
            if (bytes != backup.bytes()) {
                throw new BrokenBackup(where() + " has " + bytes + " bytes of it, and not " + backup.bytes());
            }
            listener.at(Stage.CHECK, 0, 0);
            if (bytes <= READ_BACK_BYTES) {
                ssh.sftp(List.of(
                        "get " + there(part) + " " + quoted(back.resolve(part).toString())));
                if (!Checksum.of(back.resolve(part)).equals(Checksum.of(backup.path()))) {
                    throw new BrokenBackup(where() + " does not give back what was written to it");
                }
            }
        } finally {
            Disk.delete(back);
        }
        ssh.sftp(List.of(
                "-rm " + there(backup.name()),
                "rename " + there(digestPart) + " " + there(backup.name() + SUFFIX),
                "rename " + there(part) + " " + there(backup.name())));
        return where() + "/" + backup.name();
    }

    @Override
    public Path fetch(BackupFile backup, Path to) throws IOException {
        Path folder = Disk.emptied(to);
        Path file = folder.resolve(backup.name());
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < backup.bytes() + (16 << 20)) {
            throw new IOException("the disk of " + folder + " has " + (free >> 20) + " MB left, and the backup needs "
                    + ((backup.bytes() >> 20) + 16) + " MB");
        }
        ssh.sftp(List.of(
                "get " + there(backup.name()) + " " + quoted(file.toString()),
                "-get " + there(backup.name() + SUFFIX) + " " + quoted(file + SUFFIX)));
        return file;
    }

    @Override
    public List<BackupFile> prune(Retention retention, Instant now, ZoneId zone) throws IOException {
        List<BackupFile> gone = retention.gone(all(), now, zone);
        if (!gone.isEmpty()) {
            ssh.sftp(gone.stream()
                    .flatMap(old -> List.of("-rm " + there(old.name()), "-rm " + there(old.name() + SUFFIX)).stream())
                    .toList());
        }
        return gone;
    }

    private static List<BackupFile> backups(Map<String, Long> files) {
        return files.entrySet().stream()
                .flatMap(file -> BackupFile.called(Path.of(file.getKey()), file.getValue()).stream())
                .sorted(Comparator.comparing(BackupFile::madeAt)
                        .thenComparing(BackupFile::name)
                        .reversed())
                .toList();
    }

    /** Plain files in a list as {@code ls -ln} writes it, whose names are those of backups or of what is left of one. */
    static Map<String, Long> files(List<String> list) {
        Map<String, Long> files = new TreeMap<>();
        for (String line : list) {
            String[] words = line.strip().split("\\s+");
            if (words.length < 9 || !words[0].startsWith("-") || !words[4].matches("\\d{1,18}")) {
                continue;
            }
            String name = words[words.length - 1].replaceFirst(".*/", "");
            if (BackupFile.isLeftover(name)
                    || BackupFile.called(Path.of(name), 0).isPresent()) {
                files.put(name, Long.parseLong(words[4]));
            }
        }
        return files;
    }

    private String folder() {
        return quoted(ssh.address().path());
    }

    private String there(String name) {
        String path = ssh.address().path();
        return quoted(path + (path.endsWith("/") ? "" : "/") + name);
    }

    /** As sftp reads a path; patterns in it would be looked for. */
    private static String quoted(String path) {
        return '"' + path.replaceAll("([\\\\\"*?\\[\\]])", "\\\\$1") + '"';
    }
}
