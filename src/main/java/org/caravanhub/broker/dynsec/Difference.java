package org.caravanhub.broker.dynsec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done so that what is there is what is wanted. Only what bears the hub's mark is changed or removed; who is no longer
 * wanted goes first.
 */
final class Difference {
    /** Somebody made a client or a role of this name by hand, or another hub did. */
    private final List<String> conflicts = new ArrayList<>();
    /** Their passwords are not known in clear, so the broker cannot be told them. */
    private final List<String> withoutSecret = new ArrayList<>();

    private final List<Command> commands = new ArrayList<>();

    private final Present present;
    private final String mark;
    private final DeviceSecrets secrets;

    private Difference(Present present, String mark, DeviceSecrets secrets) {
        this.present = present;
        this.mark = mark;
        this.secrets = secrets;
    }

    /**
     * Finds it.
     *
     * @param wanted absent while it is not known yet: then no device is touched
     * @param hub absent if the hub signs in without a name
     * @param control whose name no device can have
     * @param mark what this hub marks its clients and roles with
     */
    static Difference between(
            @Nullable Wanted wanted,
            Optional<HubAccount> hub,
            String control,
            Present present,
            String mark,
            DeviceSecrets secrets) {
        Difference difference = new Difference(present, mark, secrets);
        difference.beStrict();
        hub.ifPresent(difference::hub);
        if (wanted != null) {
            difference.remove(wanted);
            Set<String> taken = new HashSet<>();
            taken.add(control);
            hub.map(HubAccount::user).ifPresent(taken::add);
            wanted.devices().forEach((user, device) -> difference.device(user, device, taken));
        }
        return difference;
    }

    List<Command> commands() {
        return commands;
    }

    List<String> conflicts() {
        return conflicts;
    }

    List<String> withoutSecret() {
        return withoutSecret;
    }

    private void beStrict() {
        if (!present.otherwise.entrySet().containsAll(Command.STRICT.entrySet())) {
            commands.add(Command.beStrict());
        }
    }

    /** Whoever made it: it gets the hub's role beside its own, and is made if it is missing. */
    private void hub(HubAccount hub) {
        Present.PresentRole role = present.roles.get(Role.HUB.name());
        if (role == null) {
            commands.add(Command.createRole(Role.HUB, "the hub itself"));
        } else if (!role.digest().equals(Role.HUB.digest())) {
            commands.add(Command.modifyRole(Role.HUB, "the hub itself"));
        }
        Present.Client client = present.clients.get(hub.user());
        if (client == null) {
            commands.add(Command.createClient(hub.user(), hub.secret(), "the hub itself", "", Role.HUB.name()));
        } else if (!client.roles().contains(Role.HUB.name())) {
            commands.add(Command.addClientRole(hub.user(), Role.HUB.name()));
        }
    }

    private void remove(Wanted wanted) {
        for (Map.Entry<String, Present.Client> client : present.clients.entrySet()) {
            if (isOurs(client.getValue().mark()) && !wanted.devices().containsKey(client.getKey())) {
                commands.add(Command.deleteClient(client.getKey()));
            }
        }
        Set<String> roles = new TreeSet<>();
        wanted.devices().values().forEach(device -> roles.add(device.role().name()));
        Set<String> held = new HashSet<>();
        present.clients.values().stream()
                .filter(client -> !isOurs(client.mark()))
                .forEach(client -> held.addAll(client.roles()));
        for (Map.Entry<String, Present.PresentRole> role : present.roles.entrySet()) {
            String name = role.getKey();
            if (isOurs(role.getValue().mark()) && !roles.contains(name) && !held.contains(name)) {
                commands.add(Command.deleteRole(name));
            }
        }
    }

    private void device(String user, Wanted.Device wanted, Set<String> taken) {
        Present.Client client = present.clients.get(user);
        Present.PresentRole role = present.roles.get(wanted.role().name());
        if (taken.contains(user)
                || (client != null && !isOurs(client.mark()))
                || (role != null && !isOurs(role.mark()))) {
            conflicts.add(user);
            return;
        }
        Optional<String> secret = secrets.find(user, wanted.fingerprint());
        if (client == null && secret.isEmpty()) {
            withoutSecret.add(user);
            return;
        }
        if (role == null) {
            commands.add(Command.createRole(wanted.role(), mark));
        } else if (!role.digest().equals(wanted.digest())) {
            commands.add(Command.modifyRole(wanted.role(), mark));
        }
        String roleName = wanted.role().name();
        if (client == null) {
            commands.add(Command.createClient(user, secret.orElseThrow(), mark, wanted.fingerprint(), roleName));
            return;
        }
        if (!client.password().equals(wanted.fingerprint())) {
            if (secret.isEmpty()) {
                withoutSecret.add(user);
                if (!client.isDisabled()) { // the password that it has there is not its own any more
                    commands.add(Command.disableClient(user));
                }
                return;
            }
            commands.add(Command.modifyClient(user, secret.get(), mark, wanted.fingerprint(), roleName));
        } else if (client.hasGroups() || !client.roles().equals(List.of(roleName))) {
            commands.add(Command.modifyClient(user, mark, wanted.fingerprint(), roleName));
        }
        if (client.isDisabled()) {
            commands.add(Command.enableClient(user));
        }
    }

    private boolean isOurs(String other) {
        return other.equals(mark);
    }
}
