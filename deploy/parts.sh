# shellcheck shell=sh
# shellcheck disable=SC2154 # $here
# What install.sh, update.sh and rollback.sh have in common. Whoever reads this has set $here to the folder of it.

# shellcheck source=deploy/parts/words.sh
. "$here/parts/words.sh"
# shellcheck source=deploy/parts/releases.sh
. "$here/parts/releases.sh"
# shellcheck source=deploy/parts/flows.sh
. "$here/parts/flows.sh"
# shellcheck source=deploy/parts/units.sh
. "$here/parts/units.sh"
# shellcheck source=deploy/parts/gate.sh
. "$here/parts/gate.sh"
# shellcheck source=deploy/parts/change.sh
. "$here/parts/change.sh"
