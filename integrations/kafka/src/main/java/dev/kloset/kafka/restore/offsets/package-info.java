/** Which offset a record had before a restore, and which it has now. */
@NullMarked
package dev.kloset.kafka.restore.offsets;

import org.jspecify.annotations.NullMarked;
