package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/** What a document, or a chapter of it, asks its readers to do. */
final class Walkthrough {

    static final String README = "README.md";

    /** What one block asks the reader to do. */
    sealed interface Step {

        /** A file to write. */
        record Write(String file, String content) implements Step {}

        /** Commands to type, and the lines that their output must contain. */
        record Type(String commands, List<String> answers) implements Step {}
    }

    private static final Pattern BLOCK = Pattern
            .compile("(?:`(?<file>[^`\\n]+\\.\\w+)`\\n\\n)?```(?<kind>\\w+)\\n(?<body>.*?)```\\n", Pattern.DOTALL);
    private static final Pattern CHAPTER = Pattern.compile("^## (?<heading>.*)\\n(?<text>(?:(?!## ).*\\n)*)",
            Pattern.MULTILINE);

    private Walkthrough() {}

    /** {@return the steps of a document, in order} A block of code that belongs to no file is only an illustration. */
    static List<Step> of(String document) throws IOException {
        return steps(read(document));
    }

    /** {@return the steps of the chapter with this heading} */
    static List<Step> chapter(String document, String heading) throws IOException {
        return CHAPTER.matcher(read(document))
                .results()
                .filter(chapter -> chapter.group("heading").equals(heading))
                .findFirst()
                .map(chapter -> steps(chapter.group("text")))
                .orElseThrow(() -> new AssertionFailedError(document + " has no chapter " + heading));
    }

    /** {@return the headings of the chapters that have commands} */
    static List<String> chaptersWithCommands(String document) throws IOException {
        return CHAPTER.matcher(read(document))
                .results()
                .filter(chapter -> steps(chapter.group("text")).stream().anyMatch(Step.Type.class::isInstance))
                .map(chapter -> chapter.group("heading"))
                .toList();
    }

    /** {@return the commands in the first block of a chapter of the README, each on one line} */
    static List<String> commands(String heading) throws IOException {
        return chapter(README, heading).stream()
                .filter(Step.Type.class::isInstance)
                .findFirst()
                .map(step -> ((Step.Type) step).commands().replaceAll("\\\\\\n\\s*", " ").lines().toList())
                .orElseThrow(() -> new AssertionFailedError("README.md has no commands in the chapter " + heading));
    }

    private static String read(String document) throws IOException {
        return Files.readString(Programs.root().resolve(document));
    }

    private static List<Step> steps(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String body = block.group("body");
            switch (block.group("kind")) {
                case "sh" -> steps.add(new Step.Type(body, List.of()));
                case "text" -> answered((Step.Type) steps.removeLast(), body, steps);
                default -> {
                    if (block.group("file") != null) {
                        steps.add(new Step.Write(block.group("file"), body));
                    }
                }
            }
        }
        return steps;
    }

    private static void answered(Step.Type question, String body, List<Step> steps) {
        steps.add(new Step.Type(question.commands(), body.lines().toList()));
    }
}
