package org.caravanhub.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.caravanhub.BundleWiring;
import org.caravanhub.bundle.BundleFile;
import org.caravanhub.bundle.Bundles;
import org.caravanhub.bundle.Contents;
import org.caravanhub.bundle.Member;
import org.caravanhub.bundle.Part;
import org.caravanhub.bundle.Pseudonyms;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.Settings;
import org.caravanhub.text.Hidden;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan bundle}. */
@Command(
        name = "bundle",
        description = {
            "Make one file for somebody who helps: how machine and hub are, settings, flows and logs, without secrets.",
            "With a hub at work or without. What goes in is shown first; as root the logs of the services go in too."
        })
final class BundleCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private BundleOptions options = new BundleOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A new file, instead of one in bundles/ of the data folder, where the last 3 are kept.")
    @Nullable
    private Path output;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Span.class,
            description = "How far back logs go. Default: ${DEFAULT-VALUE}")
    private Duration since = Duration.ofHours(24);

    @Option(names = "--list", description = "Show what would go in, and write nothing.")
    private boolean list;

    @Option(names = "--no-names", description = "Replace ids of devices and the name of the machine by others.")
    private boolean noNames;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Answer with the file and what is in it as JSON.")
    private boolean json;

    BundleCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = options.settings(here);
        BundleWiring wiring = new BundleWiring(settings, Version.ofProgram(), Clock.systemUTC());
        boolean isAtWork = DataFolder.httpPort(settings.data()).isPresent();
        List<Part> parts = new ArrayList<>(wiring.ofMachine(since, isAtWork));
        options.mistakes()
                .ifPresent(mistakes -> parts.add(
                        1, new Part("settings-mistakes.txt", "why the settings do not count", () -> mistakes)));
        List<Member> told = isAtWork ? ofHub(settings) : List.of();
        told.forEach(member -> parts.add(Contents.again(member)));
        UnaryOperator<String> names = noNames ? names(wiring, told) : UnaryOperator.identity();
        List<Member> members = new Contents(text -> names.apply(Hidden.andAlike(text))).of(parts);
        show(members);
        if (list) {
            return ExitCode.OK;
        }
        if (!yes && !YesOrNo.ask(here, "Write this into a file?")) {
            return ExitCode.FAILED;
        }
        Instant now = Instant.now();
        String name = Bundles.name(noNames ? "hub" : BundleWiring.host(), now);
        Path file = write(settings, name, members, now);
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("file", file.toString());
            answer.put("items", items(members));
            here.out().println(Json.written(answer));
        } else {
            here.out().println(file);
        }
        here.err()
                .println("Look through it before you send it: tar -xzf " + file.getFileName() + "; it is yours alone.");
        return ExitCode.OK;
    }

    private Path write(Settings settings, String name, List<Member> members, Instant now) throws IOException {
        try {
            if (output == null) {
                return new Bundles(settings.data()).write(name, members, now);
            }
            BundleFile.write(output, name, members, now);
            return output;
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(
                    ExitCode.CONFLICT,
                    "there is a file " + e.getFile() + " already; nothing was written",
                    options.command("bundle -o another.tar.gz"));
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "the bundle cannot be written: " + e.getMessage(),
                    options.command("bundle -o ~/bundle.tar.gz"));
        }
    }

    /** What the hub says; that it does not answer is worth knowing, too. */
    private List<Member> ofHub(Settings settings) {
        String port = DataFolder.httpPort(settings.data()).map(String::valueOf).orElse("");
        HubClient hub = new HubClient(
                "http://127.0.0.1:" + port,
                settings.data().resolve("admin.token"),
                new Advice(options.command("up"), Optional.of(settings.data()), false));
        try {
            return BundleFile.read(new ByteArrayInputStream(hub.get("/api/v1/bundle", Map.of()))).stream()
                    .filter(member -> member.name().startsWith("hub/"))
                    .toList();
        } catch (CommandFailed | IOException e) {
            String why = "The hub has not answered: " + e.getMessage() + "\n";
            return List.of(
                    new Member("hub/no-answer.txt", "why the hub says nothing", why.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private UnaryOperator<String> names(BundleWiring wiring, List<Member> told) throws IOException {
        TreeSet<String> devices = new TreeSet<>();
        for (Member member : told) {
            if (member.name().equals("hub/devices.json")) {
                for (String line : new String(member.bytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    devices.add(
                            Json.parse(line.getBytes(StandardCharsets.UTF_8)).textOrEmpty("id"));
                }
            }
        }
        devices.remove("");
        if (told.stream().noneMatch(member -> member.name().equals("hub/devices.json"))) {
            throw new CommandFailed(
                    ExitCode.UNREACHABLE,
                    "only a hub at work says which names there are, and it does not; nothing was written",
                    options.command("bundle") + ", with names; or start the hub");
        }
        return new Pseudonyms(wiring.key(), devices, BundleWiring.host());
    }

    /** Flows are many, and shown as one line. */
    private void show(List<Member> members) {
        if (json) {
            if (list) {
                here.out().println(Json.written(Map.of("items", items(members))));
            }
            return;
        }
        Surroundings to = list ? here : here.onErr();
        Table table = new Table().left("file").right("size").left("what it is");
        List<Member> flows = members.stream()
                .filter(member -> member.name().startsWith("flows/"))
                .toList();
        for (Member member : members) {
            if (!member.name().startsWith("flows/")) {
                row(table, member.name(), member.bytes().length, member.what());
            }
        }
        int bytes = flows.stream().mapToInt(flow -> flow.bytes().length).sum();
        row(table, "flows/", bytes, flows.size() + " flows");
        table.print(to, new Style(false, here.unicode()));
    }

    private static void row(Table table, String name, long bytes, String what) {
        table.row(List.of(
                Table.Cell.of(name),
                new Table.Cell(Long.toString(bytes), BackupProgress.size(bytes)),
                Table.Cell.of(what)));
    }

    private static List<Map<String, Object>> items(List<Member> members) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Member member : members) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", member.name());
            item.put("what", member.what());
            item.put("bytes", member.bytes().length);
            item.put("sha256", member.sha256());
            items.add(item);
        }
        return items;
    }
}
