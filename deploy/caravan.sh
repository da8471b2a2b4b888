#!/bin/sh
# /usr/local/bin/caravan: the commands of the release that runs, with the settings of the service.
export CARAVAN_CONFIG="${CARAVAN_CONFIG:-/etc/caravan/caravan.properties}" CARAVAN_COMMAND=caravan
exec /opt/caravan/current/bin/caravan "$@"
