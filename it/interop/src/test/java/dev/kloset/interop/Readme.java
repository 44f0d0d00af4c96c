package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/** The commands that our README gives users to paste. */
final class Readme {

    private Readme() {}

    /** {@return the commands in the first block of a chapter, each on one line} */
    static List<String> commands(String chapter) throws IOException {
        String text = Files.readString(Programs.root().resolve("README.md"));
        Matcher block = Pattern
                .compile("^## " + Pattern.quote(chapter) + "\\n((?!## ).*\\n)*?```sh\\n(?<commands>(.*\\n)*?)```\\n",
                        Pattern.MULTILINE)
                .matcher(text);
        if (!block.find()) {
            throw new AssertionFailedError("README.md has no commands in the chapter " + chapter);
        }
        return block.group("commands").replaceAll("\\\\\\n\\s*", " ").lines().toList();
    }
}
