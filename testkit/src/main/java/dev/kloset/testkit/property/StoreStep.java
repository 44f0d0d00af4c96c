package dev.kloset.testkit.property;

import dev.kloset.testkit.connection.StoreMessages;
import java.util.Arrays;

/** One call of a store, or a change to another process that goes on with the same repository. */
public sealed interface StoreStep {

    /** Identifies an object: its kind, and which of the MACs it has. */
    record Name(int resource, int mac) {

        @Override
        public String toString() {
            return switch (resource) {
                case StoreMessages.PACKFILE -> "packfile";
                case StoreMessages.STATE -> "state";
                default -> "lock";
            } + " " + StoreMessages.hex(macBytes());
        }

        /** {@return the MAC: all zeros, all ones, or one of two that differ only in the last byte} */
        public byte[] macBytes() {
            byte[] bytes = new byte[StoreMessages.MAC_BYTES];
            Arrays.fill(bytes, mac == 1 ? (byte) 0xFF : mac == 0 ? 0 : (byte) 0x5A);
            if (mac == 3) {
                bytes[bytes.length - 1]++;
            }
            return bytes;
        }
    }

    /** Store an object in messages of {@code chunk} bytes. */
    record Put(Name name, ArbitraryBytes content, int chunk) implements StoreStep {
        @Override
        public String toString() {
            return "put " + name + ": " + content + ", " + chunk + " a message";
        }
    }

    /** Read a whole object. */
    record Get(Name name) implements StoreStep {
        @Override
        public String toString() {
            return "get " + name;
        }
    }

    /** Read a part of an object. */
    record Range(Name name, long offset, long length) implements StoreStep {
        @Override
        public String toString() {
            return "get " + name + ": " + length + " bytes at " + offset;
        }
    }

    /** List all objects of a kind. */
    record Listing(int resource) implements StoreStep {
        @Override
        public String toString() {
            return "list all of kind " + resource;
        }
    }

    /** Delete an object, which may or may not exist. */
    record Delete(Name name) implements StoreStep {
        @Override
        public String toString() {
            return "delete " + name;
        }
    }

    /** Go on in another process. */
    record Another() implements StoreStep {
        @Override
        public String toString() {
            return "another process goes on";
        }
    }
}
