package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan firmware key remove}. */
@Command(
        name = "remove",
        description = "Trust a key no more. What it signed stays published; if the key was stolen, look at that too.")
final class FirmwareKeyRemove implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "NAME", description = "Its name.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    FirmwareKeyRemove(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("firmware key list"))
                .delete(FirmwareKeyList.PATH + "/" + HubClient.encoded(name));
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        here.out().println(Plain.line(name) + " is trusted no more; what it signed stays published.");
        return ExitCode.OK;
    }
}
