package org.caravanhub.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.PasswordHash;
import org.caravanhub.device.Credential;
import org.caravanhub.device.Grant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is let in at one time, by user name. Immutable. */
final class Granted {
    static final Granted NOBODY = new Granted(Map.of());

    private static final Logger LOG = LoggerFactory.getLogger(Granted.class);

    private final Map<String, One> byUser;

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

    private Granted(Map<String, One> byUser) {
        this.byUser = Map.copyOf(byUser);
    }

    /**
     * Accounts of these, and of devices inside the process.
     *
     * @param inside never in the database; a device in it goes before one of the same name here
     */
    static Granted of(List<Grant> grants, Collection<Account> inside) {
        Map<String, One> all = new HashMap<>();
        inside.forEach(account -> all.put(account.user(), new One(account.user(), account, Optional.empty())));
        for (Grant grant : grants) {
            Credential credential = grant.credential();
            try {
                FamilyRules.check(credential.device(), grant.topics());
                Account account = new Account(
                        credential.user(),
                        PasswordHash.parse(credential.passwordHash()),
                        FamilyRules.of(credential.device(), grant.topics()));
                all.put(credential.user(), new One(credential.device(), account, credential.expiresAt()));
            } catch (IllegalArgumentException | Refused e) {
                // One row that somebody wrote otherwise keeps nobody else out.
                LOG.warn("access=refused device={} reason=\"{}\"", credential.device(), e.getMessage());
            }
        }
        return new Granted(all);
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
