package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/guide.md as read by a user who follows it exactly and knows nothing else. */
final class Guide {

    /** What one block asks the reader to do. */
    sealed interface Step {

        /** A file to write. */
        record Write(String file, String content) implements Step {}

        /** Commands to type, and the lines that their output must contain. */
        record Type(String commands, List<String> answers) implements Step {}
    }

    private static final Pattern BLOCK = Pattern
            .compile("(?:`(?<file>[^`\\n]+\\.\\w+)`\\n\\n)?```(?<kind>\\w+)\\n(?<body>.*?)```\\n", Pattern.DOTALL);

    private Guide() {}

    /** {@return the steps, in order} A block of code that belongs to no file is only an illustration. */
    static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(Programs.root().resolve("docs/guide.md")));
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
