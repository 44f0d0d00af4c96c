/** What the two ends sent each other, in a file: without contents and without secrets. */
@NullMarked
package dev.kloset.wire.recording;

import org.jspecify.annotations.NullMarked;
