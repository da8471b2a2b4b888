/**
 * Reads rows out of a SQLite file that SQLite refuses. No SQLite is involved, and no tree is walked: each page is looked at by
 * itself, and a row is known by what it looks like ({@link Tables}), so that a damaged page loses its own rows and nobody else's.
 * The file format is that of https://www.sqlite.org/fileformat2.html.
 */
@NullMarked
package org.caravanhub.salvage;

import org.jspecify.annotations.NullMarked;
