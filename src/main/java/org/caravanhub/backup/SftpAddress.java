package org.caravanhub.backup;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of another machine: {@code sftp://user@host:port/path}; {@code /~/path} is in the home of that user. There is no password in it:
 * it would end in logs and lists of processes, and who reads the settings would have it.
 *
 * @param user who logs in there
 * @param host a name or an address, one of IPv6 in brackets
 * @param port 22, usually
 * @param path the folder; nothing in it has a meaning for a shell or for the program sftp
 */
public record SftpAddress(String user, String host, int port, String path) {
    private static final String SCHEME = "sftp://";
    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9a-fA-F:.]{2,45}\\]");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/+=@,-]{0,400}");

    /** Whether it is written as one, right or wrong. */
    public static boolean isMeant(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /** Reads one. */
    public static Optional<SftpAddress> of(String text) {
        try {
            URI url = URI.create(text);
            String user = url.getUserInfo();
            if (!isMeant(text) || url.getHost() == null || user == null || url.getQuery() != null) {
                return Optional.empty();
            }
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            boolean isSafe = USER.matcher(user).matches()
                    && HOST.matcher(url.getHost()).matches()
                    && PATH.matcher(path).matches();
            return isSafe
                    ? Optional.of(new SftpAddress(
                            user,
                            url.getHost(),
                            url.getPort() < 0 ? 22 : url.getPort(),
                            path.startsWith("/~/") ? path.substring(3) : path))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The host as it is called in a list of known ones, which has no brackets of its own. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return SCHEME + user + "@" + host + (port == 22 ? "" : ":" + port) + (path.startsWith("/") ? "" : "/~/") + path;
    }
}
