/**
 * What an operator can choose: {@link org.caravanhub.settings.Setting} is the one list, {@link org.caravanhub.settings.SettingsReader}
 * finds the values in options, environment and files, {@link org.caravanhub.settings.Settings} holds them. A wrong key or value is
 * told with its place, all at once, before anything starts.
 */
@NullMarked
package org.caravanhub.settings;

import org.jspecify.annotations.NullMarked;
