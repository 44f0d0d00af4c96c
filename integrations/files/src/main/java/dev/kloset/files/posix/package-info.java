/** The system calls and their answers: file names in bytes, metadata, errors, durable writes. */
@NullMarked
package dev.kloset.files.posix;

import org.jspecify.annotations.NullMarked;
