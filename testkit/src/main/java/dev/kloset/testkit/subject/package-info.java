/** The plugin under check: a process of its own or part of this one, started again and again behind two streams. */
@NullMarked
package dev.kloset.testkit.subject;

import org.jspecify.annotations.NullMarked;
