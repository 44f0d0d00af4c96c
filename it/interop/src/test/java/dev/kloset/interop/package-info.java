/** Our plugins under the real Plakar, and plugins made with the Go SDK under our host. */
@NullMarked
package dev.kloset.interop;

import org.jspecify.annotations.NullMarked;
