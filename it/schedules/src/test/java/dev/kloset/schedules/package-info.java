/** Hostile sessions by plan: whatever an end does at a message boundary, the other end must come to an end. */
@NullMarked
package dev.kloset.schedules;

import org.jspecify.annotations.NullMarked;
