package dev.kloset.cli.drill;

import dev.kloset.cli.compare.Difference;
import dev.kloset.cli.compare.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a drill found.
 *
 * @param source what was backed up, without passwords
 * @param destination where it was restored
 * @param begun when the drill began
 * @param versions of every program that took part, by name
 * @param snapshot the identifier that the snapshot had
 * @param times how long each step took, in order
 * @param differences the first ones, in full
 */
public record Certificate(String source, String destination, String host, Instant begun, Map<String, String> versions,
        String snapshot, Map<String, Duration> times, Verdict verdict, List<Difference> differences) {}
