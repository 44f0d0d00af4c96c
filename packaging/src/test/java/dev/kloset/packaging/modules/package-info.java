/** Tests which modules are found, with jars that the tests make. */
@NullMarked
package dev.kloset.packaging.modules;

import org.jspecify.annotations.NullMarked;
