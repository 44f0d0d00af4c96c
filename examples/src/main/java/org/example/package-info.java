/** The plugin that docs/guide.md makes, file by file; DemoStore is the archetype's. */
package org.example;
