# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# The flows of a release come into /etc/caravan/routes; what the owner has changed or taken away stays so.

bring_flows() { # from the release $1 (may be empty) to the release $2: what the owner has changed stays
    was=$1 will=$2 kept=0
    mkdir -p "$etc/routes"
    find "$etc/routes" -name '*.camel.yaml.part' -delete # of a change that a power cut has ended
    (cd "$will/routes" && find . -type f ! -name README.md) | sed 's,^\./,,' | sort >/run/caravan-flows
    while read -r flow; do
        mine=$etc/routes/$flow
        if [ ! -e "$mine" ] && [ -n "$was" ] && [ -e "$was/routes/$flow" ]; then
            continue # the owner has taken it away
        elif [ -e "$mine" ] && ! cmp -s "$mine" "$will/routes/$flow" && ! cmp -s "$mine" "${was:-/nonexistent}/routes/$flow"; then
            kept=$((kept + 1))
            say "Flow      $flow is yours and stays; the release's own is $will/routes/$flow"
            continue
        fi
        if ! cmp -s "$will/routes/$flow" "$mine"; then
            mkdir -p "$(dirname "$mine")"
            cp "$will/routes/$flow" "$mine.part"
            chmod 0640 "$mine.part"
        fi
    done </run/caravan-flows
    sync -f "$etc/routes" # once, and before they get their names: a power cut would leave empty files
    find "$etc/routes" -name '*.camel.yaml.part' | while read -r part; do mv "$part" "${part%.part}"; done
    if [ -n "$was" ] && [ -d "$was/routes" ]; then # what the new one has no more, unless the owner has changed it
        (cd "$was/routes" && find . -type f ! -name README.md) | sed 's,^\./,,' | while read -r flow; do
            if ! grep -qxF "$flow" /run/caravan-flows && cmp -s "$etc/routes/$flow" "$was/routes/$flow"; then rm -f "$etc/routes/$flow"; fi
        done
    fi
    rm -f /run/caravan-flows
    chown -R --no-dereference caravan:caravan "$etc/routes"
    chmod 0750 "$etc/routes"
    sync -f "$etc/routes"
    say "Flows     $etc/routes is at $(basename "$will")$([ $kept = 0 ] || echo ", but for $kept of yours")"
}
