package dev.kloset.resilience;

import java.time.Duration;

/** Writes durations in words. */
final class DurationText {

    private static final int SECONDS_IN_MILLIS = 10;
    private static final int MINUTES_IN_SECONDS = 120;

    private DurationText() {}

    static String of(Duration duration) {
        if (duration.toSeconds() < SECONDS_IN_MILLIS && duration.toMillisPart() != 0) {
            return duration.toMillis() + " ms";
        }
        return duration.toSeconds() < MINUTES_IN_SECONDS ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }
}
