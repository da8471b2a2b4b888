/**
 * What the owner should look at: opened, told, acknowledged, muted, resolved. What is said comes by {@code notify:} and by
 * {@link org.caravanhub.alert.Alerts}; {@link org.caravanhub.alert.AlertCentre} makes one alert of it, and
 * {@link org.caravanhub.alert.Deliveries} brings it to channels that may be away.
 */
@NullMarked
package org.caravanhub.alert;

import org.jspecify.annotations.NullMarked;
