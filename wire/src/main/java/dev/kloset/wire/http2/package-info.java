/** Frames, HPACK, flow control: one HTTP/2 connection over two byte streams, either end. */
@NullMarked
package dev.kloset.wire.http2;

import org.jspecify.annotations.NullMarked;
