package org.caravanhub.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager4;
import org.caravanhub.message.TopicFilter;
import org.jspecify.annotations.Nullable;

/** Lets {@link Account}s into the broker in the process, and keeps each to its topics. May be shared by threads. */
final class AccountGate implements ActiveMQSecurityManager4 {
    private static final int MAX_CLIENT_ID_CHARACTERS = 128;

    /** Takes as long to verify as a real one, so that the time of a refusal does not tell which users exist. */
    private static final PasswordHash NOBODY = PasswordHash.of("");

    private volatile Map<String, Account> accounts = Map.of();

    /**
     * Takes new accounts.
     *
     * @return the users whose open connections are not covered by them any more
     * @throws IllegalArgumentException if two accounts have one name
     */
    Set<String> replace(Collection<Account> wanted) {
        Map<String, Account> next = new HashMap<>();
        for (Account account : wanted) {
            if (next.put(account.user(), account) != null) {
                throw new IllegalArgumentException("two accounts have the name " + account.user());
            }
        }
        Set<String> gone = new HashSet<>();
        for (Account before : accounts.values()) {
            Account now = next.get(before.user());
            if (now == null || !now.password().equals(before.password()) || reads(before) > reads(before, now)) {
                gone.add(before.user());
            }
        }
        accounts = Map.copyOf(next);
        return gone;
    }

    private static long reads(Account account) {
        return account.rules().subscribe().size();
    }

    /** How many of the filters that it could read before it still can. */
    private static long reads(Account before, Account now) {
        return before.rules().subscribe().stream()
                .map(TopicFilter::toString)
                .filter(now.rules()::maySubscribe)
                .count();
    }

    @Override
    public @Nullable String validateUser(
            @Nullable String user, @Nullable String password, RemotingConnection connection, String domain) {
        Account account = user == null ? null : accounts.get(user);
        PasswordHash hash = account == null ? NOBODY : account.password();
        boolean knows = hash.matches(password == null ? "" : password);
        return account != null && knows && mayUse(account, connection.getClientID()) ? user : null;
    }

    /**
     * Client ids become names of queues and literals in Artemis' filters, so those that could close a literal are refused.
     */
    private boolean mayUse(Account account, @Nullable String clientId) {
        if (clientId == null) {
            return true;
        }
        if (clientId.length() > MAX_CLIENT_ID_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < clientId.length(); i++) {
            char c = clientId.charAt(i);
            if (Character.isISOControl(c) || "'\"\\#+*:".indexOf(c) >= 0) {
                return false;
            }
        }
        return account.isHub() || !clientId.startsWith(Account.HUB_CLIENT_PREFIX) && !isAnothers(clientId, account);
    }

    /** Devices mostly take their own name for it; who took another's would take over what waits for that one. */
    private boolean isAnothers(String clientId, Account account) {
        return accounts.containsKey(clientId) && !device(clientId).equals(device(account.user()));
    }

    /** Whose name that is: a device has a second one while its password changes. */
    private static String device(String user) {
        int mark = user.indexOf('~');
        return mark < 0 ? user : user.substring(0, mark);
    }

    @Override
    public @Nullable String validateUserAndRole(
            String user,
            String password,
            Set<Role> roles,
            CheckType check,
            String address,
            RemotingConnection connection,
            String domain) {
        Account account = accounts.get(user); // signed in before; the password is not asked at each message
        return account != null && isAllowed(account.rules(), check, TopicCoding.topicOf(address)) ? user : null;
    }

    private static boolean isAllowed(TopicRules rules, CheckType check, String topic) {
        return switch (check) {
            case SEND -> rules.mayPublish(topic);
            case CONSUME,
                    BROWSE,
                    CREATE_DURABLE_QUEUE,
                    CREATE_NON_DURABLE_QUEUE,
                    DELETE_DURABLE_QUEUE,
                    DELETE_NON_DURABLE_QUEUE -> rules.maySubscribe(topic);
            // Artemis makes an address both for who publishes and for who subscribes; the next check tells which.
            case CREATE_ADDRESS -> rules.mayPublish(topic) || rules.maySubscribe(topic);
            default -> false;
        };
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false; // not asked by Artemis, which calls the method above
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
        return false; // not asked by Artemis, which calls the method above
    }
}
