package org.caravanhub.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names and addresses that a server is called by. A device that calls it by another name refuses its certificate.
 *
 * @param names without repeats, in order
 */
public record ServerNames(List<String> names) {
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62}\\.?)*");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int DNS = 2;
    private static final int IP = 7;

    /** @throws IllegalArgumentException if one is neither a host name nor an address */
    public ServerNames {
        names = names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        for (String name : names) {
            if (!ADDRESS.matcher(name).matches() && !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name.replaceAll("\\p{Cntrl}", "?")
                        + "\" is neither a host name nor an address; write van.local or 192.168.1.20");
            }
        }
    }

    /** These, and further ones. */
    public ServerNames and(Collection<String> more) {
        List<String> all = new ArrayList<>(names);
        all.addAll(more);
        return new ServerNames(all);
    }

    /** What a certificate was made for. */
    public static ServerNames of(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            return new ServerNames(
                    alternatives == null
                            ? List.of()
                            : alternatives.stream()
                                    .filter(name -> name.get(0).equals(DNS)
                                            || name.get(0).equals(IP))
                                    .map(name -> (String) name.get(1))
                                    .toList());
        } catch (CertificateParsingException e) {
            return new ServerNames(List.of());
        }
    }

    /** Host names only: addresses change. */
    public List<String> withoutAddresses() {
        return names.stream().filter(name -> !ADDRESS.matcher(name).matches()).toList();
    }

    /** As keytool wants it: {@code san=dns:van.local,ip:192.168.1.20}. */
    String extension() {
        return names.stream()
                .map(name -> (ADDRESS.matcher(name).matches() ? "ip:" : "dns:") + name)
                .collect(Collectors.joining(",", "san=", ""));
    }
}
