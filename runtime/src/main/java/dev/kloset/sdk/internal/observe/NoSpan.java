package dev.kloset.sdk.internal.observe;

import dev.kloset.sdk.internal.observe.Observer.Span;
import org.jspecify.annotations.Nullable;

/** The span of an unobserved event. Not a lambda: one that an interface makes for itself is in no start-up cache. */
public final class NoSpan implements Span {

    public static final Span INSTANCE = new NoSpan();

    private NoSpan() {}

    @Override
    public void end(long bytes, @Nullable Throwable failure) {}
}
