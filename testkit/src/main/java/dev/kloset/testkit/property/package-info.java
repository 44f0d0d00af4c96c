/** Arbitrary trees and calls, made from seeds, and shrunk when something fails with them. */
@NullMarked
package dev.kloset.testkit.property;

import org.jspecify.annotations.NullMarked;
