package dev.kloset.sdk;

import dev.kloset.Importer;

/** An importer of which only the records matter. */
public interface Records extends Importer {

    @Override
    default String origin() {
        return "o";
    }

    @Override
    default String type() {
        return "t";
    }

    @Override
    default String root() {
        return "/";
    }
}
