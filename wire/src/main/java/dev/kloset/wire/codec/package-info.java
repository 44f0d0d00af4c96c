/**
 * The messages of the plugin protocol: values of the API to protobuf bytes and back.
 *
 * <p>Every message is a class that can {@code encode} itself and {@code decode} a buffer; both buffers must be on the heap and
 * are left as they are. Each part of other messages has a codec: a static {@code write}, and an instance that collects the
 * fields, because a part may come in several pieces, which protobuf merges; checks follow at the end.
 */
@NullMarked
package dev.kloset.wire.codec;

import org.jspecify.annotations.NullMarked;
