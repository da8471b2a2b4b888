package org.caravanhub.cli;

import java.io.PrintWriter;
import java.util.List;
import org.caravanhub.settings.UnusableFolder;
import org.caravanhub.settings.WrongSettings;
import org.caravanhub.text.Plain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The table of contents of the command line, and what all commands share: help, errors, exit codes. */
final class Commands {
    private Commands() {}

    /** What {@code caravan} is without a command. */
    @Command(
            name = "caravan",
            description = "An off-grid IoT hub: what devices measure is kept, and can be asked for.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Root {}

    /** Groups of commands, which do nothing themselves. */
    @Command(
            name = "device",
            aliases = "devices",
            description = "Devices: which there are, what their owner knows of them, and how they are let in.")
    static final class Device {}

    @Command(name = "data", description = "What devices measured.")
    static final class Data {}

    @Command(name = "audit", description = "Who changed what.")
    static final class Audit {}

    @Command(name = "import", description = "What other systems kept, into a hub.")
    static final class Import {}

    @Command(name = "message", aliases = "messages", description = "What devices said.")
    static final class Messages {}

    @Command(
            name = "quarantine",
            description = "Messages that no reading could be made of; they are kept with the reason.")
    static final class Quarantine {}

    @Command(name = "flow", aliases = "flows", description = "Flows: what the hub does with messages.")
    static final class Flow {}

    @Command(name = "tls", description = "Certificates of your own, so that devices and broker speak encrypted.")
    static final class Tls {}

    @Command(name = "alert", aliases = "alerts", description = "What the owner should look at, and who is told.")
    static final class Alert {}

    @Command(
            name = "rollout",
            aliases = "rollouts",
            description = "Rollouts: which release goes to which devices, and what became of it.")
    static final class Rollout {}

    @Command(name = "firmware", description = "Firmware: what is published, and whose signatures count.")
    static final class Firmware {}

    @Command(
            name = "backup",
            aliases = "backups",
            description = "Backups: all that makes the hub itself, and the way back.")
    static final class Backup {}

    @Command(name = "key", aliases = "keys", description = "Keys that are trusted to sign firmware.")
    static final class FirmwareKey {}

    static CommandLine all(Surroundings here) {
        CommandLine quarantine = new CommandLine(new Quarantine())
                .addSubcommand(new QuarantineList(here))
                .addSubcommand(new QuarantineShow(here))
                .addSubcommand(new QuarantineGroups(here))
                .addSubcommand(new QuarantineTest(here))
                .addSubcommand(new QuarantineReplay(here))
                .addSubcommand(new QuarantineDiscard(here));
        CommandLine all = new CommandLine(new Root())
                .addSubcommand(HubOptions.asOptions(new Up(here)))
                .addSubcommand(HubOptions.asOptions(new DemoCommand(here)))
                .addSubcommand(new Status(here))
                .addSubcommand(new HealthCommand(here))
                .addSubcommand(new DoctorCommand(here))
                .addSubcommand(new CommandLine(new Device())
                        .addSubcommand(new DeviceList(here))
                        .addSubcommand(new DeviceShow(here))
                        .addSubcommand(new DevicePresence(here))
                        .addSubcommand(new DeviceEvents(here))
                        .addSubcommand(new DeviceAdopt(here))
                        .addSubcommand(new DeviceRename(here))
                        .addSubcommand(new DeviceEdit(here))
                        .addSubcommand(new DeviceDisable(here))
                        .addSubcommand(new DeviceEnable(here))
                        .addSubcommand(new DeviceRemove(here))
                        .addSubcommand(new DeviceImport(here))
                        .addSubcommand(new DeviceExport(here))
                        .addSubcommand(new DeviceAdd(here))
                        .addSubcommand(new DeviceCredentials(here))
                        .addSubcommand(new DeviceClaimCode(here))
                        .addSubcommand(new DeviceSnippet(here))
                        .addSubcommand(new DeviceSend(here))
                        .addSubcommand(new DeviceCommands(here))
                        .addSubcommand(new DeviceConfig(here)))
                .addSubcommand(new CommandLine(new Audit()).addSubcommand(new AuditList(here)))
                .addSubcommand(new CommandLine(new Alert())
                        .addSubcommand(new AlertList(here))
                        .addSubcommand(new AlertShow(here))
                        .addSubcommand(new AlertAck(here))
                        .addSubcommand(new AlertResolve(here))
                        .addSubcommand(new AlertMute(here))
                        .addSubcommand(new AlertUnmute(here))
                        .addSubcommand(new AlertTest(here)))
                .addSubcommand(new CommandLine(new Firmware())
                        .addSubcommand(new FirmwareUpload(here))
                        .addSubcommand(new FirmwareList(here))
                        .addSubcommand(new FirmwareShow(here))
                        .addSubcommand(new FirmwareRemove(here))
                        .addSubcommand(new FirmwareCheck(here))
                        .addSubcommand(new CommandLine(new FirmwareKey())
                                .addSubcommand(new FirmwareKeyAdd(here))
                                .addSubcommand(new FirmwareKeyList(here))
                                .addSubcommand(new FirmwareKeyRemove(here)))
                        .addSubcommand(new FirmwarePolicies(here)))
                .addSubcommand(new CommandLine(new PowerCommand())
                        .addSubcommand(new PowerStatus(here))
                        .addSubcommand(new PowerEnergy(here))
                        .addSubcommand(new PowerPoll(here))
                        .addSubcommand(new PowerDoctor(here)))
                .addSubcommand(new CommandLine(new Data())
                        .addSubcommand(new DataQuery(here))
                        .addSubcommand(new DataExport(here))
                        .addSubcommand(new DataImport(here)))
                .addSubcommand(new CommandLine(new Import())
                        .addSubcommand(new ImportPaku(here))
                        .addSubcommand(new ImportInflux(here)))
                .addSubcommand(new CommandLine(new Messages()).addSubcommand(quarantine))
                .addSubcommand(new CommandLine(new Flow())
                        .addSubcommand(new FlowList(here))
                        .addSubcommand(new FlowShow(here))
                        .addSubcommand(HubOptions.asOptions(new FlowCheck(here)))
                        .addSubcommand(new FlowNew(here))
                        .addSubcommand(new FlowTest(here))
                        .addSubcommand(new FlowTrace(here))
                        .addSubcommand(new FlowVersions(here))
                        .addSubcommand(new FlowDiff(here))
                        .addSubcommand(new FlowRestore(here))
                        .addSubcommand(new FlowRemove(here))
                        .addSubcommand(new FlowPause(here))
                        .addSubcommand(new FlowResume(here))
                        .addSubcommand(new FlowWatch(here)))
                .addSubcommand(new CommandLine(new Rollout())
                        .addSubcommand(new RolloutStart(here))
                        .addSubcommand(new RolloutList(here))
                        .addSubcommand(new RolloutStatus(here))
                        .addSubcommand(new RolloutPause(here))
                        .addSubcommand(new RolloutResume(here))
                        .addSubcommand(new RolloutAdvance(here))
                        .addSubcommand(new RolloutBack(here))
                        .addSubcommand(new RolloutStop(here)))
                .addSubcommand(new CommandLine(new Backup())
                        .addSubcommand(new BackupNow(here))
                        .addSubcommand(new BackupList(here))
                        .addSubcommand(new BackupVerify(here))
                        .addSubcommand(new BackupRestore(here))
                        .addSubcommand(new BackupDrill(here))
                        .addSubcommand(new BackupExport(here))
                        .addSubcommand(new BackupKey(here))
                        .addSubcommand(new BackupTrust(here))
                        .addSubcommand(new BackupSheet(here)))
                .addSubcommand(new BundleCommand(here))
                .addSubcommand(new CommandLine(new Tls())
                        .addSubcommand(new TlsInit(here))
                        .addSubcommand(new TlsShow(here))
                        .addSubcommand(new TlsRenew(here)))
                .addSubcommand(new Docs(here))
                .addSubcommand(new Version(here))
                .addSubcommand(new Completion(here))
                .addSubcommand(new TestCommand(here))
                .addSubcommand(new Train(here))
                .addSubcommand(new Help());
        all.getCommandSpec()
                .version("caravan " + Version.ofProgram())
                .addOption(CommandLine.Model.OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version.")
                        .build());
        all.setOut(new PrintWriter(here.out(), true)).setErr(new PrintWriter(here.err(), true));
        all.setColorScheme(new ColorScheme.Builder(Ansi.OFF).build());
        all.registerConverter(Long.class, Commands::number);
        all.registerConverter(long.class, Commands::number);
        all.setCaseInsensitiveEnumValuesAllowed(true);
        all.setUsageHelpWidth(Math.min(Math.max(here.columns(), 60), 120));
        all.setParameterExceptionHandler((wrong, arguments) -> misunderstood(wrong, here));
        all.setExecutionExceptionHandler((fault, command, parsed) -> failed(fault, here));
        all.setExitCodeExceptionMapper(fault -> ExitCode.FAILED);
        describeEveryCommand(all);
        return all;
    }

    private static void describeEveryCommand(CommandLine command) {
        CommandLine.Model.CommandSpec spec = command.getCommandSpec();
        if (!spec.optionsMap().containsKey("--help")) {
            spec.addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help.")
                    .build());
        }
        spec.usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings())
                .sortOptions(false);
        command.getSubcommands().values().stream().distinct().forEach(Commands::describeEveryCommand);
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new CommandLine.TypeConversionException("\"" + Plain.line(text) + "\" is no number");
        }
    }

    private static int misunderstood(ParameterException wrong, Surroundings here) {
        here.err().println("caravan: " + String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", ""));
        List<String> unknown = wrong instanceof MissingParameterException
                ? wrong.getCommandLine().getUnmatchedArguments().stream()
                        .filter(each -> each.startsWith("-"))
                        .toList()
                : List.of();
        if (!unknown.isEmpty()) {
            here.err().println("There is no option " + Plain.line(String.join(", ", unknown)) + ".");
        }
        UnmatchedArgumentException.printSuggestions(wrong, new PrintWriter(here.err(), true));
        String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        here.err().println("  → " + name + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception fault, Surroundings here) {
        if (fault instanceof CommandFailed failed) {
            here.err().println("caravan: " + failed.getMessage());
            if (!failed.next().isEmpty()) {
                here.err().println("  → " + failed.next());
            }
            return failed.exitCode();
        }
        if (fault instanceof WrongSettings wrong) {
            wrong.mistakes().forEach(here.err()::println);
            return ExitCode.INVALID;
        }
        if (fault instanceof UnusableFolder) {
            here.err().println("caravan: " + fault.getMessage());
            return ExitCode.FAILED;
        }
        here.err().println("caravan: this should not have happened: " + fault);
        here.err().println("  → please report it, with `caravan version` and what you typed");
        return ExitCode.FAILED;
    }
}
