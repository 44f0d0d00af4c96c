/** The encoding of protobuf messages, whatever they mean, and the names of calls, messages and fields. */
@NullMarked
package dev.kloset.wire.protobuf;

import org.jspecify.annotations.NullMarked;
