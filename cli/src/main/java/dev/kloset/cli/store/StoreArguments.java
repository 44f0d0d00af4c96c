package dev.kloset.cli.store;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the arguments of the store commands. */
final class StoreArguments {

    private StoreArguments() {}

    /** {@return the word for a resource} */
    static String word(StorageResource resource) {
        return resource.name().toLowerCase(Locale.ROOT).replace('_', '-') + "s";
    }

    /** Reads {@code packfiles}, {@code packfile}, {@code ecc-states} and so on. */
    static final class ResourceConverter implements ITypeConverter<StorageResource> {

        @Override
        public StorageResource convert(String text) {
            for (StorageResource resource : StorageResource.values()) {
                String word = word(resource);
                if (text.equalsIgnoreCase(word) || text.equalsIgnoreCase(word.substring(0, word.length() - 1))) {
                    return resource;
                }
            }
            throw new TypeConversionException("expected packfiles, states, locks, ecc-packfiles or ecc-states");
        }
    }

    /** Reads 64 hexadecimal digits. */
    static final class MacConverter implements ITypeConverter<ObjectMac> {

        @Override
        public ObjectMac convert(String text) {
            try {
                return ObjectMac.fromHex(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("\"" + text + "\" is not a MAC: expected 64 hexadecimal digits");
            }
        }
    }

    /** Reads {@code OFFSET:LENGTH}. */
    static final class RangeConverter implements ITypeConverter<Range> {

        @Override
        public Range convert(String text) {
            int colon = text.indexOf(':');
            try {
                return new Range(Long.parseLong(text, 0, Math.max(colon, 0), 10),
                        Long.parseLong(text, colon + 1, text.length(), 10));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("\"" + text + "\" is not a range: expected OFFSET:LENGTH in bytes");
            }
        }
    }
}
