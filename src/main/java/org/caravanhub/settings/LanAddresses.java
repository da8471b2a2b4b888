package org.caravanhub.settings;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Where other machines find this one. */
public final class LanAddresses {
    /** Networks that exist inside this machine only. */
    private static final Pattern INSIDE = Pattern.compile("(docker|br-|veth|virbr|vnet|podman|cni|flannel|lxc|lxd).*");

    private LanAddresses() {}

    /**
     * One of them.
     *
     * @param host the address, as it is written in a URL, without brackets
     * @param networkInterface which way: {@code wlan0}
     */
    public record Address(String host, String networkInterface) {}

    /**
     * IPv4 addresses, without those of containers; IPv6 only where there is no IPv4: phones and microcontrollers often cannot use it,
     * and link-local ones need a zone that browsers do not take.
     */
    public static List<Address> ofMachine() {
        List<Address> four = new ArrayList<>();
        List<Address> six = new ArrayList<>();
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (network.isUp() && !network.isLoopback() && !isInside(network.getName())) {
                    collect(network, four, six);
                }
            }
        } catch (SocketException e) {
            return List.of();
        }
        return four.isEmpty() ? six : four;
    }

    public static boolean isInside(String networkInterface) {
        return INSIDE.matcher(networkInterface).matches();
    }

    private static void collect(NetworkInterface network, List<Address> four, List<Address> six) {
        for (InetAddress address : Collections.list(network.getInetAddresses())) {
            if (address instanceof Inet4Address) {
                four.add(new Address(address.getHostAddress(), network.getName()));
            } else if (!address.isLinkLocalAddress()) {
                String text = address.getHostAddress();
                int zone = text.indexOf('%');
                six.add(new Address(zone < 0 ? text : text.substring(0, zone), network.getName()));
            }
        }
    }
}
