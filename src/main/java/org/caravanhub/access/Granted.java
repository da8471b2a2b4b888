package org.caravanhub.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.PasswordHash;
import org.caravanhub.device.Credential;
import org.caravanhub.device.Grant;
import org.caravanhub.device.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is let in at one time, by user name. Immutable. */
final class Granted {
    static final Granted NOBODY = new Granted(Map.of(), Set.of(), Set.of());

    private static final Logger LOG = LoggerFactory.getLogger(Granted.class);

    private final Map<String, One> byUser;

    /** First levels of paku's topics, and those of ESPHome's: the two choose them freely, so no word can be both. */
    private final Set<String> sites;

    private final Set<String> prefixes;

    /**
     * One of them.
     *
     * @param device whose credential it is
     * @param account what the broker is given
     * @param expiresAt when it ends
     */
    record One(String device, Account account, Optional<Instant> expiresAt) {
        boolean isValid(Instant now) {
            return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
        }
    }

    private Granted(Map<String, One> byUser, Set<String> sites, Set<String> prefixes) {
        this.byUser = Map.copyOf(byUser);
        this.sites = sites;
        this.prefixes = prefixes;
    }

    /**
     * Accounts of these, and of devices inside the process.
     *
     * @param inside never in the database; a device in it goes before one of the same name here
     */
    static Granted of(List<Grant> grants, Collection<Account> inside) {
        Map<String, One> all = new HashMap<>();
        inside.forEach(account -> all.put(account.user(), new One(account.user(), account, Optional.empty())));
        Set<String> sites = grants.stream()
                .map(Grant::topics)
                .filter(topics -> topics.family().equals("paku"))
                .map(Registration.Topics::site)
                .collect(Collectors.toUnmodifiableSet());
        Set<String> prefixes = grants.stream()
                .filter(grant -> grant.topics().family().equals("esphome"))
                .map(grant -> grant.credential().device())
                .collect(Collectors.toUnmodifiableSet());
        for (Grant grant : grants) {
            Credential credential = grant.credential();
            try {
                FamilyRules.check(credential.device(), grant.topics());
                checkPrefix(credential.device(), grant.topics(), sites);
                Account account = new Account(
                        credential.user(),
                        PasswordHash.parse(credential.passwordHash()),
                        FamilyRules.granted(credential.device(), grant.topics()));
                all.put(credential.user(), new One(credential.device(), account, credential.expiresAt()));
            } catch (IllegalArgumentException | Refused e) {
                // One row that somebody wrote otherwise keeps nobody else out.
                LOG.warn("access=refused device={} reason=\"{}\"", credential.device(), e.getMessage());
            }
        }
        return new Granted(all, sites, prefixes);
    }

    /**
     * Looks whether a new device may have these topics.
     *
     * @throws Refused if they would be those of another, too
     */
    void check(String device, Registration.Topics topics) {
        checkPrefix(device, topics, sites);
        if (topics.family().equals("paku") && prefixes.contains(topics.site())) {
            throw new Refused(
                    Refused.Why.WRONG,
                    "site",
                    "The topics below " + topics.site() + "/ belong to the device " + topics.site()
                            + " of the family esphome. Choose another site.");
        }
    }

    private static void checkPrefix(String device, Registration.Topics topics, Set<String> sites) {
        if (topics.family().equals("esphome") && sites.contains(device)) {
            throw new Refused(
                    Refused.Why.WRONG,
                    "id",
                    "The topics below " + device + "/ belong to a site of the family paku. Choose another id.");
        }
    }

    Optional<One> find(String user) {
        return Optional.ofNullable(byUser.get(user));
    }

    /** Everybody whose time has not ended. */
    List<Account> accounts(Instant now) {
        List<Account> accounts = new ArrayList<>();
        byUser.values().stream().filter(one -> one.isValid(now)).forEach(one -> accounts.add(one.account()));
        accounts.sort(java.util.Comparator.comparing(Account::user));
        return accounts;
    }

    /** When the next of them ends after this time. */
    Optional<Instant> nextEnd(Instant now) {
        return byUser.values().stream()
                .flatMap(one -> one.expiresAt().stream())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }
}
