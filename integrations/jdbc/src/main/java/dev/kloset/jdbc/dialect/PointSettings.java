package dev.kloset.jdbc.dialect;

import java.time.Duration;

/**
 * How a point is made.
 *
 * @param connections how many connections read at once, at least 1
 * @param lockTimeout how long to wait for the lock of a table
 */
public record PointSettings(Consistency consistency, int connections, Duration lockTimeout) {}
