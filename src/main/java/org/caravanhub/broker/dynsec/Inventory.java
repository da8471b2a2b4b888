package org.caravanhub.broker.dynsec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Asks the plugin what it has. In pages: a thousand roles are one and a half megabytes. */
final class Inventory {
    private static final int CLIENTS_A_PAGE = 200;
    private static final int ROLES_A_PAGE = 50;

    private final Control control;

    Inventory(Control control) {
        this.control = control;
    }

    /** Everything. */
    Present take() throws Control.Silence, InterruptedException {
        Present present = new Present();
        each(
                "listClients",
                "clients",
                CLIENTS_A_PAGE,
                client -> present.clients.put(client.path("username").asText(), Present.Client.of(client)));
        each(
                "listRoles",
                "roles",
                ROLES_A_PAGE,
                role -> present.roles.put(role.path("rolename").asText(), Present.PresentRole.of(role)));
        for (JsonNode access : ask(Command.defaultAccess()).path("acls")) {
            present.otherwise.put(
                    access.path("acltype").asText(), access.path("allow").asBoolean());
        }
        return present;
    }

    /** Whether the names there are still these: some 25 KB for a thousand devices. */
    boolean isStill(Present known) throws Control.Silence, InterruptedException {
        return known.hasNames(names("listClients", "clients"), names("listRoles", "roles"));
    }

    private Set<String> names(String command, String list) throws Control.Silence, InterruptedException {
        Set<String> names = new HashSet<>();
        ask(Command.list(command, false, -1, 0)).path(list).forEach(name -> names.add(name.asText()));
        return names;
    }

    private void each(String command, String list, int pageSize, Consumer<JsonNode> consumer)
            throws Control.Silence, InterruptedException {
        int offset = 0;
        JsonNode page;
        do {
            page = ask(Command.list(command, true, pageSize, offset));
            page.path(list).forEach(consumer);
            offset += pageSize;
        } while (offset < page.path("totalCount").asInt());
    }

    private JsonNode ask(Command command) throws Control.Silence, InterruptedException {
        JsonNode answer = control.ask(List.of(command)).get(0);
        String error = answer.path("error").asText("");
        if (!error.isEmpty()) {
            throw new Control.Silence(Trouble.failed(command, error));
        }
        return answer.path("data");
    }
}
