package dev.kloset.interop;

import java.nio.file.Path;

/** The versions of Plakar with which the suite runs. Not every Go module proxy has the other versions. */
enum PlakarVersion {

    /** Plakar v1.1.3 with the kloset v1.1.2 that it was released with. */
    V1_1_3("plakar-v1.1.3"),

    /** Plakar v1.1.4 with kloset v1.1.3, as released. */
    V1_1_4("plakar"),

    /** Plakar v1.1.4 with kloset v1.1.4, to which Plakar's main branch links: it sends attributes to exporters, and hints to stores. */
    V1_1_4_KLOSET_V1_1_4("plakar-v1.1.4-kloset-v1.1.4");

    private final String program;

    PlakarVersion(String program) {
        this.program = program;
    }

    Path program() {
        return Programs.built(program);
    }
}
