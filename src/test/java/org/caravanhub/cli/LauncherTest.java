package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launchers on machines that lack things: a PATH with the usual tools and what a test adds, a folder of Javas, no more. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "sed",
            "readlink",
            "dirname",
            "find",
            "head",
            "tail",
            "awk",
            "ls",
            "cksum",
            "tr",
            "cat",
            "env",
            "id",
            "grep",
            "mktemp",
            "tee",
            "rm",
            "mkdir",
            "touch",
            "mv",
            "stty",
            "cut");

    @TempDir
    Path machine;

    Path tools;
    Path javas;
    Path checkout;
    Path packaged;
    Map<String, String> environment = new HashMap<>();
    String out = "";
    String err = "";

    @BeforeEach
    void aMachineWithoutJava() throws IOException {
        tools = Files.createDirectories(machine.resolve("tools"));
        javas = Files.createDirectories(machine.resolve("javas"));
        for (String tool : TOOLS) {
            // A script, not a link: JUnit tells of every link that it deletes.
            script(tools.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
        }
        checkout = machine.resolve("check out");
        copy("caravan", checkout.resolve("caravan"));
        copy("pom.xml", checkout.resolve("pom.xml"));
        copy("src/launcher/caravan", checkout.resolve("src/launcher/caravan"));
        copy("src/launcher/java.sh", checkout.resolve("src/launcher/java.sh"));
        packaged = machine.resolve("pack age");
        copy("src/launcher/caravan", packaged.resolve("bin/caravan"));
        copy("src/launcher/java.sh", packaged.resolve("bin/java.sh"));
        for (String jar : List.of(
                "camel-main-4",
                "caravan-1",
                "jackson-core-2",
                "jackson-databind-2",
                "picocli-4",
                "postgresql-42",
                "sqlite-jdbc-3")) {
            Files.createFile(Files.createDirectories(packaged.resolve("lib")).resolve(jar + ".jar"));
        }
    }

    @Test
    void withoutACommandItTellsWhatThereIs() throws Exception {
        assertThat(run(checkout.resolve("caravan"))).isEqualTo(2);

        assertThat(out)
                .startsWith("Caravan, an off-grid IoT hub.")
                .contains("./caravan demo", "./caravan test")
                .doesNotContain("#");
    }

    @Test
    void withoutJavaAndWithoutAptItNamesThePackages() throws Exception {
        assertThat(run(checkout.resolve("caravan"), "demo")).isEqualTo(1);

        assertThat(err).contains("default-jdk-headless maven");
    }

    @Test
    void whoMayNotInstallIsToldTheLineToType() throws Exception {
        tool("apt-get", "exit 9");
        tool("id", "echo 1000");
        tool("sudo", "exit 1");

        assertThat(run(checkout.resolve("caravan"), "demo")).isEqualTo(1);

        assertThat(err.lines())
                .contains(
                        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends default-jdk-headless maven");
    }

    @Test
    void rootIsToldFirstAndThenItIsInstalled() throws Exception {
        tool("id", "echo 0");
        tool("apt-get", "echo \"apt-get $*\"");

        run(checkout.resolve("caravan"), "demo");

        assertThat(err.lines())
                .startsWith(
                        "Installing with apt, because it is missing: default-jdk-headless maven",
                        "apt-get -q update",
                        "apt-get -q install -y --no-install-recommends default-jdk-headless maven")
                .last()
                .asString()
                .contains("CARAVAN_JAVA_HOME");
    }

    @Test
    void aJavaHomeThatIsNoneIsNotPassedOverInSilence() throws Exception {
        environment.put("CARAVAN_JAVA_HOME", "/nowhere");

        assertThat(run(packaged.resolve("bin/caravan"), "status")).isEqualTo(1);

        assertThat(err).contains("CARAVAN_JAVA_HOME is /nowhere");
    }

    @Test
    void thePackageWithoutJavaTellsTheLineToType() throws Exception {
        java("old", "11.0.2");

        assertThat(run(packaged.resolve("bin/caravan"), "up")).isEqualTo(1);

        assertThat(err).contains("sudo apt-get install -y --no-install-recommends default-jre-headless");
    }

    @Test
    void theNewestJavaIsTakenAndAskedForWhatItKnows() throws Exception {
        java("seventeen", "17.0.15");
        java("twentyfive", "25.0.3");
        java("eight", "1.8.0_292");

        run(packaged.resolve("bin/caravan"), "up", "--data", "a b");

        assertThat(out).startsWith("twentyfive").contains("--sun-misc-unsafe-memory-access=allow", "<a b>");
        assertThat(out).contains("<-Dcaravan.home=" + packaged + ">", "<-Dcaravan.archive=missing>");
    }

    @Test
    void javaHomeWinsOverTheNewest() throws Exception {
        java("twentyfive", "25.0.3");
        environment.put("JAVA_HOME", java("seventeen", "17.0.15").toString());

        run(packaged.resolve("bin/caravan"), "up");

        assertThat(out).startsWith("seventeen").doesNotContain("--sun-misc-unsafe-memory-access");
    }

    @Test
    void aCommandThatOnlyAsksHasFiveJars() throws Exception {
        java("seventeen", "17.0.15");

        run(packaged.resolve("bin/caravan"), "status");

        Path lib = packaged.resolve("lib");
        assertThat(out)
                .contains("<" + lib + "/caravan-1.jar:" + lib + "/picocli-4.jar:" + lib + "/jackson-core-2.jar:" + lib
                        + "/sqlite-jdbc-3.jar:" + lib + "/postgresql-42.jar>");
    }

    @Test
    void aCommandThatOpensDatabasesHasAllJars() throws Exception {
        java("seventeen", "17.0.15");

        run(packaged.resolve("bin/caravan"), "backup", "now");

        assertThat(out).contains("/camel-main-4.jar:", "/sqlite-jdbc-3.jar>", "<backup><now>");
    }

    @Test
    void trainingLeavesAnArchiveThatTheNextStartUses() throws Exception {
        Path java = java("seventeen", "17.0.15");
        Files.writeString(java.resolve("bin/java"), """
                #!/bin/sh
                for word; do
                    case $word in -XX:ArchiveClassesAtExit=*) echo classes >"${word#*=}" ;; esac
                    printf '<%s>' "$word"
                done
                """);

        assertThat(run(packaged.resolve("bin/caravan"), "train")).isZero();
        run(packaged.resolve("bin/caravan"), "up");

        assertThat(out)
                .contains("<-XX:SharedArchiveFile=" + packaged + "/cache/")
                .doesNotContain("archive=missing");
    }

    @Test
    void whatIsTrainedInAServiceTellsSystemdNothing() throws Exception {
        Path java = java("seventeen", "17.0.15");
        Files.writeString(java.resolve("bin/java"), """
                #!/bin/sh
                echo "tells ${NOTIFY_SOCKET:-nobody}"
                """);
        environment.put("NOTIFY_SOCKET", "/run/systemd/notify");

        run(packaged.resolve("bin/caravan"), "train");
        run(packaged.resolve("bin/caravan"), "up");

        assertThat(packaged.resolve("cache/train.log")).content().contains("tells nobody");
        assertThat(out).contains("tells /run/systemd/notify");
    }

    @Test
    void theScriptsPassShellcheck() throws Exception {
        Path shellcheck = Path.of("/usr/bin/shellcheck");
        assumeTrue(Files.isExecutable(shellcheck), "shellcheck is not installed");
        tools = Path.of("/usr/bin");

        List<String> scripts = new ArrayList<>(List.of(
                "-x",
                "caravan",
                "src/launcher/caravan",
                "src/launcher/java.sh",
                ".ci/run",
                "deploy/ci/upload-firmware.sh"));
        for (String folder : List.of("deploy/*.sh", "deploy/parts/*.sh", "deploy/deb/p*", "src/test/system/*.sh")) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(
                    Path.of(folder).getParent(), Path.of(folder).getFileName().toString())) {
                files.forEach(file -> scripts.add(file.toString()));
            }
        }

        assertThat(run(shellcheck, scripts.toArray(String[]::new))).as(out).isZero();
    }

    /** A Java that says its name and its arguments. */
    private Path java(String name, String version) throws IOException {
        Path home = javas.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), "printf " + name + "; printf '<%s>' \"$@\"");
        return home;
    }

    private void tool(String name, String body) throws IOException {
        Files.deleteIfExists(tools.resolve(name));
        script(tools.resolve(name), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void copy(String from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(Path.of(from), to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private int run(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path outFile = machine.resolve("out");
        Path errFile = machine.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("CARAVAN_JVM_DIR", javas.toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(outFile.toFile())
                .redirectError(errFile.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("%s ends", command).isTrue();
        out = Files.readString(outFile, StandardCharsets.UTF_8);
        err = Files.readString(errFile, StandardCharsets.UTF_8);
        return process.exitValue();
    }
}
