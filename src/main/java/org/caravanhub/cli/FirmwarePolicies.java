package org.caravanhub.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan firmware policy}. */
@Command(
        name = "policy",
        description = {
            "Say whether a model takes signed releases only, or show what was said.",
            "Example: caravan firmware policy paku-edge --signed-only"
        })
final class FirmwarePolicies implements Callable<Integer> {
    private static final String PATH = "/api/v1/firmware-policies";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "MODEL", arity = "0..1", description = "Which model; without one, all are listed.")
    private @Nullable String model;

    @ArgGroup
    private @Nullable Choice choice;

    /** What is asked. */
    static final class Choice {
        @Option(names = "--signed-only", description = "Refuse a release that no trusted key signed.")
        private boolean signedOnly;

        @Option(names = "--any-signature", description = "Take any release; a signature that comes along is checked.")
        private boolean anySignature;
    }

    FirmwarePolicies(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here);
        if (model == null) {
            if (choice != null) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "it is not said of which model",
                        client.command("firmware policy MODEL --signed-only"));
            }
            return new Listing(here, client)
                    .left("model")
                    .left("signatures", FirmwarePolicies::asked)
                    .ago("changed", "changed_at")
                    .left("by", policy -> policy.textOrEmpty("changed_by"))
                    .show(
                            api.get(PATH, Map.of()),
                            () -> "Every model takes releases with and without a signature. To change that: "
                                    + client.command("firmware policy MODEL --signed-only"));
        }
        String path = PATH + "/" + HubClient.encoded(model);
        byte[] body = choice == null
                ? api.get(path, Map.of())
                : api.change(
                        "PUT",
                        path,
                        "",
                        "application/json",
                        ("{\"signed_only\":" + (choice.signedOnly && !choice.anySignature) + "}")
                                .getBytes(StandardCharsets.UTF_8));
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        boolean isSignedOnly = asked(Json.parse(body)).equals("required");
        here.out()
                .println(Plain.line(model)
                        + (isSignedOnly
                                ? " takes releases that a trusted key signed, and no others."
                                : " takes releases with and without a signature."));
        if (isSignedOnly
                && Json.parse(api.get(FirmwareKeyList.PATH, Map.of()))
                        .member("items")
                        .items()
                        .isEmpty()) {
            here.err()
                    .println("No key is trusted yet, so nothing can be published for it: "
                            + client.command("firmware key add minisign.pub --name ci"));
        }
        return ExitCode.OK;
    }

    private static String asked(Json policy) {
        return policy.textOrEmpty("signed_only").equals("true") ? "required" : "any or none";
    }
}
