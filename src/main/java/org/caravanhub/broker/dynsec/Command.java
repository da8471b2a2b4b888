package org.caravanhub.broker.dynsec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One thing that the plugin is asked for.
 *
 * @param subject whom it is about, for people; never a secret
 * @param json as it is sent, without what tells answers apart
 * @param effect what is different there once it is done
 */
record Command(String subject, ObjectNode json, Consumer<Present> effect) {
    /** What is not allowed by a role is refused, receiving too; unsubscribing harms nobody. */
    static final Map<String, Boolean> STRICT =
            new TreeMap<>(Map.of("publishClientSend", false, "publishClientReceive", false, "subscribe", false));

    static Command list(String what, boolean verbose, int count, int offset) {
        ObjectNode json = named(what).put("count", count).put("offset", offset);
        return new Command(what, verbose ? json.put("verbose", true) : json, there -> {});
    }

    static Command defaultAccess() {
        return new Command("default access", named("getDefaultACLAccess"), there -> {});
    }

    static Command beStrict() {
        ObjectNode json = named("setDefaultACLAccess");
        STRICT.forEach((type, allow) ->
                json.withArray("acls").addObject().put("acltype", type).put("allow", allow));
        return new Command("default access", json, there -> there.otherwise.putAll(STRICT));
    }

    static Command createRole(Role role, String mark) {
        return role("createRole", role, mark);
    }

    static Command modifyRole(Role role, String mark) {
        return role("modifyRole", role, mark);
    }

    private static Command role(String verb, Role role, String mark) {
        ObjectNode json = named(verb).put("rolename", role.name()).put("textname", mark);
        json.set("acls", role.json());
        Present.PresentRole made = new Present.PresentRole(mark, role.digest());
        return new Command(role.name(), json, there -> there.roles.put(role.name(), made));
    }

    /** To be asked for only when no client has the role any more: Mosquitto 2.0 would leave them one without a name. */
    static Command deleteRole(String role) {
        return new Command(role, named("deleteRole").put("rolename", role), there -> there.roles.remove(role));
    }

    static Command createClient(String user, String secret, String mark, String fingerprint, String role) {
        ObjectNode json = client("createClient", user, mark, fingerprint, role).put("password", secret);
        return new Command(user, json, there -> there.clients.put(user, alike(mark, fingerprint, role)));
    }

    /** With another password; ends the client's connection. */
    static Command modifyClient(String user, String secret, String mark, String fingerprint, String role) {
        ObjectNode json = client("modifyClient", user, mark, fingerprint, role).put("password", secret);
        json.putArray("groups");
        return new Command(user, json, there -> changed(there, user, alike(mark, fingerprint, role)));
    }

    /** With the same password, and no other rights; ends the client's connection. */
    static Command modifyClient(String user, String mark, String fingerprint, String role) {
        ObjectNode json = client("modifyClient", user, mark, fingerprint, role);
        json.putArray("groups");
        return new Command(user, json, there -> changed(there, user, alike(mark, fingerprint, role)));
    }

    private static void changed(Present there, String user, Present.Client client) {
        Present.Client was = there.clients.get(user);
        there.clients.put(user, client.disabled(was != null && was.isDisabled()));
    }

    /** Beside those it has. */
    static Command addClientRole(String user, String role) {
        ObjectNode json = named("addClientRole").put("username", user).put("rolename", role);
        return new Command(user, json, there -> {
            Present.Client was = there.clients.get(user);
            if (was != null) {
                List<String> roles = new ArrayList<>(was.roles());
                roles.add(role);
                there.clients.put(
                        user,
                        new Present.Client(
                                was.mark(), was.password(), was.isDisabled(), List.copyOf(roles), was.hasGroups()));
            }
        });
    }

    static Command enableClient(String user) {
        return ofUser("enableClient", user, there -> able(there, user, false));
    }

    /** Ends its connection, too. */
    static Command disableClient(String user) {
        return ofUser("disableClient", user, there -> able(there, user, true));
    }

    private static void able(Present there, String user, boolean disabled) {
        there.clients.computeIfPresent(user, (name, was) -> was.disabled(disabled));
    }

    /** Ends its connection, too. */
    static Command deleteClient(String user) {
        return ofUser("deleteClient", user, there -> there.clients.remove(user));
    }

    private static Command ofUser(String verb, String user, Consumer<Present> effect) {
        return new Command(user, named(verb).put("username", user), effect);
    }

    private static ObjectNode client(String verb, String user, String mark, String fingerprint, String role) {
        ObjectNode json =
                named(verb).put("username", user).put("textname", mark).put("textdescription", fingerprint);
        json.putArray("roles").addObject().put("rolename", role).put("priority", 0);
        return json;
    }

    private static Present.Client alike(String mark, String fingerprint, String role) {
        return new Present.Client(mark, fingerprint, false, List.of(role), false);
    }

    private static ObjectNode named(String command) {
        return JsonNodeFactory.instance.objectNode().put("command", command);
    }

    String name() {
        return json.path("command").asText();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name() + " " + subject;
    }
}
