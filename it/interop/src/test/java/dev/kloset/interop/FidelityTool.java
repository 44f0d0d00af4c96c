package dev.kloset.interop;

/** The tools that take a tree elsewhere. */
enum FidelityTool {
    PLAKAR("`files`, Plakar v1.1.4"),
    NEXT_PLAKAR("`files`, its next release"),
    COPY("`files`, `kloset copy`"),
    BUILT_IN("built-in `fs`, Plakar v1.1.4"),
    RSYNC("`rsync -aHAXS`"),
    TAR("`tar`");

    final String title;

    FidelityTool(String title) {
        this.title = title;
    }
}
