/** Calls, statuses and message framing on top of HTTP/2, client and server side. */
@NullMarked
package dev.kloset.wire.grpc;

import org.jspecify.annotations.NullMarked;
