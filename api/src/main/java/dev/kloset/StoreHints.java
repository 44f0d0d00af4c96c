package dev.kloset;

/**
 * What the host lets a store know about one call. A hint changes cost, never meaning.
 *
 * @param hot the object will be read often (it holds more than file contents): keep it on a fast tier
 */
public record StoreHints(boolean hot) {

    /** No hint at all. */
    public static final StoreHints NONE = new StoreHints(false);
}
