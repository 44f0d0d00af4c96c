package dev.kloset.testkit.subject;

import dev.kloset.wire.stdio.MemoryPipe;
import java.util.concurrent.TimeUnit;

/** Reads from one pipe as slowly as a {@link PipeProfile} says. */
final class ProfileThrottle implements MemoryPipe.Throttle {

    private final PipeProfile profile;
    private long total;
    private long sincePause;

    private ProfileThrottle(PipeProfile profile) {
        this.profile = profile;
    }

    /** {@return a pipe as narrow and as slow as {@code profile} says} */
    static MemoryPipe pipe(PipeProfile profile) {
        return new MemoryPipe(profile.capacity(), new ProfileThrottle(profile));
    }

    @Override
    public int most() {
        return total < profile.singleBytes() ? 1 : profile.maxRead();
    }

    @Override
    public long pauseNanos() {
        if (profile.stallMillis() == 0 || sincePause < profile.stallEvery()) {
            return 0;
        }
        sincePause = 0;
        return TimeUnit.MILLISECONDS.toNanos(profile.stallMillis());
    }

    @Override
    public void taken(int size) {
        total += size;
        sincePause += size;
    }
}
