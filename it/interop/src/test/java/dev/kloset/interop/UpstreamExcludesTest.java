package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.exclude.Excludes;
import dev.kloset.interop.ExcludeCases.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Our interpretation of excludes compared with upstream's own package, which Plakar uses. */
class UpstreamExcludesTest {

    private static final int GENERATED_CASES = 10_000;

    @TempDir
    private Path directory;

    private int pairs;
    private int excluded;
    private int pruned;
    private final List<String> different = new ArrayList<>();

    @Test
    void linesThatAreEasilyMisreadAreReadAsUpstreamReadsThem() throws Exception {
        compare(ExcludeCases.nasty().toList());
        assertThat(different).isEmpty();
        assertThat(pairs).isGreaterThan(40_000);
        assertThat(excluded).isBetween(pairs / 5, pairs * 4 / 5);
        assertThat(pruned).isGreaterThan(pairs / 20);
    }

    /** {@code -Dexcludes.seed=N} repeats a run. */
    @Test
    void generatedLinesAreReadAsUpstreamReadsThem(TestReporter reporter) throws Exception {
        long seed = Long.getLong("excludes.seed", System.nanoTime());
        reporter.publishEntry("excludes.seed", String.valueOf(seed));
        compare(new ExcludeCases(seed).generated(GENERATED_CASES).toList());
        assertThat(different).as("-Dexcludes.seed=%d", seed).isEmpty();
        assertThat(pairs).isEqualTo(200_000);
        assertThat(excluded).as("-Dexcludes.seed=%d", seed).isBetween(pairs / 5, pairs * 4 / 5);
        assertThat(pruned).as("-Dexcludes.seed=%d", seed).isGreaterThan(pairs / 20);
    }

    private void compare(List<Case> cases) throws IOException, InterruptedException {
        String answers = ask(cases);
        for (Case one : cases) {
            Excludes excludes = Excludes.of(one.lines());
            for (String path : one.paths()) {
                compare(excludes, path, answers.charAt(pairs) == '1', one);
                pairs++;
            }
        }
        assertThat(answers).hasSize(pairs);
    }

    private void compare(Excludes excludes, String path, boolean expected, Case one) {
        excluded += expected ? 1 : 0;
        if (excludes.excludes(withoutSlash(path), path.endsWith("/")) != expected) {
            different.add((expected ? "upstream excludes " : "upstream keeps ") + path + " under " + one.lines());
        }
        if (isPruned(excludes, path)) {
            pruned++;
            if (!expected) {
                different.add("never reached, but upstream keeps " + path + " under " + one.lines());
            }
        }
    }

    private static boolean isPruned(Excludes excludes, String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (excludes.prunes(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private String ask(List<Case> cases) throws IOException, InterruptedException {
        Path questions = directory.resolve("questions");
        Files.write(questions, questions(cases));
        Path answers = directory.resolve("answers");
        Process upstream = new ProcessBuilder(Programs.built("excludes").toString()).redirectInput(questions.toFile())
                .redirectOutput(answers.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(upstream.waitFor()).isZero();
        return Files.readString(answers);
    }

    private static byte[] questions(List<Case> cases) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        for (Case one : cases) {
            add(words, "N");
            one.lines().forEach(line -> add(words, "R" + line));
            one.paths().forEach(path -> add(words, (path.endsWith("/") ? "D" : "F") + withoutSlash(path)));
        }
        return words.toByteArray();
    }

    private static void add(ByteArrayOutputStream words, String word) {
        words.writeBytes(word.getBytes(StandardCharsets.UTF_8));
        words.write(0);
    }
}
