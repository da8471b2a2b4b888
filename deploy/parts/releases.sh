# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # what is set here and there is used by the others
# A package becomes a folder below /opt/caravan/releases, whole or not at all; links; old ones go.

release_of() { # the version that a link is at; nothing if there is none
    basename "$(readlink "$1" 2>/dev/null || true)"
}

check_package() { # a tarball: whole, and one of Caravan's; sets $version
    [ -f "$1" ] || fail "there is no file $1."
    if [ -f "$1.sha256" ]; then
        want=$(cut -d ' ' -f 1 <"$1.sha256")
        [ "$(sha256sum "$1" | cut -d ' ' -f 1)" = "$want" ] || fail "$1 is not what $1.sha256 says: it was cut or changed. Copy it again."
        say "Package   $1 is what $1.sha256 says"
    fi
    gzip -t "$1" 2>/dev/null || fail "$1 is cut or damaged, or no .tar.gz. Copy it again. Nothing was changed."
    list=$(tar -tzf "$1") || fail "$1 cannot be read. Copy it again. Nothing was changed."
    top=$(printf '%s\n' "$list" | sed -n '1s,/.*,,p')
    version=${top#caravan-}
    case $version in
        "$top" | '' | *[!0-9A-Za-z.+-]*) fail "$1 is no package of Caravan: it begins with \"$top\", not with caravan-VERSION." ;;
    esac
    printf '%s\n' "$list" | grep -qx "$top/bin/caravan" || fail "$1 is no package of Caravan: it has no bin/caravan."
    ! printf '%s\n' "$list" | grep -q -e '^/' -e '\(^\|/\)\.\.\(/\|$\)' || fail "$1 has names that lead out of its folder. It is not unpacked."
}

want_room() { # MB that are needed at a path
    free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$2" ] || fail "$1 has $free MB free, and $2 MB are needed. Make room, or remove an old release from $releases. Nothing was changed."
}

same_release() { # two folders, but for what Java keeps in them
    (cd "$1" && find . -type f ! -path './cache/*' -exec sha256sum {} + | sort -k 2) >"$1.sums"
    (cd "$2" && find . -type f ! -path './cache/*' -exec sha256sum {} + | sort -k 2) | cmp -s - "$1.sums"
    same=$?
    rm -f "$1.sums"
    return $same
}

unpack() { # tarball; makes $releases/$version, whole or not at all
    mkdir -p "$releases"
    part=$releases/.part-$version
    rm -rf "$part"
    mkdir "$part"
    tar -xzf "$1" -C "$part" --strip-components=1 --no-same-owner || { rm -rf "$part" && fail "$1 could not be unpacked; $releases is as it was."; }
    place_release "$part"
}

place_release() { # a folder below $releases becomes $releases/$version
    chown -R root:root "$1"
    if [ -e "$releases/$version" ]; then
        if same_release "$1" "$releases/$version"; then
            rm -rf "$1"
            say "Release   $version is there already, with the same content"
            return 0
        fi
        rm -rf "$1"
        fail "$releases/$version is there already, with other content. A version is never replaced: give the package another version, or remove that folder if nothing runs from it."
    fi
    chmod -R a-w,a+rX "$1"
    sync -f "$1"
    mv "$1" "$releases/$version"
    sync -f "$releases"
    say "Release   $version in $releases/$version, read-only"
}

point() { # link, where to: at once or not at all
    ln -sfn "$2" "$1.new"
    mv -T "$1.new" "$1"
    sync -f "${1%/*}"
}

prune() { # how many to keep; never those that the links are at
    keep=$1
    find "$releases" -mindepth 1 -maxdepth 1 -type d ! -name '.*' -printf '%T@ %f\n' | sort -rn | cut -d ' ' -f 2 | while read -r old; do
        keep=$((keep - 1))
        if [ $keep -lt 0 ] && [ "$old" != "$(release_of "$current")" ] && [ "$old" != "$(release_of "$previous")" ]; then
            chmod -R u+w "${releases:?}/$old"
            rm -rf "${releases:?}/$old" "$releases/.backup-before-$old"
            say "Pruned    release $old"
        fi
    done
}
