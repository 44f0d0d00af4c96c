package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which version of a mail each name had, and when: the log of the processes that deliver. A line begins with {@code +} before
 * a name gets a version, and with {@code -} after it has lost it.
 */
final class MailLog {

    private static final double FOR_EVER = Double.MAX_VALUE;

    /** A name with the version that it has. */
    private record Mail(String name, String version) {}

    /** When a name had a version, in seconds. */
    private static final class Span {
        private final double from;
        private double until = FOR_EVER;

        Span(double from) {
            this.from = from;
        }

        boolean meets(Span other) {
            return from <= other.until && until >= other.from;
        }
    }

    private final Map<Mail, List<Span>> spans = new HashMap<>();
    private final List<Span> backups = new ArrayList<>();

    /** Note that a backup begins. */
    void begin() {
        backups.add(new Span(now()));
    }

    /** Note that the backup has ended. */
    void end() {
        backups.getLast().until = now();
    }

    private static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    /** Read the log of one process, which has ended. */
    void add(Path file) throws IOException {
        Map<Mail, Integer> ended = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", 4); // event, time, version, name
            Mail mail = new Mail(words[3], words[2]);
            double time = Double.parseDouble(words[1]);
            List<Span> of = spans.computeIfAbsent(mail, _ -> new ArrayList<>());
            if (words[0].equals("+")) {
                of.add(new Span(time));
            } else {
                of.get(ended.merge(mail, 1, Integer::sum) - 1).until = time;
            }
        }
    }

    /** Fail unless {@code name} had this version at some moment of the backup with this number. */
    void assertHad(String name, String version, int backup) {
        Span during = backups.get(backup);
        assertThat(spans.getOrDefault(new Mail(name, version), List.of()))
                .as("%s had version %s during backup %d", name, version, backup)
                .anyMatch(during::meets);
    }
}
