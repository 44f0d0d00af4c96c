package dev.kloset.sdk.internal.observe;

import dev.kloset.ConnectorRecord;
import org.jspecify.annotations.Nullable;

/** Passes each event to two observers. */
record CompositeObserver(Observer first, Observer second) implements Observer {

    private static Span both(Span one, Span other) {
        return (bytes, failure) -> {
            one.end(bytes, failure);
            other.end(bytes, failure);
        };
    }

    @Override
    public Span call(String path) {
        return both(first.call(path), second.call(path));
    }

    @Override
    public Span content(String name, Direction direction) {
        return both(first.content(name, direction), second.content(name, direction));
    }

    @Override
    public Span waiting(Wait wait) {
        return both(first.waiting(wait), second.waiting(wait));
    }

    @Override
    public void record(ConnectorRecord record) {
        first.record(record);
        second.record(record);
    }

    @Override
    public void result(ConnectorRecord record, @Nullable String error) {
        first.result(record, error);
        second.result(record, error);
    }

    @Override
    public void sizeDiffers(String pathname, long announced, long sent) {
        first.sizeDiffers(pathname, announced, sent);
        second.sizeDiffers(pathname, announced, sent);
    }

    @Override
    public void retry(String reason) {
        first.retry(reason);
        second.retry(reason);
    }

    @Override
    public void save() throws InterruptedException {
        first.save();
        second.save();
    }
}
