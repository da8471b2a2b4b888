package org.caravanhub.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan docs}: the documentation that came with the program, on a terminal and with no network. */
@Command(
        name = "docs",
        description = {
            "Show a page of the documentation: caravan docs disk full. Without words, list the pages.",
            "Words are looked for in names and titles, then in headings, then in the text. Needs neither a hub nor a network."
        })
final class Docs implements Callable<Integer> {
    private static final int MOST = 12;

    private final Surroundings here;

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "What it is about, or the name of a page.")
    private List<String> words = List.of();

    Docs(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        DocSearch search = new DocSearch(pages());
        if (words.isEmpty()) {
            list(search.pages().stream()
                    .map(page -> new DocSearch.Hit(page, Optional.empty(), 0))
                    .toList());
            return ExitCode.OK;
        }
        Optional<DocPage> named = search.named(String.join(" ", words));
        if (named.isPresent()) {
            show(named.get(), named.get().lines());
            return ExitCode.OK;
        }
        List<DocSearch.Hit> hits = search.find(words);
        Optional<DocSearch.Hit> plain = DocSearch.plain(hits);
        if (hits.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "no page has all of these words: " + Plain.line(String.join(" ", words)),
                    "fewer words; or all pages: caravan docs");
        } else if (plain.isPresent()) {
            show(plain.get().page(), plain.get().lines());
        } else {
            list(hits.subList(0, Math.min(MOST, hits.size())));
            here.err().println("  → caravan docs " + hits.get(0).page().name());
        }
        return ExitCode.OK;
    }

    private List<DocPage> pages() throws IOException {
        Path docs = here.home().resolve("docs");
        if (!Files.isDirectory(docs)) {
            throw new CommandFailed(ExitCode.NOT_FOUND, "there is no documentation in " + docs, "");
        }
        List<DocPage> pages = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(docs)) {
            for (Path file : tree.filter(each -> each.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(DocPage.read(docs, file));
            }
        }
        return pages;
    }

    private void list(List<DocSearch.Hit> hits) {
        Table table = new Table().left("page").left("what");
        for (DocSearch.Hit hit : hits) {
            table.row(List.of(Table.Cell.of(hit.page().name()), Table.Cell.of(hit.title())));
        }
        table.print(here, new Style(false, here.unicode()));
    }

    /** Page by page if somebody looks on. */
    private void show(DocPage page, List<String> lines) {
        String text = DocText.plain(page.name(), lines);
        if (here.terminal() && System.console() != null && paged(text)) {
            return;
        }
        here.out().print(text);
    }

    private boolean paged(String text) {
        String pager = here.environment().getOrDefault("PAGER", "less");
        ProcessBuilder command = new ProcessBuilder("/bin/sh", "-c", pager)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Ends by itself if it fits on one screen, and leaves the text there.
        command.environment().putIfAbsent("LESS", "FRX");
        try {
            Process process = command.start();
            try (var to = process.outputWriter(java.nio.charset.StandardCharsets.UTF_8)) {
                to.write(text);
            } catch (IOException e) {
                // Left before its end: that is what `q` does. A pager that is not there ends with 127.
            }
            return process.waitFor() != 127;
        } catch (IOException e) {
            throw new UncheckedIOException("No shell to show the page with", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
