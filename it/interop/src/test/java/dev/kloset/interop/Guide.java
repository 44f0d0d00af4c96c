package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/guide.md as somebody reads it who does what it says and knows nothing else. */
final class Guide {

    /** What one block asks of the reader. */
    sealed interface Step {

        /** A file to write. */
        record Write(String file, String content) implements Step {}

        /** Commands to type, and the lines that must be among what they answer. */
        record Type(String commands, List<String> answers) implements Step {}
    }

    private static final Pattern BLOCK = Pattern
            .compile("(?:`(?<file>[^`\\n]+\\.\\w+)`\\n\\n)?```(?<kind>\\w+)\\n(?<body>.*?)```\\n", Pattern.DOTALL);

    private Guide() {}

    /** {@return what there is to do, in order} A block of code that belongs to no file only shows something. */
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
