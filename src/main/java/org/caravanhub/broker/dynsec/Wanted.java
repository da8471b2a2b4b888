package org.caravanhub.broker.dynsec;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.PasswordHash;

/**
 * The devices that the plugin should let in.
 *
 * @param devices by user name
 */
record Wanted(SortedMap<String, Device> devices) {
    /**
     * One of them.
     *
     * @param role what it may do
     * @param digest of the role
     * @param password what is kept of its password
     * @param fingerprint of the password
     */
    record Device(Role role, String digest, PasswordHash password, String fingerprint) {}

    static Wanted of(Collection<Account> accounts) {
        SortedMap<String, Device> devices = new TreeMap<>();
        for (Account account : accounts) {
            Role role = Role.ofDevice(account.user(), account.rules());
            Device device = new Device(role, role.digest(), account.password(), Fingerprint.of(account.password()));
            if (devices.put(account.user(), device) != null) {
                throw new IllegalArgumentException("two accounts have the name " + account.user());
            }
        }
        return new Wanted(devices);
    }
}
