package org.caravanhub.broker.dynsec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the plugin has, as it was told, and as it was changed since. Used by one thread. */
final class Present {
    /**
     * A client there.
     *
     * @param mark its {@code textname}: who made it
     * @param password its {@code textdescription}: which password it was given, as a fingerprint
     * @param isDisabled whether it is kept out
     * @param roles names
     * @param hasGroups whether it has rights by a group
     */
    record Client(String mark, String password, boolean isDisabled, List<String> roles, boolean hasGroups) {
        static Client of(JsonNode told) {
            List<String> roles = new ArrayList<>();
            told.path("roles").forEach(role -> roles.add(role.path("rolename").asText()));
            return new Client(
                    told.path("textname").asText(""),
                    told.path("textdescription").asText(""),
                    told.path("disabled").asBoolean(false),
                    List.copyOf(roles),
                    !told.path("groups").isEmpty());
        }

        Client disabled(boolean disabled) {
            return new Client(mark, password, disabled, roles, hasGroups);
        }
    }

    /**
     * A role there.
     *
     * @param mark its {@code textname}: who made it
     * @param digest of its rules
     */
    record PresentRole(String mark, String digest) {
        static PresentRole of(JsonNode told) {
            return new PresentRole(told.path("textname").asText(""), Role.digest(told.path("acls")));
        }
    }

    final Map<String, Client> clients = new HashMap<>();
    final Map<String, PresentRole> roles = new HashMap<>();
    /** What is allowed to whom no role speaks of, by ACL type. */
    final Map<String, Boolean> otherwise = new HashMap<>();

    /** Whether these are all names there are: else somebody else was here. */
    boolean hasNames(Set<String> clientNames, Set<String> roleNames) {
        return clients.keySet().equals(clientNames) && roles.keySet().equals(roleNames);
    }
}
