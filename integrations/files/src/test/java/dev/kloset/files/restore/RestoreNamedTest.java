package dev.kloset.files.restore;

import dev.kloset.files.posix.RestoreNative;

/** A restore to a file system on which every file has a name from the start. */
final class RestoreNamedTest extends RestoreAnchoredTest {

    @Override
    public RestoreNative calls() {
        return super.calls().withoutUnnamedFiles();
    }

    @Override
    int namesOnTheWay() {
        return 2;
    }
}
