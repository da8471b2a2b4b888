package org.caravanhub.ota.image;

/** What a file was found to be. */
public sealed interface Finding permits Image, NoImage {}
