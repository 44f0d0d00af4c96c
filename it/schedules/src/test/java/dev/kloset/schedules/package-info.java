/** Hostile sessions by plan: whatever one end does at a message boundary, the other end must come to an end. */
@NullMarked
package dev.kloset.schedules;

import org.jspecify.annotations.NullMarked;
